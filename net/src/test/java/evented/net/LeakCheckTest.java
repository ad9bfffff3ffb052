package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** {@link LeakCheck} sees what it is there for. */
class LeakCheckTest {
  private static void awaitNothingLeft(LeakCheck.Snapshot before) {
    Await.until("nothing is left", () -> LeakCheck.leftSince(before).isEmpty());
  }

  @Test
  void aLoopThatIsNotClosedShows() throws Exception {
    LeakCheck.Snapshot before = LeakCheck.snapshot();
    try (TestNet net = new TestNet()) {
      net.onLoop(() -> null);
      assertThat(LeakCheck.leftSince(before))
          .anyMatch(left -> left.startsWith("thread evented-"))
          .anyMatch(left -> left.contains("eventpoll"));
    }
    awaitNothingLeft(before);
  }

  @Test
  void aSocketThatIsNotClosedShows() throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, stream -> {});
      LeakCheck.Snapshot before = LeakCheck.snapshot();
      try (SocketChannel socket = Wire.rawSocket(address)) {
        assertThat(socket.isConnected()).isTrue();
        assertThat(LeakCheck.leftSince(before)).anyMatch(left -> left.contains("socket:"));
      }
      awaitNothingLeft(before);
    }
  }

  @Test
  void directMemoryThatIsHeldShows() throws Exception {
    LeakCheck.Snapshot before = LeakCheck.snapshot();
    ByteBuffer held = ByteBuffer.allocateDirect(64 << 20);
    assertThat(LeakCheck.leftSince(before)).anyMatch(left -> left.endsWith("of direct memory"));
    assertThat(held.capacity()).isPositive();
  }
}
