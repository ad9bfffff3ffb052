import evented.net.Buffer;
import evented.net.Credentials;
import evented.net.Net;
import evented.net.Server;
import evented.net.Stream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * TLS in mid-conversation, as mail servers do it: {@code StartTls server port key.pem cert.pem} and
 * {@code StartTls client port [ca.pem]}. {@code openssl s_client -starttls smtp} speaks to it too.
 */
public class StartTls {
  public static void main(String[] args) {
    int port = Integer.parseInt(args[1]);
    if (args[0].equals("server")) {
      Server server =
          serve(Credentials.builder().key(Path.of(args[2])).cert(Path.of(args[3])).build());
      server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
    } else {
      Credentials.Builder trusting = Credentials.builder();
      if (args.length > 2) {
        trusting.ca(Path.of(args[2]));
      }
      talk(Net.createConnection(port, "localhost"), trusting.build());
    }
  }

  static Server serve(Credentials credentials) {
    return Net.createServer(
        stream -> {
          boolean[] secure = {false};
          stream.on("connect", () -> stream.write("220 localhost ESMTP\r\n"));
          stream.on("secure", () -> secure[0] = true);
          stream.onError(error -> System.err.println(error.getMessage()));
          lines(
              stream,
              line -> {
                String verb = line.replaceFirst(" .*", "").toUpperCase(Locale.ROOT);
                switch (verb) {
                  case "EHLO" ->
                      stream.write(
                          secure[0] ? "250 localhost\r\n" : "250-localhost\r\n250 STARTTLS\r\n");
                  case "STARTTLS" -> {
                    stream.write("220 go ahead\r\n"); // the last plain bytes
                    stream.setSecure(credentials);
                  }
                  case "NOOP" ->
                      stream.write("250 " + (secure[0] ? "in secret" : "in public") + "\r\n");
                  case "QUIT" -> stream.end("221 bye\r\n");
                  default -> stream.write("500 what?\r\n");
                }
              });
        });
  }

  static void talk(Stream stream, Credentials credentials) {
    stream.on(
        "secure",
        () -> {
          System.out.println(
              "secure with " + stream.getProtocol() + ", good: " + stream.verifyPeer("localhost"));
          stream.write("NOOP\r\n");
        });
    stream.onError(error -> System.err.println(error.getMessage()));
    lines(
        stream,
        line -> {
          System.out.println(line);
          switch (line) {
            case "220 localhost ESMTP" -> stream.write("EHLO client\r\n");
            case "250 STARTTLS" -> stream.write("STARTTLS\r\n");
            case "220 go ahead" -> stream.setSecure(credentials);
            case "250 in secret" -> stream.write("QUIT\r\n");
            default -> {}
          }
        });
  }

  /**
   * Calls {@code listener} with each line. What follows a line is put back before the listener
   * runs, so that a {@code setSecure} in it begins at the right byte.
   */
  static void lines(Stream stream, Consumer<String> listener) {
    StringBuilder line = new StringBuilder();
    stream.onData(
        (Buffer bytes) -> {
          for (int i = 0; i < bytes.length(); i++) {
            char c = (char) bytes.get(i);
            if (c == '\n') {
              stream.unshift(bytes.slice(i + 1, bytes.length()));
              String whole = line.toString().stripTrailing();
              line.setLength(0);
              listener.accept(whole);
              return;
            }
            line.append(c);
          }
        });
  }
}
