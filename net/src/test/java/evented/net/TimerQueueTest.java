package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("values")
class TimerQueueTest {
  private final TimerQueue queue = new TimerQueue();
  private final List<String> ran = new ArrayList<>();

  private TimerQueue.Entry schedule(String name, long due) {
    return queue.schedule(() -> ran.add(name), due);
  }

  @Test
  void whatIsDueRunsInTheOrderOfItsTimesAndTheRestWaits() {
    schedule("third", 30);
    schedule("first", 10);
    schedule("fourth", 31);
    schedule("second", 20);
    queue.run(30);
    assertThat(ran).containsExactly("first", "second", "third");
    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.nanosToNext(30)).isEqualTo(1);
  }

  @Test
  void whatIsDueAtOneTimeRunsInTheOrderOfBeingScheduled() {
    for (int i = 0; i < 40; i++) {
      schedule("" + i, 5);
    }
    queue.run(5);
    assertThat(ran).hasSize(40).isSortedAccordingTo(Comparator.comparingInt(Integer::parseInt));
  }

  @Test
  void whatIsScheduledMeanwhileRunsInTheNextTurn() {
    queue.schedule(
        () -> {
          schedule("later", 0);
          ran.add("now");
        },
        0);
    queue.run(0);
    assertThat(ran).containsExactly("now");
    assertThat(queue.nanosToNext(0)).isZero();
    queue.run(0);
    assertThat(ran).containsExactly("now", "later");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void whatIsOverdueIsDueInNoTime() {
    schedule("late", 10);
    assertThat(queue.nanosToNext(50)).isZero();
  }

  @Test
  void aTaskThatThrowsIsReportedAndTheNextOneRuns() {
    List<Throwable> reported = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((of, thrown) -> reported.add(thrown));
    try {
      IllegalStateException thrown = new IllegalStateException("of the test");
      queue.schedule(
          () -> {
            throw thrown;
          },
          1);
      schedule("next", 2);
      queue.run(2);
      assertThat(reported).containsExactly(thrown);
      assertThat(ran).containsExactly("next");
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
  }

  @Test
  void anEntryMayBeCancelledTwiceAndAfterItHasRun() {
    TimerQueue.Entry entry = schedule("run", 1);
    TimerQueue.Entry cancelled = schedule("cancelled", 1);
    schedule("other", 2);
    queue.cancel(cancelled);
    queue.cancel(cancelled);
    queue.run(1);
    queue.cancel(entry);
    queue.run(2);
    assertThat(ran).containsExactly("run", "other");
  }

  @Test
  void theTimeByWhichEntriesAreJudgedIsTold() {
    queue.run(7);
    assertThat(queue.judgedAt()).isEqualTo(7);
  }

  @Test
  void timesThatOverflowAreInOrder() {
    schedule("after", Long.MIN_VALUE + 1);
    schedule("before", Long.MAX_VALUE);
    assertThat(queue.nanosToNext(Long.MAX_VALUE - 5)).isEqualTo(5);
    queue.run(Long.MAX_VALUE);
    assertThat(ran).containsExactly("before");
    queue.run(Long.MIN_VALUE + 1);
    assertThat(ran).containsExactly("before", "after");
  }

  /** Held against a list that is sorted whenever it is asked. */
  @Test
  void anyOrderOfSchedulingCancellingAndRunningIsThatOfAList() {
    for (long seed = 0; seed < 200; seed++) {
      checkRandomOperations(seed);
    }
  }

  private record Planned(TimerQueue.Entry entry, String name, long due, int number) {}

  private static void checkRandomOperations(long seed) {
    Random random = new Random(seed);
    TimerQueue queue = new TimerQueue();
    List<Planned> planned = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    List<String> ran = new ArrayList<>();
    long now = Long.MAX_VALUE - 500; // on the way it overflows
    for (int number = 0; number < 300; number++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          String name = "" + number;
          long due = now + random.nextInt(60);
          planned.add(new Planned(queue.schedule(() -> ran.add(name), due), name, due, number));
        }
        case 2 -> {
          if (!planned.isEmpty()) {
            queue.cancel(planned.remove(random.nextInt(planned.size())).entry());
          }
        }
        default -> {
          now += random.nextInt(20);
          long time = now;
          planned.stream()
              .filter(one -> one.due() - time <= 0)
              .sorted(
                  Comparator.<Planned>comparingLong(one -> one.due() - time)
                      .thenComparing(Planned::number))
              .forEach(one -> expected.add(one.name()));
          planned.removeIf(one -> one.due() - time <= 0);
          queue.run(now);
        }
      }
      assertThat(ran).as("seed %d, step %d", seed, number).isEqualTo(expected);
      assertThat(queue.isEmpty()).isEqualTo(planned.isEmpty());
      long time = now;
      planned.stream()
          .mapToLong(one -> Math.max(0, one.due() - time))
          .min()
          .ifPresent(next -> assertThat(queue.nanosToNext(time)).isEqualTo(next));
    }
  }
}
