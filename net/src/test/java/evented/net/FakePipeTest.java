package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Semantics R6, where the kernel of both ends is the test. */
@Tag("values")
class FakePipeTest {
  private final FakeNet net = new FakeNet();
  private final Stream source = net.connect();
  private final FakePeer sender = net.peer();
  private final Stream destination = net.connect();
  private final FakePeer receiver = net.peer();

  @AfterEach
  void close() {
    net.run(
        () -> {
          source.destroy();
          destination.destroy();
        });
    net.close();
  }

  private void send(String text) {
    sender.send(text);
    net.runUntilIdle();
  }

  @Test
  void R6_whatArrivesLeavesAndIsCounted() {
    net.run(() -> source.pipe(destination));
    send("through");
    assertThat(receiver.take()).isEqualTo("through");
    assertThat(source.bytesRead()).isEqualTo(7);
    assertThat(destination.bytesWritten()).isEqualTo(7);
  }

  @Test
  void R6_whatTheKernelRefusesIsQueuedAndTheSourceWaitsForDrain() {
    receiver.limitKernelBuffer(4);
    net.run(() -> source.pipe(destination));
    send("0123456789");
    assertThat(destination.bufferSize()).isEqualTo(6);
    send("more");
    assertThat(destination.bufferSize()).as("held by the source").isEqualTo(6);
    StringBuilder taken = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      taken.append(receiver.take());
      net.runUntilIdle();
    }
    assertThat(taken).hasToString("0123456789more");
    assertThat(destination.bufferSize()).isZero();
  }

  @Test
  void R6_anotherListenerHearsTheSameBytes() {
    StringBuilder heard = new StringBuilder();
    net.run(
        () -> {
          source.pipe(destination);
          source.onData(chunk -> heard.append(chunk.toString()));
        });
    send("both");
    assertThat(heard).hasToString("both");
    assertThat(receiver.take()).isEqualTo("both");
  }

  @Test
  void R6_bytesKeepTheirOrderBehindWhatTheDestinationWasGivenBefore() {
    receiver.limitKernelBuffer(2);
    net.run(
        () -> {
          destination.write("first ");
          source.pipe(destination);
        });
    send("second");
    StringBuilder taken = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      taken.append(receiver.take());
      net.runUntilIdle();
    }
    assertThat(taken).hasToString("first second");
  }

  @Test
  void R6_theEndIsPassedOn() {
    net.run(() -> source.pipe(destination));
    send("last");
    sender.end();
    net.runUntilIdle();
    assertThat(receiver.take()).isEqualTo("last");
    assertThat(receiver.atEnd()).isTrue();
  }

  @Test
  void R6_aSourceThatBreaksDestroysItsDestination() {
    EventLog log = EventLog.of(destination);
    net.run(() -> source.on("error", (NetException error) -> {}));
    net.run(() -> source.pipe(destination));
    sender.reset();
    net.runUntilIdle();
    assertThat(destination.readyState()).isEqualTo(ReadyState.CLOSED);
    assertThat(log.toString()).doesNotContain("end");
  }

  @Test
  void R6_aSourceWhoseDestinationClosesComesToItsEnd() {
    EventLog log = EventLog.of(source);
    receiver.limitKernelBuffer(1);
    net.run(() -> source.pipe(destination));
    send("stuck");
    net.run(destination::destroy);
    send("unheard");
    sender.end();
    net.runUntilIdle();
    assertThat(source.bytesRead()).isEqualTo(12);
    assertThat(source.readyState()).isEqualTo(ReadyState.CLOSED);
    assertThat(log.toString()).isNotEmpty();
  }

  @Test
  void R6_aDestinationThatHasEndedIsLeftAlone() {
    net.run(() -> source.pipe(destination));
    net.run(destination::end);
    send("too late");
    assertThat(receiver.take()).isEmpty();
    assertThat(receiver.atEnd()).isTrue();
  }

  @Test
  void R6_afterThePipeHasEndedNoListenerIsLeft() {
    net.run(() -> source.pipe(destination, /* end= */ false));
    sender.end();
    net.runUntilIdle();
    for (String event : new String[] {"drain", "close"}) {
      assertThat(destination.listenerCount(event)).as(event).isZero();
    }
    for (String event : new String[] {"data", "end", "close"}) {
      assertThat(source.listenerCount(event)).as(event).isZero();
    }
    assertThat(receiver.atEnd()).isFalse();
  }
}
