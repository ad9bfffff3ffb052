package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics O1 and O3: listeners that another thread adds while events already happen. */
class LateListenerTest {
  private static final int ROUNDS = 300;

  /** The races differ from round to round in how far the stream has come. */
  private static void raceAfter(int round, Stream stream) {
    if (round % 3 == 1) {
      Await.until("connected", () -> stream.readyState() != ReadyState.OPENING);
    } else if (round % 3 == 2) {
      Await.until("data has arrived", () -> stream.bytesRead() > 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O3_connectIsToldBeforeDataEndAndCloseToThoseWhoComeLate(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      for (int round = 0; round < ROUNDS; round++) {
        Stream stream = net.connect(server.address());
        try (SocketChannel peer = server.accept()) {
          RawBytes.write(peer, "x");
        }
        raceAfter(round, stream);
        EventLog events = EventLog.of(stream);
        assertThat(events.awaitClose()).containsExactly("connect", "data x", "end", "close false");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O3_connectIsToldBeforeEndAndCloseWhereNoDataHoldsThemBack(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      for (int round = 0; round < ROUNDS; round++) {
        Stream stream = net.connect(server.address());
        server.accept().close();
        if (round % 2 == 1) {
          Await.until("connected", () -> stream.readyState() != ReadyState.OPENING);
        }
        EventLog events = EventLog.of(stream);
        assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
      }
    }
  }

  @Test
  void O3_errorIsToldBeforeCloseToThoseWhoComeLate() {
    try (TestNet net = new TestNet()) {
      String path = net.socketPath();
      for (int round = 0; round < ROUNDS; round++) {
        EventLog events = EventLog.of(net.loop().createConnection(path));
        assertThat(events.awaitClose()).containsExactly("error ENOENT", "close true");
      }
    }
  }
}
