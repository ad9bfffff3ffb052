package evented.net;

/**
 * What {@link ListenFdTest} starts: serves on a descriptor that it has inherited, says {@code
 * goodbye} to each who ends, and stops listening when it is told to {@code stop}.
 */
final class DescriptorServer {
  private DescriptorServer() {}

  public static void main(String[] args) {
    Server server =
        Net.createServer(
            stream -> {
              stream.setEncoding("utf8");
              stream.on("data", (String text) -> stream.write("heard " + text));
              stream.on("end", () -> stream.end("goodbye"));
            });
    server.onListening(() -> System.out.println("listening on " + server.address()));
    server.onError(error -> System.out.println("error " + error.code() + " " + error.getMessage()));
    server.onClose(() -> System.out.println("closed"));
    server.listenFD(Integer.parseInt(args[0]));
    Thread stdin =
        new Thread(
            () -> {
              try {
                if (System.in.read() >= 0) {
                  server.close();
                }
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    stdin.setDaemon(true);
    stdin.start();
  }
}
