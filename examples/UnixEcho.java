import evented.net.Net;

/**
 * An echo server on a UNIX socket.
 *
 * <pre>
 *   ./evented examples/UnixEcho.java /tmp/echo.sock
 *   printf 'hi\r\n' | nc -N -U /tmp/echo.sock
 * </pre>
 */
public class UnixEcho {
  public static void main(String[] args) {
    String path = args.length > 0 ? args[0] : "/tmp/echo.sock";
    var server =
        Net.createServer(
            stream -> {
              stream.pipe(stream);
              stream.onError(error -> System.err.println(error.getMessage()));
            });
    server.onError(error -> System.err.println(error.getMessage()));
    server.listen(path, () -> System.out.println("listening on " + path));
  }
}
