import evented.net.Credentials;
import evented.net.Net;
import evented.net.ReadyState;
import evented.net.Stream;
import java.nio.file.Path;

/**
 * Ends TLS in front of a server that speaks plain TCP: {@code TlsProxy port key.pem cert.pem
 * backend-port [backend-host]}.
 */
public class TlsProxy {
  public static void main(String[] args) {
    Credentials credentials =
        Credentials.builder().key(Path.of(args[1])).cert(Path.of(args[2])).build();
    int backendPort = Integer.parseInt(args[3]);
    String backendHost = args.length > 4 ? args[4] : "localhost";
    var server =
        Net.createServer(
            front -> {
              front.setSecure(credentials);
              Stream back = Net.createConnection(backendPort, backendHost).allowHalfOpen(true);
              front.pipe(back).pipe(front);
              front.onError(error -> System.err.println(error.getMessage()));
              back.onError(error -> System.err.println(error.getMessage()));
              front.onClose(hadError -> leave(back));
              back.onClose(hadError -> leave(front));
            });
    server.allowHalfOpen(true);
    server.listen(
        Integer.parseInt(args[0]),
        "localhost",
        () -> System.out.println("listening on " + server.port()));
  }

  /** Closes a stream whose other side has gone, unless both have ended and it is only finishing. */
  private static void leave(Stream other) {
    if (other.readyState() != ReadyState.CLOSED) {
      other.destroy();
    }
  }
}
