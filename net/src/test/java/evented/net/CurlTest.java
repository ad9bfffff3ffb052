package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code curl}, which is strict about every byte of an HTTP answer. */
class CurlTest {
  private static String getTwice(SocketAddress address) {
    Program curl = Program.named("curl").with("-sS", "--max-time", "20", "--noproxy", "*");
    // Two requests, which curl makes over one connection.
    if (address instanceof UnixDomainSocketAddress unix) {
      Object[] urls = {"http://localhost/1", "http://localhost/2"};
      return curl.with("--unix-socket", unix.getPath()).with(urls).run("");
    }
    String host = "http://127.0.0.1:" + ((InetSocketAddress) address).getPort();
    return curl.with(host + "/1", host + "/2").run("");
  }

  /** Calls {@code answer} whenever the blank line after a request's head has come. */
  private static void onRequest(Stream stream, Runnable answer) {
    StringBuilder head = new StringBuilder();
    stream.onText(
        text -> {
          head.append(text);
          if (head.indexOf("\r\n\r\n") >= 0) {
            head.setLength(0);
            answer.run();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void headAndBodyOfSeveralWritesAreOneAnswer(Wire wire) {
    try (TestNet net = new TestNet()) {
      AtomicInteger connections = new AtomicInteger();
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                connections.incrementAndGet();
                onRequest(
                    stream,
                    () -> {
                      stream.write("HTTP/1.1 200 OK\r\n");
                      stream.write("Content-Length: 7\r\n\r\n");
                      stream.write("bonjour");
                    });
              });
      assertThat(getTwice(address)).isEqualTo("bonjourbonjour");
      assertThat(connections).as("connections").hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void chunksThatComeOneByOneAreReadToTheLast(Wire wire) {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      expected.append("chunk ").append(i).append('\n');
    }
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream ->
                  onRequest(
                      stream,
                      () -> {
                        stream.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                        sendChunk(net.loop(), stream, 0);
                      }));
      assertThat(getTwice(address)).isEqualTo(expected.toString().repeat(2));
    }
  }

  private static void sendChunk(Loop loop, Stream stream, int i) {
    if (i == 50) {
      stream.write("0\r\n\r\n");
      return;
    }
    String text = "chunk " + i + "\n";
    stream.write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    loop.execute(() -> sendChunk(loop, stream, i + 1));
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerWithoutALengthEndsWithTheStream(Wire wire) {
    String body = "0123456789abcdef".repeat(128 * 1024);
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream ->
                  onRequest(
                      stream,
                      () -> {
                        stream.write("HTTP/1.0 200 OK\r\n\r\n");
                        stream.end(body);
                      }));
      assertThat(getTwice(address).equals(body + body)).as("twice 2 MiB, byte by byte").isTrue();
    }
  }
}
