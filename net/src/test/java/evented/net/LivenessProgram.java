package evented.net;

import java.util.concurrent.CountDownLatch;

/**
 * The programs of {@link LivenessTest}. Each lets its {@code main} return at once; what it prints
 * afterwards it prints only if a handle keeps it alive.
 */
final class LivenessProgram {
  /** Longer than a program takes to end that nothing keeps alive. */
  private static final long LINGER_MILLIS = 300;

  private static final long FOR_EVER_MILLIS = 3_600_000;

  private static final Thread MAIN = Thread.currentThread();

  private LivenessProgram() {}

  public static void main(String[] arguments) throws Exception {
    Loop loop = Loop.shared();
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    switch (arguments[0]) {
      case "server" -> serveUntilToldToClose(loop.createServer());
      case "serverRefAgain" -> serveUntilToldToClose(loop.createServer().unref().ref());
      case "serverUnref" -> {
        CountDownLatch listening = new CountDownLatch(1);
        loop.createServer().unref().listen(0, listening::countDown);
        listening.await();
      }
      case "serverCannotListen" -> {
        Server server = loop.createServer();
        server.onError(e -> print("error " + e.code()));
        server.listen("/nonexistent/folder/socket");
      }
      case "echo" -> {
        Server server = loop.createServer(stream -> stream.pipe(stream));
        server.listen(
            0,
            () -> {
              Stream client = loop.createConnection(server.port());
              client.onText(text -> print("echo " + text));
              client.onClose(hadError -> server.close());
              client.end("hello");
            });
      }
      case "stream" -> followPeer(loop.createConnection(port));
      case "streamRefAgain" -> followPeer(loop.createConnection(port).unref().ref());
      case "streamUnref" -> {
        CountDownLatch connected = new CountDownLatch(1);
        loop.createConnection(port).unref().onConnect(connected::countDown);
        connected.await();
      }
      case "refused" ->
          loop.createConnection("/nonexistent/socket").onError(e -> print("error " + e.code()));
      case "timer" -> loop.setTimeout(LINGER_MILLIS, () -> print("fired"));
      case "timerRefAgain" -> loop.setTimeout(LINGER_MILLIS, () -> print("fired")).unref().ref();
      case "timerUnref" -> {
        loop.setTimeout(FOR_EVER_MILLIS, () -> {}).unref();
        loop.setInterval(FOR_EVER_MILLIS, () -> {}).unref();
      }
      case "timerCancelled" -> loop.setTimeout(FOR_EVER_MILLIS, () -> {}).cancel();
      case "intervalCancelsItself" -> {
        int[] runs = {0};
        Timer[] timer = {null};
        loop.execute(
            () ->
                timer[0] =
                    loop.setInterval(
                        LINGER_MILLIS / 3,
                        () -> {
                          print("run " + ++runs[0]);
                          if (runs[0] == 3) {
                            timer[0].cancel();
                          }
                        }));
      }
      case "task" -> loop.execute(() -> print("ran"));
      case "closedLoop" -> {
        Loop own = Loop.create(2);
        CountDownLatch listening = new CountDownLatch(1);
        own.createServer().listen(0, listening::countDown);
        own.setInterval(FOR_EVER_MILLIS, () -> {});
        listening.await();
        own.close();
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void serveUntilToldToClose(Server server) {
    server.onConnection(
        stream -> {
          server.close();
          // From here on the stream keeps the program alive, and nothing else.
          stream.onData(
              bytes -> {
                awaitEndOfMain();
                Loop.shared().setTimeout(LINGER_MILLIS, () -> stream.end("still here")).unref();
              });
        });
    server.listen(
        0,
        "127.0.0.1",
        () -> {
          awaitEndOfMain();
          Loop.shared()
              .setTimeout(LINGER_MILLIS, () -> print("listening on " + server.port()))
              .unref();
        });
  }

  private static void followPeer(Stream stream) {
    stream.onConnect(
        () -> {
          awaitEndOfMain();
          Loop.shared().setTimeout(LINGER_MILLIS, () -> stream.write("still here")).unref();
        });
    StringBuilder text = new StringBuilder();
    stream.onText(text::append);
    stream.onClose(hadError -> print(text + ", close " + hadError));
  }

  private static void awaitEndOfMain() {
    try {
      MAIN.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
