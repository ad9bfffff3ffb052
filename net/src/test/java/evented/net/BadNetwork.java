package evented.net;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces, {@code left} and {@code right}, and a network between them that a test
 * makes bad; {@code src/test/c/bad-network.c} tells how. All of it is gone with {@link #close}.
 *
 * <p>Takes Linux, root, and a C compiler; elsewhere the test is skipped, with a message.
 */
final class BadNetwork implements AutoCloseable {
  static final String LEFT_HOST = "10.77.0.1";
  static final String RIGHT_HOST = "10.77.0.2";

  /** The least that every host must take. */
  private static final int MTU = 576;

  private static final Path SOURCE = Path.of("src/test/c/bad-network.c").toAbsolutePath();
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private final String name = "evented-" + ProcessHandle.current().pid() + "-" + nextNumber();
  private final Program ip = Program.named("ip");
  private RunningProgram network;

  /** {@code folder} is where its program is put. */
  BadNetwork(Path folder) {
    Path program = folder.resolve("bad-network");
    if (!Files.exists(program)) {
      Program.named("cc").with("-O1", "-Wall", "-Wextra", "-Werror", "-o", program, SOURCE).run("");
    }
    try {
      ip.with("netns", "add", left()).run("");
      ip.with("netns", "add", right()).run("");
      network = Program.file(program).with(left(), right()).start();
      network.await("up\n");
      bringUp(left(), LEFT_HOST);
      bringUp(right(), RIGHT_HOST);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private static int nextNumber() {
    return NETWORKS.incrementAndGet();
  }

  /** Skips the test where it may not make namespaces or devices. */
  static void assumeAllowed() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/ns")), "skipped: not Linux");
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "skipped: only root may make network namespaces");
    assumeTrue(
        Files.isWritable(Path.of("/dev/net/tun")), "skipped: there is no device /dev/net/tun");
  }

  private void bringUp(String namespace, String host) {
    ip.with("-n", namespace, "link", "set", "lo", "up").run("");
    ip.with("-n", namespace, "address", "add", host + "/24", "dev", "bad").run("");
    ip.with("-n", namespace, "link", "set", "bad", "mtu", MTU, "up").run("");
  }

  String left() {
    return name + "-left";
  }

  String right() {
    return name + "-right";
  }

  /** Sets a parameter of the kernel, such as {@code net/ipv4/tcp_retries2}, in both namespaces. */
  void parameter(String parameter, int value) {
    for (String namespace : new String[] {left(), right()}) {
      ip.with("netns", "exec", namespace)
          .with("sh", "-c", "echo " + value + " > /proc/sys/" + parameter)
          .run("");
    }
  }

  /**
   * Packets in a hundred that are lost, that come twice, and that come up to {@code micros}
   * microseconds late, and so behind those that were sent after them.
   */
  void set(int lost, int doubled, int delayed, int micros) {
    String seed = Long.toUnsignedString(FaultySockets.SEED);
    network.write(
        String.join(" ", "set", "" + lost, "" + doubled, "" + delayed, "" + micros, seed) + "\n");
    network.await("set\n");
  }

  /** Has no packet pass from now on. */
  void cut() {
    network.write("cut\n");
    network.await("cut\n");
  }

  /** Has packets pass again. */
  void mend() {
    network.write("mend\n");
    network.await("mended\n");
  }

  /** How many packets were lost, doubled and delayed so far. */
  int[] harmed() {
    network.write("count\n");
    var counts = network.await("passed \\d+ lost (\\d+) doubled (\\d+) delayed (\\d+)\n");
    return new int[] {
      Integer.parseInt(counts.group(1)),
      Integer.parseInt(counts.group(2)),
      Integer.parseInt(counts.group(3))
    };
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
    for (String namespace : new String[] {left(), right()}) {
      if (Files.exists(Path.of("/run/netns", namespace))) {
        ip.with("netns", "delete", namespace).run("");
      }
    }
  }
}
