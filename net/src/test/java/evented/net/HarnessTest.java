package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HarnessTest {
  @ParameterizedTest
  @EnumSource(Wire.class)
  void aReplyFollowedByEndArrives(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.end("bye"));
      EventLog log = EventLog.of(net.connect(address));
      assertThat(log.awaitClose()).containsExactly("connect", "data bye", "end", "close false");
    }
  }
}
