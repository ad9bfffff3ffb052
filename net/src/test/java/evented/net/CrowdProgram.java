package evented.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One side of a crowd of connections: {@code server PORT-OR-PATH}, or {@code client PORT-OR-PATH
 * CONNECTIONS}. It tells what comes to pass in steps of {@value #STEP}, so that whoever waits sees
 * that it goes on.
 *
 * <p>Orders: {@code memory}; of a server {@code timeout MILLISECONDS}, for each of its streams,
 * which are destroyed then; of a client {@code ask}, over each of its streams.
 */
final class CrowdProgram {
  static final int STEP = 500;

  /** Clients that connect at a time; few enough for the kernel's longest backlog. */
  private static final int AT_ONCE = 100;

  private final List<Stream> streams = new ArrayList<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger timeouts = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private CrowdProgram() {}

  public static void main(String[] arguments) throws IOException {
    CrowdProgram program = new CrowdProgram();
    if (arguments[0].equals("server")) {
      program.serve(arguments[1]);
    } else {
      int count = Integer.parseInt(arguments[2]);
      Loop.shared()
          .execute(
              () -> {
                for (int i = 0; i < AT_ONCE; i++) {
                  program.connect(arguments[1], count);
                }
              });
    }
    program.obey();
    System.exit(0);
  }

  private void obey() throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = orders.readLine()) != null) {
      String[] order = line.split(" ");
      switch (order[0]) {
        case "memory" -> tellMemory();
        case "ask" -> Loop.shared().execute(() -> streams.forEach(stream -> stream.write("?")));
        case "timeout" -> {
          long millis = Long.parseLong(order[1]);
          Loop.shared().execute(() -> streams.forEach(stream -> stream.setTimeout(millis)));
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  private void serve(String place) {
    Server server = Net.createServer(this::serve);
    server.backlog(4096);
    Runnable listening = () -> System.out.println("listening on " + server.port());
    if (place.startsWith("/")) {
      server.listen(place, listening);
    } else {
      server.listen(Integer.parseInt(place), "127.0.0.1", listening);
    }
  }

  private void serve(Stream stream) {
    streams.add(stream);
    stream.setTimeout(3_600_000); // until the order comes
    stream.onData(stream::write);
    stream.onTimeout(
        () -> {
          tell("timed out", timeouts.incrementAndGet());
          stream.destroy();
        });
    stream.onClose(hadError -> tell("closed", closed.incrementAndGet()));
    tell("open", streams.size());
  }

  /**
   * Connects, and goes on with the next one once it is accepted: to a UNIX socket whose backlog is
   * full one cannot connect.
   */
  private void connect(String place, int count) {
    if (streams.size() == count) {
      return;
    }
    Stream stream = new Stream();
    streams.add(stream);
    stream.onError(error -> System.out.println("error " + error.getMessage()));
    stream.onClose(hadError -> tell("closed", closed.incrementAndGet()));
    stream.onConnect(() -> stream.write("!"));
    boolean[] accepted = {false};
    stream.onData(
        answer -> {
          if (accepted[0]) {
            tell("answered", answers.incrementAndGet());
            return;
          }
          accepted[0] = true;
          tell("connected", connected.incrementAndGet());
          connect(place, count);
        });
    if (place.startsWith("/")) {
      stream.connect(place);
    } else {
      stream.connect(Integer.parseInt(place), "127.0.0.1");
    }
  }

  private static void tell(String what, int count) {
    if (count % STEP == 0) {
      System.out.println(what + " " + count);
    }
  }

  /** The heap in use and the resident set, in bytes. */
  private static void tellMemory() throws IOException {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long pages = Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
    System.out.println("memory " + heap + " " + pages * 4096);
  }
}
