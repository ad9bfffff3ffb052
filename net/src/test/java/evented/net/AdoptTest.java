package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams over descriptors that someone else has connected. */
class AdoptTest {
  @ParameterizedTest
  @EnumSource(Wire.class)
  void aConnectedDescriptorBecomesAStream(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.pipe(stream));
      int descriptor = HandedDownSocket.connected(address).number();
      Stream stream = net.loop().adopt(descriptor);
      EventLog log = EventLog.of(stream);
      stream.write("there");
      log.awaitText("there");
      assertThat(stream.fd()).isIn(descriptor, -1); // nio does not show it
      stream.end(" and back");
      assertThat(log.awaitClose()).startsWith("connect").endsWith("end", "close false");
      assertThat(log.text()).isEqualTo("there and back");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aDescriptorThatIsNotConnectedIsAnErrorAndLeftAsItWas(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      HandedDownSocket socket = HandedDownSocket.unconnected(wire);
      EventLog log = EventLog.of(net.loop().adopt(socket.number()));
      assertThat(log.awaitClose()).hasSize(2).first().asString().contains("ENOTCONN");
      assertThat(socket.isOpen()).isTrue();
      socket.close(); // it would throw, if someone else had closed it
    }
  }

  @Test
  void aNumberThatIsNoDescriptorIsAnError() {
    try (TestNet net = new TestNet()) {
      EventLog log = EventLog.of(net.loop().adopt(9999));
      assertThat(log.awaitClose()).hasSize(2).first().asString().contains("EBADF");
      assertThatThrownBy(() -> net.loop().adopt(-1)).hasMessage("fd must be 0 or more, was -1");
    }
  }
}
