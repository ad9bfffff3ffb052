package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics O7, seen from outside: when a program ends. */
class LivenessTest {
  @ParameterizedTest
  @CsvSource({
    "echo, echo hello",
    "serverCannotListen, error ENOENT",
    "refused, error ENOENT",
    "timer, fired",
    "timerRefAgain, fired",
    "intervalCancelsItself, run 3",
    "task, ran"
  })
  void O7_aProgramDoesItsWorkAndEndsWithItsLastHandle(String program, String lastLine) {
    try (ChildJvm child = ChildJvm.start(LivenessProgram.class, program)) {
      assertThat(child.awaitExit()).isZero();
      assertThat(child.lines()).last().isEqualTo(lastLine);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serverUnref", "timerUnref", "timerCancelled", "closedLoop"})
  void O7_whatIsUnreferencedOrClosedLetsTheProgramEnd(String program) {
    try (ChildJvm child = ChildJvm.start(LivenessProgram.class, program)) {
      assertThat(child.awaitExit()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "serverRefAgain"})
  void O7_aListeningServerKeepsTheProgramAliveAndThenItsLastStreamDoes(String program) {
    try (ChildJvm child = ChildJvm.start(LivenessProgram.class, program);
        TestNet net = new TestNet()) {
      int port = Integer.parseInt(child.awaitLine("listening on "));
      Stream stream = net.connect(new InetSocketAddress("127.0.0.1", port));
      EventLog log = EventLog.of(stream);
      stream.write("are you there?");
      assertThat(log.awaitClose()).endsWith("data still here", "end", "close false");
      assertThat(child.awaitExit()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "streamRefAgain"})
  void O7_anOpenStreamKeepsTheProgramAlive(String program) {
    try (TestNet net = new TestNet()) {
      InetSocketAddress address =
          (InetSocketAddress)
              net.serve(Wire.TCP, stream -> stream.onText(text -> stream.end(text)));
      try (ChildJvm child = start(program, address)) {
        assertThat(child.awaitExit()).isZero();
        assertThat(child.lines()).last().isEqualTo("still here, close false");
      }
    }
  }

  @Test
  void O7_anUnreferencedStreamLetsTheProgramEnd() {
    try (TestNet net = new TestNet()) {
      InetSocketAddress address = (InetSocketAddress) net.serve(Wire.TCP, stream -> {});
      try (ChildJvm child = start("streamUnref", address)) {
        assertThat(child.awaitExit()).isZero();
      }
    }
  }

  private static ChildJvm start(String program, InetSocketAddress peer) {
    return ChildJvm.start(LivenessProgram.class, program, String.valueOf(peer.getPort()));
  }
}
