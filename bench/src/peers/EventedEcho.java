import evented.net.Buffer;
import evented.net.Loop;
import evented.net.TransportType;

/** Evented, as its users would write it: {@code EventedEcho echo|reply|pipe epoll|io_uring|nio [path]}. */
public class EventedEcho {
  private static final int MESSAGE = 64;
  private static final Buffer ANSWER = Buffer.of(new byte[MESSAGE]);

  public static void main(String[] args) {
    Loop loop = Loop.create(1, TransportType.of(args[1]));
    var server =
        loop.createServer(
            stream -> {
              switch (args[0]) {
                case "echo" -> stream.onData(stream::write);
                case "pipe" -> stream.pipe(stream);
                default -> {
                  int[] partial = {0};
                  stream.onData(
                      data -> {
                        partial[0] += data.length();
                        for (; partial[0] >= MESSAGE; partial[0] -= MESSAGE) {
                          stream.write(ANSWER);
                        }
                      });
                }
              }
              stream.onError(error -> {});
            });
    server.onListening(() -> System.out.println("listening " + server.port()));
    if (args.length > 2) {
      server.listen(args[2]);
    } else {
      server.listen(0, "127.0.0.1");
    }
  }
}
