package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fault F37: accepting fails, though a connection waits. */
@Tag("values")
class AcceptFailureTest {
  private static final String HOST = "192.0.2.37";

  private final FakeNet net = new FakeNet();
  private final LoggedReports reports = new LoggedReports();
  private final List<Stream> accepted = new ArrayList<>();
  private Server server;
  private FakeListener listener;

  @BeforeEach
  void listen() {
    server = net.loop.createServer(accepted::add);
    server.listen(80, HOST);
    net.runUntilIdle();
    listener = net.network.listener(new InetSocketAddress(HOST, 80));
  }

  @AfterEach
  void close() {
    net.close();
    reports.close();
  }

  private void failAccepts(int times, ErrorCode code) {
    for (int i = 0; i < times; i++) {
      listener.failAccept(code);
    }
  }

  /** The times of the calls of {@code accept}, in milliseconds from now, up to {@code end}. */
  private List<Integer> acceptsUntil(int end) {
    List<Integer> times = new ArrayList<>();
    int before = listener.accepts();
    net.runUntilIdle();
    for (int now = 0; now < end; now++, net.advance(1)) {
      for (; before < listener.accepts(); before++) {
        times.add(now);
      }
    }
    return times;
  }

  @ParameterizedTest
  @EnumSource(names = {"ENOBUFS", "ENOMEM", "EPERM", "EMFILE", "ENFILE", "EIO", "UNKNOWN"})
  void F37_thePauseGrowsToASecond(ErrorCode code) {
    failAccepts(100, code);
    assertThat(acceptsUntil(5000)).containsExactly(0, 50, 150, 350, 750, 1550, 2550, 3550, 4550);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENOBUFS", "ENOMEM", "EPERM", "EMFILE", "ENFILE", "EIO", "UNKNOWN"})
  void F37_whoWaitsIsServedOnceAcceptingWorksAgain(ErrorCode code) {
    failAccepts(3, code);
    FakePeer peer = net.network.dial(server.address());
    net.advance(349);
    assertThat(accepted).isEmpty();
    net.advance(1);
    assertThat(accepted).hasSize(1);
    net.run(() -> accepted.get(0).end("hello"));
    assertThat(peer.take()).isEqualTo("hello");
  }

  @Test
  void F37_aConnectionThatIsAcceptedBeginsTheNextPausesAnew() {
    failAccepts(6, ErrorCode.ENOBUFS);
    net.advance(5000);
    net.network.dial(server.address());
    net.runUntilIdle();
    assertThat(accepted).hasSize(1);
    failAccepts(3, ErrorCode.ENOBUFS);
    assertThat(acceptsUntil(300)).startsWith(0, 50, 150);
  }

  @Test
  void F37_streamsThatAreOpenAreServedMeanwhile() {
    FakePeer peer = net.network.dial(server.address());
    net.runUntilIdle();
    accepted.get(0).onData(accepted.get(0)::write);
    failAccepts(100, ErrorCode.ENOMEM);
    net.advance(700);
    peer.send("still there?");
    net.runUntilIdle();
    assertThat(peer.take()).isEqualTo("still there?");
  }

  @Test
  void F37_itIsSaidInOneLineAndAgainAfterFiveSecondsAtTheEarliest() {
    failAccepts(100, ErrorCode.EPERM);
    net.runUntilIdle();
    assertThat(lines())
        .containsExactly(
            "Cannot accept: connections to " + server.address() + " wait (accept EPERM)");
    net.advance(5000);
    assertThat(lines()).hasSize(1);
    net.advance(1000);
    assertThat(lines()).hasSize(2);
    net.advance(6000);
    assertThat(lines()).hasSize(3).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
  }

  private List<String> lines() {
    return reports.containing(server.address().toString()).stream()
        .map(LogRecord::getMessage)
        .toList();
  }

  @Test
  void F37_closingTheServerEndsThePause() {
    failAccepts(100, ErrorCode.ENOBUFS);
    net.runUntilIdle();
    EventLog log = EventLog.of(server);
    net.run(server::close);
    assertThat(log.entries()).contains("close");
    int before = listener.accepts();
    net.advance(5000);
    assertThat(listener.accepts()).isEqualTo(before);
  }

  @Test
  void F37_anAnnouncementInVainIsHarmless() {
    listener.announceInVain();
    net.runUntilIdle();
    assertThat(listener.accepts()).isEqualTo(1);
    net.network.dial(server.address());
    net.runUntilIdle();
    assertThat(accepted).hasSize(1); // without a pause
    assertThat(lines()).isEmpty();
  }
}
