package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fault F32: very many connections, one after another, leave nothing behind. {@code mvn -Psoak
 * test} makes a million; without that there are fewer.
 */
class SoakTest {
  private static final boolean FULL = "full".equals(System.getProperty("evented.soak"));
  private static final int ROUNDS = FULL ? 400 : 20;

  /** Code is compiled, and pools and tables grow to their size, in the first of these. */
  private static final int WARM_UP = ROUNDS / 4;

  private static final long HEAP_MARGIN = 2 << 20;
  private static final long DIRECT_MARGIN = 1 << 20;
  private static final int DESCRIPTOR_MARGIN = 2; // a JVM opens a file when it likes

  /** What a process holds behind a round. */
  private record Held(long descriptors, long heap, long direct) {}

  private static int connections(SoakProgram.Kind kind) {
    return switch (kind) {
      case ANSWERED -> FULL ? 1_000_000 : 20_000;
      case FAILED_HANDSHAKE -> FULL ? 20_000 : 600;
      case REFUSED -> FULL ? 50_000 : 2_000;
    };
  }

  @ParameterizedTest
  @EnumSource
  void F32_descriptorsAndMemoryStayFlatAndTheLoopsComeToRest(SoakProgram.Kind kind) {
    int ofARound = connections(kind) / ROUNDS;
    List<Held> held = new ArrayList<>();
    try (ChildJvm child =
        ChildJvm.start(SoakProgram.class, kind.name(), "" + ROUNDS, "" + ofARound)) {
      for (int round = 0; round < ROUNDS; round++) {
        String[] numbers = child.awaitLine("round " + round + " ").split(" ");
        held.add(
            new Held(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2])));
      }
      assertThat(Integer.parseInt(child.awaitLine("cpu "))).isLessThan((int) (100 * LoopCpu.IDLE));
      assertThat(child.awaitExit()).isZero();
    }
    System.out.println(
        kind
            + ": "
            + connections(kind)
            + " connections, from "
            + held.get(WARM_UP)
            + " to "
            + held.get(ROUNDS - 1));
    assertFlat("descriptors", held, Held::descriptors, DESCRIPTOR_MARGIN);
    assertFlat("heap", held, Held::heap, HEAP_MARGIN);
    assertFlat("direct memory", held, Held::direct, DIRECT_MARGIN);
  }

  /**
   * The least of the last rounds is no more than the most of those behind the warm-up: a leak
   * raises them all, and what single rounds happen to hold does not.
   */
  private static void assertFlat(
      String what, List<Held> held, ToLongFunction<Held> amount, long margin) {
    int third = (ROUNDS - WARM_UP) / 3;
    long early =
        held.subList(WARM_UP, WARM_UP + third).stream().mapToLong(amount).max().orElseThrow();
    long late = held.subList(ROUNDS - third, ROUNDS).stream().mapToLong(amount).min().orElseThrow();
    assertThat(late).as("%s in %s", what, held).isLessThanOrEqualTo(early + margin);
  }
}
