package evented.net;

import java.time.Duration;

/** Answers lines, and on SIGTERM comes to its end as a server should. */
final class ShutdownProgram {
  private ShutdownProgram() {}

  public static void main(String[] arguments) {
    Server server = Net.createServer(stream -> stream.pipe(stream));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  System.out.println("shutting down");
                  System.out.println("ended " + server.shutdown(Duration.ofMinutes(1)).join());
                }));
    server.listen(0, "127.0.0.1", () -> System.out.println("listening on " + server.port()));
  }
}
