import evented.net.Net;
import evented.net.ReadyState;
import evented.net.Stream;

/**
 * A TCP proxy: whoever connects to it speaks with the server behind it.
 *
 * <pre>
 *   ./evented examples/Echo.java
 *   ./evented examples/Proxy.java 8080 localhost:8124
 *   printf 'hi\r\n' | nc -N localhost 8080
 * </pre>
 *
 * <p>The two pipes do the work: a side that reads slowly slows the other one down. Both streams may
 * be half-open, so a client that has ended its request still gets the reply.
 */
public class Proxy {
  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    int colon = args[1].lastIndexOf(':');
    String host = args[1].substring(0, colon);
    int hostPort = Integer.parseInt(args[1].substring(colon + 1));

    var server =
        Net.createServer(
            client -> {
              Stream upstream = Net.createConnection(hostPort, host).allowHalfOpen(true);
              client.pipe(upstream).pipe(client);
              client.onError(error -> System.err.println(error.getMessage()));
              upstream.onError(error -> System.err.println(error.getMessage()));
              client.onClose(hadError -> leave(upstream));
              upstream.onClose(hadError -> leave(client));
            });
    server.allowHalfOpen(true);
    server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
  }

  /** Closes a stream whose other side has gone, unless both have ended and it is only finishing. */
  private static void leave(Stream other) {
    if (other.readyState() != ReadyState.CLOSED) {
      other.destroy();
    }
  }
}
