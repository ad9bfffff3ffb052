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
        Buffer buffer = Buffer.owning(bytes, from, to);
        if (random.nextBoolean()) {
          queue.add(buffer);
        } else {
          queue.link(buffer);
        }
        added.write(bytes, from, to - from);
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

  /** Does what a kernel does that takes {@code capacity} bytes. */
  private static void drain(WriteQueue queue, int capacity, ByteArrayOutputStream to) {
    var region = ByteBuffer.allocate(64 * 1024);
    int left = (int) Math.min(capacity, queue.size());
    while (left > 0) {
      ByteBuffer front = queue.front(region);
      var taken = new byte[Math.min(left, front.remaining())];
      front.get(taken);
      to.writeBytes(taken);
      queue.remove(taken.length);
      left -= taken.length;
    }
  }

  private static ByteBuffer region(int capacity) {
    return ByteBuffer.allocate(capacity);
  }

  @Test
  void whatFitsComesTogetherAndALargeChunkThatDoesNotComesWithoutACopy() {
    Buffer large = Buffer.owning(new byte[5000]);
    queue.link(Buffer.of("head"));
    queue.link(large);
    queue.link(Buffer.of("tail"));
    assertThat(queue.front(region(6000)).remaining()).isEqualTo(5008);
    assertThat(queue.front(region(4096)).remaining()).isEqualTo(4096);
    queue.remove(4);
    ByteBuffer front = queue.front(region(4096));
    assertThat(front.array()).isSameAs(large.array());
    assertThat(front.remaining()).isEqualTo(5000);
  }

  @Test
  void aQueueTakesOverAnother() {
    WriteQueue other = new WriteQueue();
    other.add(Buffer.of("a"));
    other.link(Buffer.of("b"));
    queue.takeOver(other);
    assertThat(other.isEmpty()).isTrue();
    assertThat(Buffer.of(queue.front(region(8)))).hasToString("ab");
    assertThat(queue.size()).isEqualTo(2);
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
      queue.remove(4096);
    }
    assertThat(queue.cost()).isZero();
  }

  @Test
  void aSmallWriteStartsWithASmallChunk() {
    queue.add(Buffer.of("x"));
    assertThat(queue.cost()).isEqualTo(WriteQueue.MIN_CHUNK + WriteQueue.CHUNK_OVERHEAD);
    queue.add(Buffer.of(new byte[300]));
    assertThat(queue.cost()).isEqualTo(2 * WriteQueue.MIN_CHUNK + WriteQueue.CHUNK_OVERHEAD);
  }

  @Test
  void emptyWritesCostNothing() {
    queue.add(Buffer.of(""));
    queue.link(Buffer.of(""));
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.cost()).isZero();
  }

  @Test
  void aClearedQueueIsEmptyAndMayBeUsedAgain() {
    queue.add(Buffer.of("old"));
    queue.add(Buffer.of(new byte[5000]));
    queue.clear();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
    assertThat(queue.cost()).isZero();
    queue.add(Buffer.of("new"));
    assertThat(Buffer.of(queue.front(ByteBuffer.allocateDirect(8)))).hasToString("new");
  }
}
