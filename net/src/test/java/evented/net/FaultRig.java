package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link FaultProgram} over faulty sockets, with what a test asks of it. */
final class FaultRig implements AutoCloseable {
  /** How the program's streams are carried. */
  enum Way {
    TCP(Wire.TCP, false),
    UNIX(Wire.UNIX, false),
    TLS_OVER_TCP(Wire.TCP, true),
    TLS_OVER_UNIX(Wire.UNIX, true);

    final Wire wire;
    final boolean secure;

    Way(Wire wire, boolean secure) {
      this.wire = wire;
      this.secure = secure;
    }

    boolean isSecure() {
      return secure;
    }
  }

  private final TestNet net = new TestNet();
  private final Way way;
  private final FaultySockets faults;
  private final ChildJvm child;
  private final AtomicInteger servers = new AtomicInteger();
  private int socketCounts;
  private int loads;

  FaultRig(Way way, FaultySockets faults) {
    this.way = way;
    this.faults = faults;
    child = ChildJvm.startOver(faults.rules(), FaultProgram.class, arguments(way, net.folder(), 0));
    try {
      child.awaitLine("ready with ");
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  /** The program's arguments. */
  static String[] arguments(Way way, Path folder, long timeoutMillis) {
    String timeout = String.valueOf(timeoutMillis);
    if (!way.secure) {
      return new String[] {timeout};
    }
    try {
      Path key = Files.writeString(folder.resolve("key"), TestCertificates.SERVER.keyPem());
      Path cert = Files.writeString(folder.resolve("cert"), TestCertificates.SERVER.chainPem());
      return new String[] {timeout, key.toString(), cert.toString()};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChildJvm child() {
    return child;
  }

  TestNet net() {
    return net;
  }

  void rules(String... rules) {
    faults.rules(rules);
  }

  /** Has the program listen, and gives where. */
  SocketAddress listen() {
    String place = way.wire == Wire.UNIX ? net.socketPath() : "0";
    child.tell("listen " + place);
    String on = child.awaitLine("server " + servers.incrementAndGet() + " on ");
    return way.wire == Wire.UNIX
        ? UnixDomainSocketAddress.of(on)
        : new InetSocketAddress("127.0.0.1", Integer.parseInt(on));
  }

  /** A stream of this process, to where the program listens; without faults. */
  Stream connect(SocketAddress address) {
    Stream stream = net.connect(address);
    if (way.secure) {
      stream.setSecure(
          Credentials.builder()
              .ca(TestCertificates.CA.certPem())
              .rejectUnauthorized(false)
              .build());
    }
    return stream;
  }

  /** Has the program connect to {@code address}. */
  void haveConnect(SocketAddress address) {
    child.tell(
        "connect "
            + (address instanceof InetSocketAddress tcp
                ? tcp.getPort()
                : ((UnixDomainSocketAddress) address).getPath()));
  }

  /** How many sockets the program has. */
  int sockets() {
    child.tell("sockets");
    socketCounts++;
    return Integer.parseInt(answer("sockets ", socketCounts));
  }

  void awaitSockets(int count) {
    Await.until("the program has " + count + " sockets", () -> sockets() == count);
  }

  /** Waits until the program's loop idles. */
  void awaitIdle() {
    Await.until(
        "the program's loop is idle",
        () -> {
          child.tell("cpu");
          loads++;
          return Integer.parseInt(answer("cpu ", loads)) < 100 * LoopCpu.IDLE;
        });
  }

  /** What the program has printed as its {@code number}-th line of this kind. */
  private String answer(String start, int number) {
    Await.until(
        "line " + start,
        () -> child.lines().stream().filter(line -> line.startsWith(start)).count() >= number);
    return child.lines().stream()
        .filter(line -> line.startsWith(start))
        .skip(number - 1)
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }

  /** The events of the program's stream with this number, the last of which is its close. */
  java.util.List<String> awaitEvents(int stream) {
    String start = "stream " + stream + " ";
    child.awaitLine(start + "close ");
    return child.lines().stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  @Override
  public void close() {
    child.close();
    net.close();
  }
}
