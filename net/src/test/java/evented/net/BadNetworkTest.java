package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults F24 and F25: between two hosts, a network that harms packets or lets none pass. */
class BadNetworkTest {
  private static final int BYTES = 1 << 20;
  private static final int TIMEOUT_MILLIS = 400;
  private static final int NO_TIMEOUT = 0;

  @TempDir static Path folder;

  @BeforeAll
  static void assumeAllowed() {
    BadNetwork.assumeAllowed();
  }

  private interface Body {
    void run(BadNetwork network, ChildJvm client, int port) throws Exception;
  }

  /** A server on the left, and a client on the right that has connected nowhere yet. */
  private static void between(FaultRig.Way way, int timeoutMillis, Body body) throws Exception {
    between(way, timeoutMillis, network -> {}, body);
  }

  private static void between(
      FaultRig.Way way, int timeoutMillis, Consumer<BadNetwork> preparation, Body body)
      throws Exception {
    String[] server = FaultRig.arguments(way, folder, NO_TIMEOUT);
    String[] client = FaultRig.arguments(way, folder, timeoutMillis);
    try (BadNetwork network = new BadNetwork(folder)) {
      preparation.accept(network);
      try (ChildJvm left = ChildJvm.startIn(network.left(), FaultProgram.class, server);
          ChildJvm right = ChildJvm.startIn(network.right(), FaultProgram.class, client)) {
        left.tell("listen 0 " + BadNetwork.LEFT_HOST);
        int port = Integer.parseInt(left.awaitLine("server 1 on "));
        right.awaitLine("ready");
        try {
          body.run(network, right, port);
        } catch (AssertionError e) {
          throw new AssertionError("left " + left.lines() + ", right " + right.lines(), e);
        }
      }
    }
  }

  private static void connect(ChildJvm client, int port) {
    client.tell("connect " + port + " " + BadNetwork.LEFT_HOST);
  }

  /** Connects, and waits until the client has been echoed once. */
  private static void connectEchoed(ChildJvm client, int port) {
    connect(client, port);
    client.awaitLine("stream 1 connect");
    client.tell("write before");
    client.awaitLine("data before");
  }

  private static List<String> events(ChildJvm client) {
    return client.lines().stream()
        .filter(line -> line.startsWith("stream 1 "))
        .map(line -> line.substring("stream 1 ".length()))
        .toList();
  }

  private static List<String> awaitEvents(ChildJvm client) {
    client.awaitLine("stream 1 close ");
    return events(client);
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS_OVER_TCP"})
  void F25_lossDelayReorderingAndDoublingBringTheSameBytesBothWays(FaultRig.Way way)
      throws Exception {
    between(
        way,
        NO_TIMEOUT,
        (network, client, port) -> {
          network.set(2, 5, 20, 5000); // of packets in a hundred; microseconds
          client.tell("transfer " + port + " " + BadNetwork.LEFT_HOST + " " + BYTES);
          assertThat(client.awaitLine("transfer ")).isEqualTo("true");
          assertThat(awaitEvents(client)).containsExactly("connect", "end", "close false");
          assertThat(network.harmed()).doesNotContain(0);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS_OVER_TCP"})
  void F24_timeoutTellsOfAPartitionAndTheStreamGoesOnBehindIt(FaultRig.Way way) throws Exception {
    between(
        way,
        TIMEOUT_MILLIS,
        (network, client, port) -> {
          connectEchoed(client, port);
          network.cut();
          client.awaitLine("stream 1 timeout");
          client.tell("write after");
          network.mend();
          client.awaitLine("data after");
          assertThat(events(client)).doesNotContain("close true", "close false");
        });
  }

  @Test
  void F24_keepAliveEndsAStreamThatAPartitionHasCut() throws Exception {
    between(
        FaultRig.Way.TCP,
        NO_TIMEOUT,
        network -> {
          network.parameter("net/ipv4/tcp_keepalive_time", 1);
          network.parameter("net/ipv4/tcp_keepalive_intvl", 1);
          network.parameter("net/ipv4/tcp_keepalive_probes", 1);
        },
        (network, client, port) -> {
          connectEchoed(client, port);
          client.tell("keepAlive");
          network.cut();
          assertThat(awaitEvents(client))
              .containsExactly("connect", "error ETIMEDOUT", "close true");
          client.tell("cpu");
          assertThat(Integer.parseInt(client.awaitLine("cpu "))).isLessThan(30);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS_OVER_TCP"})
  void F24_aWriteIntoAPartitionIsOneErrorOnceTheKernelGivesUp(FaultRig.Way way) throws Exception {
    between(
        way,
        NO_TIMEOUT,
        network -> network.parameter("net/ipv4/tcp_retries2", 2),
        (network, client, port) -> {
          connectEchoed(client, port);
          network.cut();
          client.tell("write lost");
          assertThat(awaitEvents(client))
              .containsExactly("connect", "error ETIMEDOUT", "close true");
        });
  }

  @Test
  void F24_connectTimeoutEndsAnAttemptThroughAPartition() throws Exception {
    between(
        FaultRig.Way.TCP,
        TIMEOUT_MILLIS,
        (network, client, port) -> {
          network.cut();
          connect(client, port);
          assertThat(awaitEvents(client)).endsWith("error ETIMEDOUT", "close true");
        });
  }

  @Test
  void F24_theKernelEndsAnAttemptThroughAPartitionWhereNoTimeoutDoes() throws Exception {
    between(
        FaultRig.Way.TCP,
        NO_TIMEOUT,
        network -> network.parameter("net/ipv4/tcp_syn_retries", 1),
        (network, client, port) -> {
          network.cut();
          connect(client, port);
          assertThat(awaitEvents(client)).containsExactly("error ETIMEDOUT", "close true");
        });
  }
}
