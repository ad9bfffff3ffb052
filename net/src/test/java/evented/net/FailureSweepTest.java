package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every failure in every state of a stream, over real sockets, judged by one set of rules. */
class FailureSweepTest {
  @ParameterizedTest
  @EnumSource(Wire.class)
  void F17_F18_F20_F35_everyFailureInEveryStateIsToldOnceAndLeavesNothingBehind(Wire wire) {
    List<String> wrong = new ArrayList<>();
    try (TestNet net = new TestNet()) {
      SocketAddress witness = net.serve(wire, stream -> stream.onData(stream::write));
      // What is loaded once, TLS too, may keep a descriptor.
      meet(net, wire, StreamState.IDLE, StreamFailure.FIN, witness);
      meet(net, wire, StreamState.HANDSHAKING, StreamFailure.GARBAGE_RECORD, witness);
      long before = Descriptors.count();
      for (StreamState state : StreamState.values()) {
        for (StreamFailure failure : StreamFailure.values()) {
          if (failure.isPossible(state)) {
            try {
              meet(net, wire, state, failure, witness);
            } catch (AssertionError e) {
              wrong.add(failure + " when " + state + ": " + e.getMessage());
            }
          }
        }
        Await.until("the loop is idle", () -> LoopCpu.share(net) < LoopCpu.IDLE);
      }
      assertThat(wrong).isEmpty();
      Await.until("all descriptors are free", () -> Descriptors.count() <= before);
    }
  }

  private static void meet(
      TestNet net, Wire wire, StreamState state, StreamFailure failure, SocketAddress witness) {
    CompletableFuture<Stream> accepted = new CompletableFuture<>();
    CompletableFuture<EventLog> logged = new CompletableFuture<>();
    Server server =
        net.server(
                stream -> {
                  logged.complete(EventLog.of(stream));
                  accepted.complete(stream);
                })
            .allowHalfOpen(true);
    SocketAddress address = net.listen(wire, server);
    try (SocketChannel peer = Wire.rawSocket(address)) {
      Stream stream = Await.get(accepted);
      EventLog log = Await.get(logged);
      try {
        state.reach(net, stream, log, peer);
        if (failure == StreamFailure.RESET) { // the same state for every failure: looked at once
          Await.until("the loop is idle meanwhile", () -> LoopCpu.share(net) < LoopCpu.IDLE);
        }
        failure.strike(net, server, stream, log, peer);
        failure.comeToTheEnd(net, state, stream, peer);
        log.awaitClose();
        echoes(witness); // another stream of the loop, and a turn in which nothing more may come
        judge(wire, state, failure, log, stream);
      } finally {
        stream.destroy();
      }
    } catch (IOException e) {
      throw new AssertionError(e.toString(), e);
    } finally {
      if (failure != StreamFailure.SERVER_CLOSED_THEN_FIN) {
        server.close();
      }
    }
  }

  private static void judge(
      Wire wire, StreamState state, StreamFailure failure, EventLog log, Stream stream) {
    List<String> events = log.entries();
    assertThat(String.join(",", events))
        .matches(
            "connect(,timeout|,drain|,data [^,]*)*(,end)?(,timeout|,drain)*"
                + "(,error \\w+,close true|,close false)");
    assertThat(failure.mayClose(state, wire, events)).as("closing as in %s", events).isTrue();
    if (events.contains("close true")) {
      String code = log.error().code();
      assertThat(code == null ? failure.codes().isEmpty() : failure.codes().contains(code))
          .as("code in %s", events)
          .isTrue();
    }
    assertThat(events.stream().filter("drain"::equals).count())
        .as("drains in %s", events)
        .isLessThanOrEqualTo(failure.mostDrains(state));
    if (failure.isLocal() && state.isPaused()) {
      assertThat(log.text()).isEmpty();
    } else {
      assertThat(log.text()).as("data of %s", events).isEqualTo(state.said());
    }
    assertThat(stream.bufferSize()).isZero();
    assertThat(stream.readyState()).isEqualTo(ReadyState.CLOSED);
  }

  private static void echoes(SocketAddress witness) throws IOException {
    try (SocketChannel peer = Wire.rawSocket(witness)) {
      RawBytes.write(peer, "still there?");
      assertThat(RawBytes.readText(peer, 12)).isEqualTo("still there?");
    }
  }
}
