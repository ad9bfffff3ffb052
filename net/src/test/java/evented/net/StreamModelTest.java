package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a stream, held against {@link StreamModel}. A life that fails is named by its
 * seed; {@code -Devented.seed=…} plays that one alone, {@code -Devented.lives=…} another number of
 * them.
 */
@Tag("values")
class StreamModelTest {
  private static final int LIVES = Integer.getInteger("evented.lives", 100_000);
  private static final int LIVES_OF_A_LOOP = 1000;

  @Test
  void aStreamLivesAsTheModelSays() {
    Long only = Long.getLong("evented.seed");
    if (only != null) {
      try (FakeNet net = new FakeNet()) {
        new Life(net, only).live();
      }
      return;
    }
    for (long seed = 0; seed < LIVES; ) {
      try (FakeNet net = new FakeNet()) {
        for (int i = 0; i < LIVES_OF_A_LOOP; i++) {
          new Life(net, seed++).live();
        }
      }
    }
  }

  /** One random life. */
  private static final class Life {
    private final FakeNet net;
    private final long seed;
    private final Random random;
    private final StreamModel model;
    private final Stream stream;
    private final FakePeer peer;
    private final List<String> steps = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private long dataSeen;
    private long drains;
    private boolean drainOwed;
    private long drainsExpected;

    Life(FakeNet net, long seed) {
      this.net = net;
      this.seed = seed;
      this.random = new Random(seed);
      boolean allowHalfOpen = random.nextBoolean();
      int room = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(1 << 18);
      this.model = new StreamModel(allowHalfOpen, room);
      this.stream = net.connect().allowHalfOpen(allowHalfOpen);
      net.transport.tellsHangUps = random.nextBoolean();
      stream.onConnect(() -> events.add("connect"));
      stream.onData(this::data);
      stream.onEnd(() -> events.add("end"));
      stream.onDrain(() -> drains++);
      stream.onError(error -> events.add("error " + error.code()));
      stream.onClose(hadError -> events.add("close " + hadError));
      this.peer = net.peer().limitKernelBuffer(room);
    }

    private void data(Buffer chunk) {
      NumberedBytes.check(chunk.toByteArray(), chunk.length(), dataSeen);
      dataSeen += chunk.length();
    }

    void live() {
      try {
        int count = 1 + random.nextInt(16);
        for (int i = 0; i < count; i++) {
          step();
          check();
        }
        steps.add("destroy at last");
        model.destroyed = true;
        net.run(stream::destroy);
        check();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", after " + steps + ": " + e.getMessage(), e);
      }
    }

    private void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2 -> write(random.nextInt(1 << random.nextInt(18)));
        case 3 -> end();
        case 4 -> {
          if (random.nextInt(6) == 0) {
            destroy();
          }
        }
        case 5 -> pause();
        case 6 -> resume();
        case 7, 8, 9 -> send(random.nextInt(1 << random.nextInt(18)));
        case 10 -> peerEnds();
        case 11 -> {
          if (random.nextInt(4) == 0) {
            peerResets();
          }
        }
        case 12 -> take();
        default -> advance(random.nextInt(7000));
      }
    }

    private void write(int count) {
      steps.add("write " + count);
      byte[] bytes = NumberedBytes.of(model.written, count);
      if (model.userEnded) {
        net.run(() -> assertThatThrownBy(() -> stream.write(bytes)).hasMessage("write after end"));
        return;
      }
      boolean accepted = model.isWritable();
      boolean[] result = new boolean[1];
      net.run(() -> result[0] = stream.write(bytes));
      if (!accepted) {
        assertThat(result[0]).as("a refused write").isFalse();
        return;
      }
      model.written += count;
      if (!result[0]) {
        drainOwed = true;
      }
    }

    private void end() {
      steps.add("end");
      model.userEnded = true;
      net.run(stream::end);
    }

    private void destroy() {
      steps.add("destroy");
      model.destroyed = true;
      net.run(stream::destroy);
    }

    private void pause() {
      steps.add("pause");
      model.paused = true;
      net.run(stream::pause);
    }

    private void resume() {
      steps.add("resume");
      model.paused = false;
      net.run(stream::resume);
    }

    private void send(int count) {
      if (model.peerEnded || model.peerReset || model.closed) {
        return;
      }
      steps.add("peer sends " + count);
      peer.send(NumberedBytes.of(model.sent, count));
      model.sent += count;
      net.runUntilIdle();
    }

    private void peerEnds() {
      if (!model.peerReset && !model.closed) {
        steps.add("peer ends");
        peer.end();
        model.peerEnded = true;
        net.runUntilIdle();
      }
    }

    /** A reset that nothing tells of is noticed by the next read or write alone. */
    private void peerResets() {
      boolean noticed = net.transport.tellsHangUps && !model.endDelivered && !model.peerEnded;
      if (noticed && !model.closed) {
        steps.add("peer resets");
        peer.reset();
        model.peerReset = true;
        net.runUntilIdle();
      }
    }

    private void take() {
      byte[] bytes = peer.takeBytes();
      steps.add("peer takes " + bytes.length);
      assertThat(bytes).isEqualTo(NumberedBytes.of(model.taken, bytes.length));
      model.taken += bytes.length;
      net.runUntilIdle();
    }

    private void advance(long millis) {
      steps.add("wait " + millis);
      model.advance(millis);
      net.advance(millis);
    }

    private void check() {
      boolean wasClosed = model.closed;
      model.settle();
      net.rethrow();
      if (drainOwed && model.waiting() == 0 && (!model.closed || wasClosed)) {
        drainOwed = false;
        drainsExpected += model.failedAt >= 0 || wasClosed ? 0 : 1;
      }
      assertThat(events).isEqualTo(model.events);
      assertThat(dataSeen).as("delivered").isEqualTo(model.delivered);
      assertThat(stream.readyState()).isEqualTo(model.readyState());
      assertThat(stream.bufferSize()).as("waiting").isEqualTo(model.waiting());
      if (!model.closed) {
        assertThat(drains).as("drains").isEqualTo(drainsExpected);
      }
    }
  }
}
