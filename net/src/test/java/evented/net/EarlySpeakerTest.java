package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EarlySpeakerTest {
  /**
   * The loop is kept busy meanwhile, so it hears of the connection, the data and the end at once.
   */
  @ParameterizedTest
  @EnumSource
  void R1_whatThePeerSaysAndEndsBeforeConnectIsToldArrives(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        ServerSocketChannel peer = bind(wire, net)) {
      SocketAddress address = peer.getLocalAddress();
      Stream stream = net.loop().newStream();
      EventLog log = EventLog.of(stream);
      Callable<Void> speakAndEnd =
          () -> {
            try (SocketChannel speaker = peer.accept()) {
              speaker.write(Buffer.of("early").asByteBuffer());
            }
            return null;
          };
      net.onLoop(
          () -> {
            Wire.connect(stream, address);
            return speakAndEnd.call();
          });
      assertThat(log.awaitClose()).containsExactly("connect", "data early", "end", "close false");
    }
  }

  private static ServerSocketChannel bind(Wire wire, TestNet net) throws Exception {
    return wire == Wire.TCP
        ? ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        : ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(net.socketPath()));
  }
}
