import evented.net.Net;
import evented.net.NetException;
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
 * <p>The two pipes do the work. A side that reads slowly slows the other one down, and when one
 * side has ended, the other one may still finish its sentence.
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
              client.pipe(upstream);
              upstream.pipe(client);
              closeTogether(client, upstream);
              closeTogether(upstream, client);
            });
    server.allowHalfOpen(true);
    server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
  }

  /** What breaks one side, a refused connection for instance, closes the other. */
  private static void closeTogether(Stream side, Stream other) {
    side.onError((NetException error) -> System.out.println(error.getMessage()));
    side.onClose(
        hadError -> {
          if (hadError) {
            other.destroy();
          }
        });
  }
}
