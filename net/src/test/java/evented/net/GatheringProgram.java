package evented.net;

/**
 * What {@link GatheringSystemCallTest} traces: a server that answers whatever it is sent with a
 * hundred writes of one byte, and ends with its only connection. The argument is a path; without
 * one it listens on a port, and says on which.
 */
final class GatheringProgram {
  private GatheringProgram() {}

  public static void main(String[] arguments) {
    Server server =
        Net.createServer(
            stream -> {
              stream.onData(
                  request -> {
                    for (int i = 0; i < GatheringSystemCallTest.WRITES; i++) {
                      stream.write("x");
                    }
                    stream.end();
                  });
            });
    server.onConnection(stream -> server.close());
    if (arguments.length > 0) {
      server.listen(arguments[0], () -> System.out.println("listening."));
    } else {
      server.listen(0, "127.0.0.1", () -> System.out.println("port " + server.port() + "."));
    }
  }
}
