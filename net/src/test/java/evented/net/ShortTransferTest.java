package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults F13 and F18: reads and writes of fewer bytes than there are, down to none. */
@Tag("values")
class ShortTransferTest {
  private static final int BYTES = 20_000;

  private final FakeNet net = new FakeNet();
  private final Stream stream = net.connect();
  private final FakePeer peer = net.peer();
  private final byte[] pattern = RawBytes.pattern(BYTES);
  private int calls;

  @AfterEach
  void close() {
    net.close();
  }

  /** One byte at every {@code n}-th call, all that there is at the others. */
  private int oneByteEvery(int n, int possible) {
    return ++calls % n == 0 ? Math.min(1, possible) : possible;
  }

  private ByteArrayOutputStream received() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    stream.onData(chunk -> received.writeBytes(chunk.toByteArray()));
    return received;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void F13_readsOfOneByteBringTheSameBytes(int n) {
    ByteArrayOutputStream received = received();
    peer.shortenReads(possible -> oneByteEvery(n, possible));
    for (int from = 0; from < BYTES; from += 1000) {
      peer.send(Arrays.copyOfRange(pattern, from, from + 1000));
      net.runUntilIdle();
    }
    assertThat(received.toByteArray()).isEqualTo(pattern);
  }

  @Test
  void F13_wakeUpsInVainAndShortReadsBringTheSameBytes() {
    Random random = new Random(13);
    ByteArrayOutputStream received = received();
    peer.shortenReads(possible -> random.nextInt(Math.min(possible, 10) + 1));
    peer.send(pattern);
    net.runUntilIdle();
    assertThat(received.toByteArray()).isEqualTo(pattern);
  }

  @Test
  void F13_textThatComesByteByByteIsWhole() {
    String text = "aé€😀".repeat(100);
    EventLog log = new EventLog();
    stream.setEncoding("utf8");
    StringBuilder received = new StringBuilder();
    stream.onText(received::append);
    stream.onEnd(() -> log.add("end"));
    peer.shortenReads(possible -> 1);
    peer.send(text.getBytes(StandardCharsets.UTF_8));
    peer.end();
    net.runUntilIdle();
    assertThat(received).hasToString(text);
    assertThat(log.entries()).containsExactly("end");
  }

  @Test
  void F13_heldBytesThatCameOneByOneAreBounded() {
    net.run(stream::pause);
    peer.shortenReads(possible -> 1);
    peer.send(new byte[200_000]);
    net.runUntilIdle();
    assertThat(stream.bytesRead()).isLessThan(ReadHalf.LIMIT / 32); // each costs more than a byte
    ByteArrayOutputStream received = received();
    peer.shortenReads(possible -> possible);
    net.run(stream::resume);
    assertThat(received.size()).isEqualTo(200_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void F18_shortWritesBringTheSameBytesAndOneDrainInTheEnd(int n) {
    peer.shortenWrites(possible -> oneByteEvery(n, possible));
    assertWritten();
  }

  @Test
  void F18_writesOfRandomCountsBringTheSameBytesAndOneDrainInTheEnd() {
    Random random = new Random(18);
    peer.shortenWrites(possible -> random.nextInt(Math.min(possible, 50) + 1));
    assertWritten();
  }

  private void assertWritten() {
    int[] drains = {0};
    stream.onDrain(
        () -> {
          drains[0]++;
          assertThat(stream.bufferSize()).isZero();
          assertThat(peer.socket().out.size()).isEqualTo(BYTES);
        });
    boolean[] promised = {true};
    net.run(
        () -> {
          stream.setGather(false);
          for (int from = 0; from < BYTES; from += 500) {
            promised[0] &= stream.write(Arrays.copyOfRange(pattern, from, from + 500));
          }
        });
    assertThat(promised[0]).isFalse();
    assertThat(drains[0]).isEqualTo(1);
    assertThat(peer.takeBytes()).isEqualTo(pattern);
  }

  @Test
  void F18_finFollowsTheLastByteOfShortWrites() {
    Random random = new Random(180);
    peer.shortenWrites(possible -> random.nextInt(Math.min(possible, 50) + 1));
    net.run(
        () -> {
          stream.write(pattern);
          stream.end("bye");
        });
    assertThat(peer.receive(BYTES)).isEqualTo(pattern);
    assertThat(peer.take()).isEqualTo("bye");
    assertThat(peer.atEnd()).isTrue();
  }

  @Test
  void F18_whatIsPipedIntoShortWritesIsTheSame() {
    Stream destination = net.connect();
    FakePeer end = net.peer();
    Random random = new Random(181);
    end.shortenWrites(possible -> random.nextInt(Math.min(possible, 50) + 1));
    peer.shortenReads(possible -> Math.min(possible, 70));
    stream.pipe(destination);
    peer.send(pattern);
    peer.end();
    net.runUntilIdle();
    assertThat(end.takeBytes()).isEqualTo(pattern);
    assertThat(end.atEnd()).isTrue();
  }
}
