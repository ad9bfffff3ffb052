package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import evented.testing.Program;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fault F33: as many open connections as there may be descriptors, each with a timeout. */
class LargestCrowdTest {
  /** What a JVM, its class path and a loop take for themselves. */
  private static final int DESCRIPTORS_OF_A_JVM = 300;

  /** From one address to one port there are no more than 28,000. */
  private static final int MOST = 20_000;

  /** With fewer it would not be a crowd. */
  private static final int LEAST = 9_000;

  /** More would be a leak, or a buffer for each; what it is, docs/faults.md tells. */
  private static final int HEAP_BYTES_OF_A_CONNECTION = 4096;

  private static int descriptorLimit() {
    String limit = Program.named("bash").with("-c", "ulimit -Hn").run("").trim();
    return limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit);
  }

  private static void awaitAll(ChildJvm child, String what, int count) {
    for (int i = CrowdProgram.STEP; i <= count; i += CrowdProgram.STEP) {
      child.awaitLine(what + " " + i);
    }
  }

  private static long[] memory(ChildJvm server, int time) {
    server.tell("memory");
    Await.until("the memory is told", () -> memoryLines(server).size() == time);
    String[] numbers = memoryLines(server).get(time - 1).split(" ");
    return new long[] {Long.parseLong(numbers[1]), Long.parseLong(numbers[2])};
  }

  private static List<String> memoryLines(ChildJvm server) {
    return server.lines().stream().filter(line -> line.startsWith("memory ")).toList();
  }

  @ParameterizedTest
  @EnumSource
  void F33_allAnswerAndAllTimeOutAndNothingIsLeft(Wire wire) {
    int limit = Math.min(descriptorLimit(), MOST + DESCRIPTORS_OF_A_JVM);
    int count = (limit - DESCRIPTORS_OF_A_JVM) / CrowdProgram.STEP * CrowdProgram.STEP;
    assumeTrue(count >= LEAST, "skipped: only " + limit + " descriptors are allowed");
    try (TestNet net = new TestNet()) {
      String place = wire == Wire.UNIX ? net.socketPath() : "0";
      try (ChildJvm server =
          ChildJvm.startWithDescriptors(limit, CrowdProgram.class, "server", place)) {
        String port = server.awaitLine("listening on ");
        long[] before = memory(server, 1);
        String target = wire == Wire.UNIX ? place : port;
        try (ChildJvm client =
            ChildJvm.startWithDescriptors(
                limit, CrowdProgram.class, "client", target, "" + count)) {
          awaitAll(server, "open", count);
          awaitAll(client, "connected", count);
          long[] open = memory(server, 2);
          long heapOfOne = (open[0] - before[0]) / count;
          System.out.printf(
              "%s: %,d connections of %,d bytes of heap each, %,d of resident memory%n",
              wire, count, heapOfOne, (open[1] - before[1]) / count);
          assertThat(heapOfOne).isLessThan(HEAP_BYTES_OF_A_CONNECTION);
          client.tell("ask");
          awaitAll(client, "answered", count);
          server.tell("timeout 500");
          awaitAll(server, "timed out", count);
          awaitAll(server, "closed", count);
          awaitAll(client, "closed", count);
          assertThat(client.lines()).noneMatch(line -> line.startsWith("error"));
        }
      }
    }
  }
}
