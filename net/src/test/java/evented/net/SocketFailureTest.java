package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Faults F17 and F18: reading or writing fails, whatever the stream is about. */
@Tag("values")
class SocketFailureTest {
  /** What a stream was about. In each the peer has sent nothing, or what is held. */
  enum State {
    IDLE,
    PAUSED,
    BLOCKED,
    PAUSED_AND_BLOCKED,
    WRITE_ENDED,
    PEER_ENDED,
    ENDING,
    PAUSED_AND_ENDING;

    boolean isPaused() {
      return name().startsWith("PAUSED");
    }

    boolean isBlocked() {
      return name().endsWith("BLOCKED") || name().endsWith("ENDING");
    }

    boolean canRead() {
      return this != PEER_ENDED;
    }

    boolean canWrite() {
      return this != WRITE_ENDED;
    }

    /** Brings the stream there. */
    void enter(FakeNet net, Stream stream, FakePeer peer) {
      if (isPaused()) {
        net.run(stream::pause);
        peer.send("held and ");
        net.runUntilIdle();
      }
      if (isBlocked()) {
        peer.limitKernelBuffer(10);
        net.run(() -> stream.write("x".repeat(100)));
      }
      if (name().endsWith("ENDING") || this == WRITE_ENDED) {
        net.run(stream::end);
      }
      if (this == PEER_ENDED) {
        peer.end();
        net.runUntilIdle();
      }
    }
  }

  /** What fails, and what with. */
  record Failure(State state, boolean reading, ErrorCode code) {
    void happen(FakeNet net, Stream stream, FakePeer peer) {
      if (state.canRead()) {
        peer.send("last words");
      }
      if (reading) {
        peer.failReads(code);
      } else {
        peer.failWrites(code);
      }
      net.runUntilIdle();
      if (!reading && !state.isBlocked()) {
        net.run(() -> stream.write("y"));
      }
    }

    @Override
    public String toString() {
      return (reading ? "read " : "write ") + code + " when " + state;
    }
  }

  static final List<Failure> FAILURES = failures();

  private static List<Failure> failures() {
    List<Failure> failures = new ArrayList<>();
    for (State state : State.values()) {
      if (state.canRead()) {
        for (ErrorCode code :
            List.of(ErrorCode.ECONNRESET, ErrorCode.ETIMEDOUT, ErrorCode.EIO, ErrorCode.UNKNOWN)) {
          failures.add(new Failure(state, /* reading= */ true, code));
        }
      }
      if (state.canWrite()) {
        for (ErrorCode code :
            List.of(ErrorCode.EPIPE, ErrorCode.ENOBUFS, ErrorCode.ECONNRESET, ErrorCode.UNKNOWN)) {
          failures.add(new Failure(state, /* reading= */ false, code));
        }
      }
    }
    return failures;
  }

  private final FakeNet net = new FakeNet();
  private final Stream stream = net.connect().allowHalfOpen(true);
  private final EventLog log = EventLog.of(stream);
  private final FakePeer peer = net.peer();

  @AfterEach
  void close() {
    net.close();
  }

  /** The events until the failure, then {@code after} it. */
  private List<String> expected(Failure failure, String... after) {
    List<String> expected = new ArrayList<>(List.of("connect"));
    if (failure.state() == State.PEER_ENDED) {
      expected.add("end");
    }
    expected.addAll(List.of(after));
    return expected;
  }

  private void assertOver(List<String> expected) {
    assertThat(log.entries()).isEqualTo(expected);
    assertThat(peer.socket().isClosed()).isTrue();
    assertThat(stream.readyState()).isEqualTo(ReadyState.CLOSED);
    assertThat(stream.bufferSize()).isZero();
    net.run(stream::resume);
    net.run(stream::destroy);
    net.advance(60_000);
    assertThat(log.entries()).isEqualTo(expected);
  }

  @ParameterizedTest
  @FieldSource("FAILURES")
  void F17_F18_aFailureIsOneErrorBehindWhatHadArrived(Failure failure) {
    failure.state().enter(net, stream, peer);
    stream.onError(error -> assertThat(peer.socket().isClosed()).isTrue());
    failure.happen(net, stream, peer);
    assertThat(peer.socket().isClosed()).as("closed at once").isTrue();
    String error = "error " + failure.code();
    if (failure.state().isPaused()) {
      assertThat(log.entries()).isEqualTo(expected(failure));
      net.run(stream::resume);
      assertOver(expected(failure, "data held and last words", error, "close true"));
    } else if (failure.state().canRead()) {
      assertOver(expected(failure, "data last words", error, "close true"));
    } else {
      assertOver(expected(failure, error, "close true"));
    }
  }

  static final List<Failure> FAILURES_BEHIND_A_PAUSE =
      FAILURES.stream().filter(failure -> failure.state().isPaused()).toList();

  @ParameterizedTest
  @FieldSource("FAILURES_BEHIND_A_PAUSE")
  void F17_F18_aFailureBehindAPauseIsTheEndAfterFiveSecondsAtTheLatest(Failure failure) {
    failure.state().enter(net, stream, peer);
    failure.happen(net, stream, peer);
    net.advance(4999);
    assertThat(log.entries()).isEqualTo(expected(failure));
    net.advance(1);
    assertOver(expected(failure, "error " + failure.code(), "close true"));
  }

  @ParameterizedTest
  @FieldSource("FAILURES_BEHIND_A_PAUSE")
  void F17_F18_behindAPauseDestroyIsTheEndAtOnce(Failure failure) {
    failure.state().enter(net, stream, peer);
    failure.happen(net, stream, peer);
    net.run(stream::destroy);
    List<String> entries = log.entries();
    assertThat(entries.get(entries.size() - 1)).startsWith("close ");
    assertOver(entries);
  }
}
