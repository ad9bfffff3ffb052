package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A program that pipes a stream to its standard output, whose reader goes away. */
class BrokenStandardOutputTest {
  /** Prints what a server sends, and on standard error what becomes of the stream. */
  static final class Printer {
    private Printer() {}

    public static void main(String[] arguments) {
      Stream stream = Net.createConnection(Integer.parseInt(arguments[0]), "127.0.0.1");
      stream.onError(error -> System.err.println("error " + error.getMessage()));
      stream.onClose(hadError -> System.err.println("close " + hadError));
      stream.pipe(System.out, false);
    }
  }

  @Test
  void R6_aReaderThatGoesAwayIsEpipeAndTheProgramEnds() throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              Wire.TCP,
              stream -> {
                stream.onError(error -> {});
                stream.onDrain(() -> writeOn(stream));
                writeOn(stream);
              });
      Process printer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-Devented.transport=" + TransportType.choose(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Printer.class.getName(),
                  String.valueOf(((InetSocketAddress) address).getPort()))
              .start();
      try {
        assertThat(printer.getInputStream().read()).isEqualTo('x');
        printer.getInputStream().close();
        String said = new String(printer.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo("error write EPIPE\nclose true\n");
        assertThat(Await.get(printer.onExit()).exitValue()).isZero();
      } finally {
        printer.destroyForcibly();
      }
    }
  }

  /** Writes for as long as the peer reads. */
  private static void writeOn(Stream stream) {
    while (stream.write("x".repeat(1000))) {
      stream.flush();
    }
  }
}
