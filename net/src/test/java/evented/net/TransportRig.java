package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One transport under test, whose loop thread is the test's, and all that the test opens on it. */
final class TransportRig implements AutoCloseable {
  /** A connection that the transport has accepted, and its far end. */
  record Pair(Socket socket, SocketLog log, FarEnd far) {}

  private static final int BACKLOG = 50;

  final TransportSetting setting;
  final Transport transport;
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final List<FarEnd> farEnds = new ArrayList<>();
  private final Path folder;
  private int paths;

  TransportRig(TransportSetting setting) {
    this.setting = setting;
    this.transport = setting.open();
    try {
      folder = Files.createTempDirectory("evented");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Time.

  void pollUntil(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + Await.DEADLINE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + Await.DEADLINE + ": " + what);
      }
      transport.poll(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** Gives what could be told, though it should not be, ample occasion. */
  void pollSomeTimes() {
    for (int i = 0; i < 5; i++) {
      transport.poll(0);
    }
  }

  /** How long a sleep that nothing should end has lasted. */
  long millisOfPoll(long millis) {
    long before = System.nanoTime();
    transport.poll(TimeUnit.MILLISECONDS.toNanos(millis));
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
  }

  // Opening.

  /** A place of the kind that is tested, on which no one listens. */
  SocketAddress freePlace() {
    return setting.wire() == Wire.TCP
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
        : UnixDomainSocketAddress.of(path("s" + paths++));
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Listener listen() throws NetException {
    return listen(freePlace());
  }

  Listener listen(SocketAddress place) throws NetException {
    return keep(transport.listen(place, BACKLOG, /* reusePort= */ false));
  }

  Listener keep(Listener listener) {
    listeners.add(listener);
    return listener;
  }

  Socket keep(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  FarEnd keep(FarEnd far) {
    farEnds.add(far);
    return far;
  }

  FarEnd dial(SocketAddress address) {
    return keep(
        transport instanceof FakeTransport memory
            ? memory.network.dial(address)
            : ChannelFarEnd.connect(address));
  }

  /** Waits until a connection can be accepted, and does so. */
  Socket accept(Listener listener) throws NetException {
    int[] told = {0};
    listener.handler(() -> told[0]++);
    listener.want(true);
    pollUntil("a connection waits", () -> told[0] > 0);
    listener.want(false);
    Socket socket = listener.accept();
    if (socket == null) {
      throw new AssertionError("none was there to accept");
    }
    transport.register(socket);
    return keep(socket);
  }

  Pair pair() throws NetException {
    Listener listener = listen();
    Pair pair = pair(listener);
    close(listener);
    return pair;
  }

  Pair pair(Listener listener) throws NetException {
    FarEnd far = dial(listener.localAddress());
    Socket socket = accept(listener);
    SocketLog log = new SocketLog();
    socket.handler(log);
    return new Pair(socket, log, far);
  }

  /** Connects to {@code address} and waits for the outcome, good or bad. */
  Socket connect(SocketAddress address) throws NetException {
    Socket socket = keep(transport.connect(address));
    SocketLog log = new SocketLog();
    socket.handler(log);
    pollUntil("the outcome of connecting", () -> log.writable > 0);
    socket.finishConnect();
    return socket;
  }

  // Bytes.

  /** Writes until the kernel takes no more, and says how much it has taken. */
  static int fill(Socket socket) throws NetException {
    int taken = 0;
    while (true) {
      int count = socket.write(ByteBuffer.allocate(64 * 1024));
      taken += count;
      if (count == 0) {
        return taken;
      }
    }
  }

  /** Waits for so many bytes. */
  byte[] read(Pair pair, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    pair.log.onReadable = () -> unchecked(() -> pair.socket.read(bytes));
    pair.socket.want(true, false);
    pollUntil(count + " bytes", () -> !bytes.hasRemaining());
    pair.socket.want(false, false);
    pair.log.onReadable = () -> {};
    return bytes.array();
  }

  /** Something that may fail in a handler. */
  interface Step {
    Object run() throws IOException;
  }

  static void unchecked(Step step) {
    try {
      Object unused = step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How many descriptors of sockets and of epoll this process has open; always 0 where the system
   * does not show them. Those of files would not do: the collector may close one at any time.
   */
  static long descriptors() {
    try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      long count = 0;
      for (Path link : links) {
        count += isOfTransport(link) ? 1 : 0;
      }
      return count;
    } catch (IOException notLinux) {
      return 0;
    }
  }

  private static boolean isOfTransport(Path link) {
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("socket:") || target.startsWith("anon_inode:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  // Closing: each exactly once.

  void close(Socket socket) {
    if (sockets.remove(socket)) {
      socket.close();
    }
  }

  void close(Listener listener) {
    if (listeners.remove(listener)) {
      listener.close();
    }
  }

  @Override
  public void close() {
    List.copyOf(sockets).forEach(this::close);
    List.copyOf(listeners).forEach(this::close);
    farEnds.forEach(FarEnd::close);
    transport.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
