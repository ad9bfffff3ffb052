package evented.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What runs over a faulty C library or network: it listens and connects as it is told, echoes what
 * comes, and prints the events of each stream behind its number. With a second and a third
 * argument, the files of a key and of a certificate, all its streams are made secure.
 *
 * <p>Orders, one a line: {@code listen PORT-OR-PATH [HOST]}, {@code connect PORT-OR-PATH [HOST]},
 * {@code transfer PORT HOST BYTES}, which has them echoed, {@code end}, {@code write TEXT} and
 * {@code keepAlive} of what it has connected last, {@code sockets}, {@code cpu}. The first argument
 * is the timeout of its streams, in milliseconds; 0 for none.
 */
final class FaultProgram {
  private static final AtomicInteger STREAMS = new AtomicInteger();
  private static final AtomicInteger SERVERS = new AtomicInteger();

  private final long timeoutMillis;
  private final Credentials credentials;
  private Stream connected;

  private FaultProgram(long timeoutMillis, Credentials credentials) {
    this.timeoutMillis = timeoutMillis;
    this.credentials = credentials;
  }

  public static void main(String[] arguments) throws IOException {
    Credentials credentials = null;
    if (arguments.length > 1) {
      credentials =
          Credentials.builder()
              .key(Files.readString(Path.of(arguments[1])))
              .cert(Files.readString(Path.of(arguments[2])))
              .rejectUnauthorized(false)
              .build();
    }
    new FaultProgram(Long.parseLong(arguments[0]), credentials).obey();
    System.exit(0);
  }

  private void obey() throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    rehearse();
    String line;
    while ((line = orders.readLine()) != null) {
      String[] order = line.split(" ");
      switch (order[0]) {
        case "listen" -> listen(order);
        case "connect" -> connect(order);
        case "transfer" -> transfer(order);
        case "end" -> connected.end();
        case "write" -> connected.write(order[1]);
        case "keepAlive" -> connected.setKeepAlive(true);
        case "sockets" -> print("sockets " + sockets());
        case "cpu" -> Loop.shared().execute(() -> new CpuWindow().next());
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  /** One connection, since the JDK keeps a pair of sockets from the first that it closes on. */
  private static void rehearse() {
    Server server = Net.createServer(stream -> stream.pipe(stream));
    server.onClose(() -> print("ready with " + sockets()));
    server.listen(
        0,
        "127.0.0.1",
        () -> {
          Stream client = Net.createConnection(server.port(), "127.0.0.1");
          client.onData(echo -> {});
          client.onClose(hadError -> server.close());
          client.end("echo");
        });
  }

  private static boolean isPath(String place) {
    return place.startsWith("/");
  }

  private void listen(String[] order) {
    int number = SERVERS.incrementAndGet();
    Server server = Net.createServer(this::serve);
    server.onError(error -> print("server " + number + " error " + error.code()));
    Runnable listening =
        () -> print("server " + number + " on " + (isPath(order[1]) ? order[1] : server.port()));
    if (isPath(order[1])) {
      server.listen(order[1], listening);
    } else {
      String host = order.length > 2 ? order[2] : "127.0.0.1";
      server.listen(Integer.parseInt(order[1]), host, listening);
    }
  }

  private void serve(Stream stream) {
    follow(stream);
    if (credentials != null) {
      stream.setSecure(credentials);
    }
    stream.pipe(stream);
  }

  private void connect(String[] order) {
    Stream stream = new Stream();
    connected = stream;
    secured(follow(stream)).connectTimeout(timeoutMillis);
    if (isPath(order[1])) {
      stream.connect(order[1]);
    } else {
      stream.connect(Integer.parseInt(order[1]), order.length > 2 ? order[2] : "127.0.0.1");
    }
    stream.onData(data -> print("data " + data.toString(Encoding.UTF8)));
  }

  private void transfer(String[] order) {
    Stream stream = secured(follow(new Stream()));
    Echoed.begin(stream, Long.parseLong(order[3]), FaultySockets.SEED)
        .whenComplete((equal, failure) -> print("transfer " + (failure == null ? equal : failure)));
    stream.connect(Integer.parseInt(order[1]), order[2]);
  }

  /** Makes a client's stream secure before anything is written: its other listeners come later. */
  private Stream secured(Stream stream) {
    if (credentials != null) {
      stream.onConnect(() -> stream.setSecure(credentials));
    }
    return stream;
  }

  private Stream follow(Stream stream) {
    String name = "stream " + STREAMS.incrementAndGet() + " ";
    stream.onConnect(() -> print(name + "connect"));
    stream.onEnd(() -> print(name + "end"));
    stream.onTimeout(() -> print(name + "timeout"));
    stream.onError(error -> print(name + "error " + error.code()));
    stream.onClose(hadError -> print(name + "close " + hadError));
    return stream.setTimeout(timeoutMillis);
  }

  /** How many sockets the process has open. */
  private static long sockets() {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(FaultProgram::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }

  /** The processor time of the loop over some ticks of its own, as a percentage. */
  private static final class CpuWindow {
    private final long cpuBefore = cpu();
    private final long timeBefore = System.nanoTime();
    private int ticks;

    private static long cpu() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    void next() {
      if (ticks++ < 15) {
        Loop.shared().setTimeout(10, this::next);
      } else {
        print("cpu " + 100 * (cpu() - cpuBefore) / (System.nanoTime() - timeBefore));
      }
    }
  }
}
