package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Semantics T7, the server's side: the name in what a client says first. */
class TlsClientHelloTest {
  private static final int RECORD_HEADER = 5;

  private static TlsClientHello in(byte[] bytes) {
    return TlsClientHello.in(bytes, bytes.length);
  }

  @Test
  void T7_theNameIsFound() throws Exception {
    TlsClientHello hello = in(NamedClient.hello("a.example.org"));
    assertThat(hello.needed).isZero();
    assertThat(hello.serverName).isEqualTo("a.example.org");
  }

  @Test
  void T7_aClientMaySendNoName() throws Exception {
    TlsClientHello hello = in(NamedClient.hello(null));
    assertThat(hello.needed).isZero();
    assertThat(hello.serverName).isNull();
  }

  @Test
  void T7_aBeginningIsWaitedForAndNoMoreThanThat() throws Exception {
    byte[] whole = NamedClient.hello("a.example.org");
    for (int length = 0; length < whole.length; length++) {
      int needed = TlsClientHello.in(whole, length).needed;
      assertThat(needed).as("with %d bytes", length).isGreaterThan(length);
      assertThat(needed).isLessThanOrEqualTo(whole.length);
    }
  }

  @Test
  void T7_theMessageMayComeInSeveralRecords() throws Exception {
    byte[] whole = NamedClient.hello("a.example.org");
    for (int cut = 1; cut < whole.length - RECORD_HEADER; cut++) {
      byte[] parts = new byte[whole.length + RECORD_HEADER];
      System.arraycopy(whole, 0, parts, 0, RECORD_HEADER + cut);
      System.arraycopy(whole, 0, parts, RECORD_HEADER + cut, RECORD_HEADER);
      int rest = whole.length - RECORD_HEADER - cut;
      System.arraycopy(whole, RECORD_HEADER + cut, parts, 2 * RECORD_HEADER + cut, rest);
      setLength(parts, 0, cut);
      setLength(parts, RECORD_HEADER + cut, rest);
      assertThat(in(parts).serverName).as("cut at %d", cut).isEqualTo("a.example.org");
    }
  }

  private static void setLength(byte[] record, int at, int length) {
    record[at + 3] = (byte) (length >>> 8);
    record[at + 4] = (byte) length;
  }

  @Test
  void T7_whatIsNoHelloHasNoName() {
    for (String text : new String[] {"GET / HTTP/1.0\r\n\r\n", "\u0015\u0003\u0001\0\u0002\0\0"}) {
      TlsClientHello hello = in(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      assertThat(hello.needed).isZero();
      assertThat(hello.serverName).isNull();
    }
  }

  @Test
  void T7_aMessageWithoutEndIsNotWaitedFor() {
    byte[] huge = new byte[2 * TlsClientHello.MAX_LENGTH];
    Arrays.fill(huge, (byte) 1);
    for (int at = 0; at < huge.length; at += RECORD_HEADER + (1 << 14)) {
      byte[] header = {22, 3, 1, 0x40, 0};
      System.arraycopy(header, 0, huge, at, Math.min(RECORD_HEADER, huge.length - at));
    }
    assertThat(TlsClientHello.in(huge, 20_000).needed).isZero();
  }

  @Test
  void T7_noBentByteDoesHarm() throws Exception {
    byte[] whole = NamedClient.hello("a.example.org");
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bent = whole.clone();
      for (int times = random.nextInt(4); times >= 0; times--) {
        bent[random.nextInt(bent.length)] = (byte) random.nextInt();
      }
      TlsClientHello hello = in(bent);
      assertThat(hello.needed).isNotEqualTo(bent.length);
    }
  }
}
