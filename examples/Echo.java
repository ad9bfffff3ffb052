import evented.net.Net;

/**
 * The echo server of the specification.
 *
 * <pre>
 *   ./evented examples/Echo.java
 *   printf 'hi\r\n' | nc -N localhost 8124
 * </pre>
 */
public class Echo {
  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8124;
    var server =
        Net.createServer(
            stream -> {
              stream.setEncoding("utf8");
              stream.on("connect", () -> stream.write("hello\r\n"));
              stream.on("data", (String data) -> stream.write(data));
              stream.on(
                  "end",
                  () -> {
                    stream.write("goodbye\r\n");
                    stream.end();
                  });
              stream.onError(error -> System.err.println(error.getMessage()));
            });
    server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
  }
}
