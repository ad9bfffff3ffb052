package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** F21: anything may be done inside a listener for any event of a stream. */
class StreamListenersTest {
  private static final List<String> EVENTS =
      List.of("connect", "data", "end", "drain", "timeout", "error", "close");

  static java.util.stream.Stream<Arguments> eventsOverWires() {
    List<Arguments> all = new ArrayList<>();
    for (String event : EVENTS) {
      for (Wire wire : Wire.values()) {
        all.add(Arguments.of(event, wire));
      }
    }
    return all.stream();
  }

  /**
   * A stream whose life has every event: it writes before it connects (drain), to a peer that
   * echoes (data), has a timeout, and then ends or, if {@code error} is wanted, is destroyed with a
   * reason. If it is connected again, that life ends at once.
   */
  private static final class Life implements AutoCloseable {
    final TestNet net = new TestNet();
    final String event;
    final SocketAddress address;
    final Stream stream = net.loop().newStream();
    final EventLog log = new EventLog();
    private boolean hasData;
    private boolean hasTimedOut;
    private boolean hasDrained;
    private int lives;

    Life(String event, Wire wire) {
      this.event = event;
      address = net.serve(wire, peer -> peer.pipe(peer));
    }

    /** Runs this life, with {@code action} at the first of its events. */
    List<String> with(Runnable action) {
      return with(action, 1);
    }

    /** The same, until the {@code closes}th {@code close}. */
    List<String> with(Runnable action, int closes) {
      AtomicInteger left = new AtomicInteger(closes);
      stream.once(event, action);
      stream.onConnect(
          () -> {
            log.add("connect");
            if (++lives > 1) {
              stream.end();
            }
          });
      stream.onData(bytes -> log.add("data"));
      for (String name : List.of("end", "drain", "timeout", "error")) {
        stream.on(name, () -> log.add(name));
      }
      stream.onData(bytes -> next(hasData = true));
      stream.onTimeout(() -> next(hasTimedOut = true));
      stream.onDrain(() -> next(hasDrained = true));
      stream.onClose(
          hadError -> {
            log.add("close " + hadError);
            if (left.decrementAndGet() == 0) {
              log.add("over");
            }
          });
      stream.setTimeout(1);
      stream.write("x");
      Wire.connect(stream, address);
      log.await("over");
      net.onLoop(() -> null);
      List<String> entries = log.entries();
      assertThat(String.join(" ", entries))
          .matches(
              "(timeout )*(connect ((data|drain|timeout) )*)?(end ((drain|timeout) )*)?(error )?"
                  + "close \\w+( (timeout )*connect ((drain|timeout) )*(end (timeout )*)?"
                  + "close false)? over");
      return entries.stream().filter(entry -> !entry.equals("timeout")).toList();
    }

    private void next(boolean unused) {
      if (hasData && hasTimedOut && hasDrained && lives == 1) {
        if (event.equals("error")) {
          stream.destroy(new IOException("wanted"));
        } else {
          stream.end();
        }
      }
    }

    boolean isLate() {
      return event.equals("error") || event.equals("close");
    }

    @Override
    public void close() {
      net.close();
    }
  }

  @ParameterizedTest
  @MethodSource("eventsOverWires")
  void F21_throwing(String event, Wire wire) {
    try (Life life = new Life(event, wire)) {
      List<Throwable> reported = new ArrayList<>();
      IllegalStateException thrown = new IllegalStateException("thrown by the test");
      List<String> entries =
          life.with(
              () -> {
                Thread.currentThread().setUncaughtExceptionHandler((t, e) -> reported.add(e));
                throw thrown;
              });
      assertThat(reported).containsExactly(thrown);
      if (event.equals("close")) {
        assertThat(entries).endsWith("close false", "over").doesNotContain("error");
      } else {
        assertThat(entries).endsWith("error", "close true", "over");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("eventsOverWires")
  void F21_writing(String event, Wire wire) {
    try (Life life = new Life(event, wire)) {
      boolean[] wrote = {false};
      List<String> entries =
          life.with(
              () -> {
                if (life.stream.writable()) {
                  wrote[0] = life.stream.write("more");
                }
              });
      assertThat(wrote[0]).isEqualTo(!life.isLate() && !event.equals("end"));
      assertThat(entries).contains("data", "drain");
      assertEnd(life, entries);
    }
  }

  private static void assertEnd(Life life, List<String> entries) {
    if (life.event.equals("error")) {
      assertThat(entries).endsWith("error", "close true", "over");
    } else {
      assertThat(entries).endsWith("end", "close false", "over");
    }
  }

  @ParameterizedTest
  @MethodSource("eventsOverWires")
  void F21_ending(String event, Wire wire) {
    try (Life life = new Life(event, wire)) {
      List<String> entries = life.with(life.stream::end);
      assertThat(entries).contains("connect", "data");
      assertEnd(life, entries);
    }
  }

  @ParameterizedTest
  @MethodSource("eventsOverWires")
  void F21_destroying(String event, Wire wire) {
    try (Life life = new Life(event, wire)) {
      List<String> entries = life.with(life.stream::destroy);
      String close = event.equals("error") ? "close true" : "close false";
      assertThat(entries).endsWith(close, "over");
      if (!life.isLate()) { // those who were to be told after the one that destroyed are not
        assertThat(entries).doesNotContain(event);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("eventsOverWires")
  void F21_removingAListener(String event, Wire wire) {
    try (Life life = new Life(event, wire)) {
      Runnable removed = () -> life.log.add("removed");
      List<String> entries =
          life.with(
              () -> {
                life.stream.on(event, removed);
                life.stream.removeListener(event, removed);
              });
      assertThat(entries).doesNotContain("removed");
      assertEnd(life, entries);
    }
  }

  @ParameterizedTest
  @MethodSource("eventsOverWires")
  void F21_connecting(String event, Wire wire) {
    try (Life life = new Life(event, wire)) {
      Runnable connect = () -> Wire.connect(life.stream, life.address);
      if (life.isLate()) {
        List<String> entries = life.with(connect, 2);
        assertThat(entries).endsWith("connect", "end", "close false", "over");
      } else {
        List<String> entries =
            life.with(
                () -> assertThatThrownBy(connect::run).isInstanceOf(IllegalStateException.class));
        assertEnd(life, entries);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F21_aThousandRoundsOfDrainAndWriteDoNotRecurse(Wire wire) throws Exception {
    Buffer block = Buffer.of(new byte[1 << 19]);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.withoutData(stream);
      int[] drains = {0};
      int[] depth = {0};
      stream.removeAllListeners("drain");
      Runnable fill =
          () -> {
            depth[0] = Math.max(depth[0], new Throwable().getStackTrace().length);
            while (stream.write(block)) {
              // until the kernel is full
            }
          };
      stream.onDrain(
          () -> {
            if (++drains[0] < 1000) {
              fill.run();
            } else {
              stream.end();
            }
          });
      stream.onConnect(fill);
      try (SocketChannel peer = server.accept()) {
        java.nio.ByteBuffer sink = java.nio.ByteBuffer.allocateDirect(1 << 20);
        while (peer.read(sink.clear()) >= 0) {
          // to the end
        }
      }
      assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
      assertThat(drains[0]).isEqualTo(1000);
      assertThat(depth[0]).isLessThan(200);
    }
  }

  @Test
  void F21_everyEventHasHappenedInTheLifeThatTheseTestsRun() {
    try (Life life = new Life("close", Wire.TCP)) {
      life.with(() -> {});
      assertThat(life.log.entries())
          .contains("connect", "data", "drain", "timeout", "end", "close false");
    }
  }
}
