import evented.net.Net;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Tells everyone who connects what time it is.
 *
 * <pre>
 *   ./evented examples/Daytime.java 8013
 *   nc localhost 8013
 * </pre>
 */
public class Daytime {
  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8013;
    var server =
        Net.createServer(
            stream -> {
              stream.end(LocalDateTime.now(ZoneId.systemDefault()) + "\r\n");
              stream.onError(error -> System.err.println(error.getMessage()));
            });
    server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
  }
}
