package evented.net;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;

/** How busy a loop's thread is: measured processor time, not a feeling. */
final class LoopCpu {
  /** More than this of a processor is no idling; a loop that spins takes all of one. */
  static final double IDLE = 0.3;

  private static final int TICKS = 15;
  private static final int TICK_MILLIS = 10;

  private LoopCpu() {}

  /**
   * The share of a processor that the thread of {@code net} takes over some ticks of a timer. Where
   * the thread hardly gets to run it cannot be told from an idle one, so a spin shows only on a
   * machine that lets it spin; the window is made of ticks of the loop itself to be fair to it.
   */
  static double share(TestNet net) {
    return share(net.loop());
  }

  /** The same of a loop that need not be a test's own; of its first thread, if there are more. */
  static double share(Loop loop) {
    var threads = ManagementFactory.getThreadMXBean();
    CompletableFuture<Double> share = new CompletableFuture<>();
    loop.execute(() -> new Window(loop, threads.getCurrentThreadCpuTime(), share).next());
    return Await.get(share);
  }

  private static final class Window {
    private final Loop loop;
    private final long cpuBefore;
    private final long timeBefore = System.nanoTime();
    private final CompletableFuture<Double> share;
    private int ticks;

    Window(Loop loop, long cpuBefore, CompletableFuture<Double> share) {
      this.loop = loop;
      this.cpuBefore = cpuBefore;
      this.share = share;
    }

    void next() {
      if (ticks++ < TICKS) {
        loop.setTimeout(TICK_MILLIS, this::next);
        return;
      }
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore;
      share.complete((double) cpu / (System.nanoTime() - timeBefore));
    }
  }
}
