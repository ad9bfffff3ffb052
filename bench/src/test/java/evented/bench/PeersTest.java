package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import evented.testing.Program;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every server that can be started here does every kind of work, for a moment. The load compares
 * each byte, since all of that moment is its warm-up.
 */
class PeersTest {
  /** Those that not even continuous integration has to have, or has on newer JDKs alone. */
  private static final Set<String> OPTIONAL =
      Set.of("haproxy", "nginx", "evented:epoll", "evented-pipe:epoll");

  /** The same script as the interpreted one, by the launcher, which has tests of its own. */
  private static final String COMPILED = "evented-js:compiled";

  private static final Settings A_MOMENT = new Settings(1, 0.02, 0.1);

  private final Workbench workbench = TestBench.workbench();
  private final Peers peers = TestBench.peers();

  @TestFactory
  Stream<DynamicTest> echoesAlsoOnShortConnectionsAndAmongIdleOnes() {
    return each(
        peers.allAndPipes(),
        Work.tcp("echo"),
        load("echo", 20, 65536, 2),
        load("connect", 4, 64, 1),
        load("idle", 150, 64, 1));
  }

  @TestFactory
  Stream<DynamicTest> answersEveryMessage() {
    return each(peers.all(), Work.tcp("reply"), load("reply", 20, 64, 16));
  }

  @TestFactory
  Stream<DynamicTest> sendsOneMessageToAll() {
    return each(peers.all(), Work.tcp("broadcast"), load("broadcast", 30, 64, 1));
  }

  @TestFactory
  Stream<DynamicTest> echoesOverUnixSockets() {
    return each(peers.all(), Work.unix("echo", workbench.socket()), load("echo", 20, 64, 1));
  }

  @TestFactory
  Stream<DynamicTest> echoesOverTls() {
    return each(
        peers.secure(),
        Work.tcp("tls", workbench.key(), workbench.certificate()),
        new Load(workbench.program("load-tls"), "echo", 4, 65536, 2),
        new Load(workbench.program("load-tls"), "connect", 4, 64, 1));
  }

  @TestFactory
  Stream<DynamicTest> passesOnWhatAnEchoServerSays() throws IOException, InterruptedException {
    RunningServer target = RunningServer.start(peers.all().get(0), Work.tcp("echo"));
    return each(peers.proxies(), Work.tcp("proxy", target.port()), load("echo", 4, 65536, 2))
        .onClose(target::close);
  }

  @Test
  void aServerThatSendsOtherBytesIsFoundOut() throws IOException, InterruptedException {
    Peer c = peers.all().get(0);
    try (RunningServer server = RunningServer.start(c, Work.tcp("reply"))) {
      Load load = load("echo", 1, 64, 1);
      assertThatThrownBy(() -> load.run(server, A_MOMENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("other bytes came back");
    }
  }

  @Test
  void aServerThatDoesNotStartSaysWhy() {
    Peer broken = Peer.own("broken", "", List.of("/bin/sh", "-c", "echo no license; exit 1"));
    assertThatThrownBy(() -> RunningServer.start(broken, Work.tcp("echo")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no license");
  }

  private Load load(String kind, int connections, int size, int inFlight) {
    return new Load(workbench.program("load"), kind, connections, size, inFlight);
  }

  private static Stream<DynamicTest> each(List<Peer> peers, Work work, Load... loads) {
    return peers.stream()
        .filter(peer -> !peer.name().equals(COMPILED))
        .map(peer -> dynamicTest(peer.name(), () -> check(peer, work, loads)));
  }

  private static void check(Peer peer, Work work, Load... loads)
      throws IOException, InterruptedException {
    peer.missing().ifPresent(reason -> skip(peer, reason));
    try (RunningServer server = RunningServer.start(peer, work)) {
      for (Load load : loads) {
        assertThat(load.run(server, A_MOMENT).get(Metric.RATE)).isPositive();
      }
    }
  }

  private static void skip(Peer peer, String reason) {
    if (Program.isCi() && !OPTIONAL.contains(peer.name())) {
      throw new AssertionError("CI must have all that " + peer.name() + " needs: " + reason);
    }
    abort("skipped: " + reason);
  }
}
