package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import evented.net.Loop;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;

/**
 * Fault F32: a script's connections, one after another, leave nothing behind. {@code mvn -Psoak
 * test} makes 20,000; without that there are fewer.
 */
class SoakTest {
  private static final Path SCRIPT = Path.of("src/test/js/soak/connections.js");
  private static final int ROUNDS = 20;
  private static final int WARM_UP = ROUNDS / 4;
  private static final int CONNECTIONS =
      "full".equals(System.getProperty("evented.soak")) ? 20_000 : 2_000;

  private static final long HEAP_MARGIN = 4 << 20;
  private static final long DIRECT_MARGIN = 1 << 20;
  private static final long DESCRIPTOR_MARGIN = 2; // a JVM opens a file when it likes

  /** What the process holds behind a round. */
  private record Held(long descriptors, long heap, long direct) {
    static Held now() {
      // Twice, since what cleaners free is only gone with the second.
      System.gc();
      System.gc();
      long descriptors =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : 0;
      long direct =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .filter(pool -> pool.getName().equals("direct"))
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return new Held(descriptors, heap, direct);
    }
  }

  @Test
  void F32_aScriptsConnectionsLeaveDescriptorsAndMemoryFlat() throws Exception {
    BlockingQueue<Held> measured = new LinkedBlockingQueue<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    List<Held> held = new ArrayList<>();
    try (Loop loop = Loop.create(1)) {
      Host host = Host.builder().loop(loop).allowEverything().build();
      host.share("measure", (ProxyExecutable) arguments -> measured.add(Held.now()));
      host.share("done", (ProxyExecutable) arguments -> done.complete(null));
      host.run(SCRIPT, "" + ROUNDS, "" + CONNECTIONS / ROUNDS)
          .exceptionally(
              failure -> {
                done.completeExceptionally(failure);
                return null;
              });
      for (int round = 0; round < ROUNDS; round++) {
        Held next = measured.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("round %d; the script %s", round, done).isNotNull();
        held.add(next);
      }
      done.get(60, TimeUnit.SECONDS);
      host.stop();
    }
    System.out.println(
        "JavaScript: "
            + CONNECTIONS
            + " connections, from "
            + held.get(WARM_UP)
            + " to "
            + held.get(ROUNDS - 1));
    assertFlat("descriptors", held, Held::descriptors, DESCRIPTOR_MARGIN);
    assertFlat("heap", held, Held::heap, HEAP_MARGIN);
    assertFlat("direct memory", held, Held::direct, DIRECT_MARGIN);
  }

  /** The least of the last rounds is no more than the most of those behind the warm-up. */
  private static void assertFlat(
      String what, List<Held> held, ToLongFunction<Held> amount, long margin) {
    int third = (ROUNDS - WARM_UP) / 3;
    long early =
        held.subList(WARM_UP, WARM_UP + third).stream().mapToLong(amount).max().orElseThrow();
    long late = held.subList(ROUNDS - third, ROUNDS).stream().mapToLong(amount).min().orElseThrow();
    assertThat(late).as("%s in %s", what, held).isLessThanOrEqualTo(early + margin);
  }
}
