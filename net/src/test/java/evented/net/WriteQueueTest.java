package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("values")
class WriteQueueTest {
  private final WriteQueue queue = new WriteQueue();

  @Test
  void W1_anyOrderOfAddsAndDrainsGivesTheSameBytes() {
    for (long seed = 0; seed < 300; seed++) {
      checkRandomOperations(seed);
    }
  }

  private static void checkRandomOperations(long seed) {
    var random = new Random(seed);
    var queue = new WriteQueue();
    var added = new ByteArrayOutputStream();
    var drained = new ByteArrayOutputStream();
    int bias = 1 + random.nextInt(3); // some queues stay short, others grow long
    for (int step = 0; step < 300; step++) {
      if (random.nextInt(4) < bias) {
        var bytes = new byte[randomLength(random)];
        random.nextBytes(bytes);
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(bytes.length - from + 1);
        if (random.nextBoolean()) {
          queue.add(Buffer.owning(bytes, from, to));
          added.write(bytes, from, to - from);
        } else {
          added.write(bytes, from, to - from);
          queue.add(bytes, from, to);
          random.nextBytes(bytes); // the array stays the caller's
        }
      } else {
        drain(queue, randomLength(random), drained);
      }
      int waiting = added.size() - drained.size();
      assertThat(queue.size()).as("seed %d, step %d", seed, step).isEqualTo(waiting);
      assertThat(queue.isEmpty()).as("seed %d, step %d", seed, step).isEqualTo(waiting == 0);
      assertThat(queue.cost()).as("seed %d, step %d", seed, step).isGreaterThanOrEqualTo(waiting);
    }
    drain(queue, (int) queue.size(), drained);
    assertThat(drained.toByteArray()).as("seed %d", seed).isEqualTo(added.toByteArray());
    assertThat(queue.cost()).as("seed %d", seed).isZero();
  }

  private static int randomLength(Random random) {
    return random.nextInt(1 << random.nextInt(16));
  }

  private static void drain(WriteQueue queue, int capacity, ByteArrayOutputStream to) {
    var target = ByteBuffer.allocate(capacity);
    int expected = (int) Math.min(capacity, queue.size());
    assertThat(queue.drainTo(target)).isEqualTo(expected).isEqualTo(target.position());
    to.write(target.array(), 0, target.position());
  }

  @Test
  void W8_aMillionSmallWritesCostAboutTheirBytes() {
    var one = Buffer.of("x");
    for (int i = 0; i < 1_000_000; i++) {
      queue.add(one);
    }
    assertThat(queue.size()).isEqualTo(1_000_000);
    assertThat(queue.cost()).isBetween(1_000_000L, 1_030_000L);
  }

  @Test
  void W8_aLargeSliceCostsTheArrayThatItKeepsAlive() {
    queue.add(Buffer.owning(new byte[100_000]).slice(0, WriteQueue.LARGE));
    assertThat(queue.size()).isEqualTo(WriteQueue.LARGE);
    assertThat(queue.cost()).isEqualTo(100_000 + WriteQueue.CHUNK_OVERHEAD);
  }

  @Test
  void W8_anArrayThatIsWrittenSliceBySliceCountsOnceUntilItsLastSliceIsGone() {
    var whole = Buffer.owning(new byte[3 * 4096]);
    for (int i = 0; i < 3; i++) {
      queue.add(whole.slice(i * 4096, (i + 1) * 4096));
    }
    for (int left = 3; left > 0; left--) {
      assertThat(queue.cost()).isEqualTo(3 * 4096 + left * WriteQueue.CHUNK_OVERHEAD);
      queue.drainTo(ByteBuffer.allocate(4096));
    }
    assertThat(queue.cost()).isZero();
  }

  @Test
  void aSmallWriteStartsWithASmallChunk() {
    queue.add(Buffer.of("x"));
    assertThat(queue.cost()).isEqualTo(WriteQueue.MIN_CHUNK + WriteQueue.CHUNK_OVERHEAD);
    queue.add(new byte[300], 0, 300);
    assertThat(queue.cost()).isEqualTo(2 * WriteQueue.MIN_CHUNK + WriteQueue.CHUNK_OVERHEAD);
  }

  @Test
  void emptyWritesCostNothing() {
    queue.add(Buffer.of(""));
    queue.add(new byte[0], 0, 0);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.cost()).isZero();
    assertThat(queue.drainTo(ByteBuffer.allocate(1))).isZero();
  }

  @Test
  void aClearedQueueIsEmptyAndMayBeUsedAgain() {
    queue.add(Buffer.of("old"));
    queue.add(new byte[5000], 0, 5000);
    queue.clear();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
    assertThat(queue.cost()).isZero();
    queue.add(Buffer.of("new"));
    var target = ByteBuffer.allocateDirect(8);
    assertThat(queue.drainTo(target)).isEqualTo(3);
    assertThat(Buffer.of(target.flip())).hasToString("new");
  }
}
