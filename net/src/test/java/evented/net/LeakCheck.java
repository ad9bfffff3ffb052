package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Fails a test class that leaves something behind: descriptors of sockets, pipes and what a loop
 * waits on, threads of loops, direct memory, or a shared loop that does not come to rest. Applies
 * to every test class.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
  /** So much more direct memory than before is no leak; the JDK keeps some for each thread. */
  private static final long DIRECT_MEMORY_MARGIN = 16L << 20;

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** What a loop, a stream or a child process may hold; a JVM opens files when it likes. */
  private static final Pattern COUNTED =
      Pattern.compile("(socket|pipe):.*|anon_inode:\\[?event(fd|poll).*");

  private static final Pattern LOOP_THREAD = Pattern.compile("evented-\\w+-\\d+-\\d+");

  private static boolean rehearsed;

  /** Found by JUnit through {@code META-INF/services}. */
  public LeakCheck() {}

  /** What there is before a class. */
  record Snapshot(
      Map<String, String> descriptors, Set<Thread> threads, long directMemory, long loopCpu) {}

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (isNested(context)) {
      return;
    }
    store(context).put(Snapshot.class, snapshot());
  }

  static Snapshot snapshot() throws IOException {
    rehearse();
    return new Snapshot(descriptors(), loopThreads(), directMemory(), cpuOfLoops());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (isNested(context)) {
      return;
    }
    Snapshot before = store(context).remove(Snapshot.class, Snapshot.class);
    if (before == null) {
      return;
    }
    try {
      Await.until("nothing is left", () -> leftSince(before).isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError("The tests have left behind: " + leftSince(before), e);
    }
    if (cpuOfLoops() > before.loopCpu()) {
      Await.until("the shared loop idles", () -> LoopCpu.share(Loop.shared()) < LoopCpu.IDLE);
    }
  }

  private static boolean isNested(ExtensionContext context) {
    return !context.getEnclosingTestClasses().isEmpty();
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(LeakCheck.class, context.getUniqueId()));
  }

  /**
   * Has the shared loop made, and the sockets that the JDK keeps once it has used one: they are not
   * of the class that needs them first.
   */
  private static synchronized void rehearse() throws IOException {
    if (rehearsed) {
      return;
    }
    rehearsed = true;
    if (TransportType.choose().whyUnavailable() == null) {
      Loop.shared();
    }
    try (ServerSocketChannel server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
      client.shutdownOutput();
    }
  }

  /** What is there now and was not before. */
  static List<String> leftSince(Snapshot before) {
    List<String> left = new ArrayList<>();
    descriptors()
        .forEach(
            (number, target) -> {
              if (!target.equals(before.descriptors().get(number))) {
                left.add("descriptor " + number + " " + target);
              }
            });
    for (Thread thread : loopThreads()) {
      if (!before.threads().contains(thread)) {
        left.add("thread " + thread.getName());
      }
    }
    long growth = directMemory() - before.directMemory();
    if (growth > DIRECT_MEMORY_MARGIN) {
      System.gc(); // it is freed with the buffers that no one refers to any more
      left.add(growth + " bytes of direct memory");
    }
    return left;
  }

  /** What each descriptor of this process is, of those that count; none where there is no /proc. */
  private static Map<String, String> descriptors() {
    Map<String, String> descriptors = new TreeMap<>();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return descriptors;
    }
    try (var files = Files.list(DESCRIPTORS)) {
      for (Path file : files.toList()) {
        String target = target(file);
        if (COUNTED.matcher(target).matches()) {
          descriptors.put(file.getFileName().toString(), target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return descriptors;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static Set<Thread> loopThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> LOOP_THREAD.matcher(thread.getName()).matches())
        .collect(Collectors.toSet());
  }

  private static long cpuOfLoops() {
    var threads = ManagementFactory.getThreadMXBean();
    return loopThreads().stream().mapToLong(t -> threads.getThreadCpuTime(t.getId())).sum();
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
