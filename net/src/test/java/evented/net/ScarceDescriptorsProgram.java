package evented.net;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An echo server that obeys orders from its standard input: {@code exhaust} its descriptors, {@code
 * free} them, {@code cpu} for the loop thread's CPU time so far in nanoseconds.
 */
final class ScarceDescriptorsProgram {
  private static final List<FileInputStream> HELD = new ArrayList<>();

  private ScarceDescriptorsProgram() {}

  public static void main(String[] arguments) throws Exception {
    Server server =
        Net.createServer(
            stream -> {
              stream.onClose(hadError -> System.out.println("one has left"));
              stream.pipe(stream);
            });
    RandomAccessFile[] loopThread = {null};
    server.listen(
        0,
        "127.0.0.1",
        () -> {
          loopThread[0] = openCpuTimeOfThisThread();
          System.out.println("listening on " + server.port());
        });
    // Loaded now, while there are descriptors to load it with.
    Loop.shared().setTimeout(0, () -> {});
    String order;
    while ((order = readLine()) != null) {
      switch (order) {
        case "exhaust" -> {
          // Between two polls, when the loop owes no descriptor that a handler has closed.
          Loop.shared()
              .setTimeout(
                  0,
                  () -> {
                    exhaust();
                    System.out.println("exhausted");
                  });
        }
        case "free" -> {
          for (FileInputStream held : HELD) {
            held.close();
          }
          System.out.println("freed");
        }
        case "connect" -> {
          Stream stream = Net.createConnection(server.port(), "127.0.0.1");
          stream.onConnect(() -> System.out.println("connected"));
          stream.onError(error -> System.out.println("error " + error.getMessage()));
          stream.onClose(hadError -> System.out.println("close " + hadError));
          stream.onConnect(stream::destroy);
        }
        case "listen" -> {
          Server second = Net.createServer();
          second.onListening(() -> System.out.println("second listens"));
          second.onError(error -> System.out.println("second error " + error.getMessage()));
          second.onClose(() -> System.out.println("second closed"));
          second.listen(0, "127.0.0.1");
        }
        case "wait" -> {
          // On purpose by the clock: this is the stretch over which the CPU time is measured.
          Loop.shared().setTimeout(1500, () -> System.out.println("waited"));
        }
        default -> System.out.println(order + " " + cpuMillis(loopThread[0]));
      }
    }
    System.exit(0);
  }

  /** Opened early, since later there is no descriptor to open it with. Linux only. */
  private static RandomAccessFile openCpuTimeOfThisThread() {
    try {
      return new RandomAccessFile("/proc/thread-self/schedstat", "r");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long cpuMillis(RandomAccessFile schedstat) throws IOException {
    schedstat.seek(0);
    return Long.parseLong(schedstat.readLine().split(" ")[0]) / 1_000_000;
  }

  private static String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = System.in.read()) >= 0 && c != '\n') {
      line.append((char) c);
    }
    return c < 0 ? null : line.toString();
  }

  private static void exhaust() {
    try {
      while (true) {
        HELD.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException outOfDescriptors) {
      // What was wanted.
    }
  }
}
