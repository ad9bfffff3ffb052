package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams over descriptors that someone else has connected. */
class AdoptTest {
  private static void onEpoll() {
    assumeTrue(TransportType.choose() == TransportType.EPOLL, "skipped: only epoll adopts");
  }

  private static LinuxSocket newSocket(Wire wire) {
    return wire == Wire.TCP ? LinuxSocket.newSocketStream(false) : LinuxSocket.newSocketDomain();
  }

  private static int connected(Wire wire, SocketAddress address) throws Exception {
    LinuxSocket socket = newSocket(wire);
    SocketAddress to =
        address instanceof UnixDomainSocketAddress unix
            ? new DomainSocketAddress(unix.getPath().toString())
            : address;
    if (!socket.connect(to)) {
      while (!socket.finishConnect()) {
        Thread.onSpinWait();
      }
    }
    return socket.intValue();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aConnectedDescriptorBecomesAStream(Wire wire) throws Exception {
    onEpoll();
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.pipe(stream));
      int descriptor = connected(wire, address);
      Stream stream = net.loop().adopt(descriptor);
      EventLog log = EventLog.of(stream);
      stream.write("there");
      log.awaitText("there");
      assertThat(stream.fd()).isEqualTo(descriptor);
      stream.end(" and back");
      assertThat(log.awaitClose()).startsWith("connect").endsWith("end", "close false");
      assertThat(log.text()).isEqualTo("there and back");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aDescriptorThatIsNotConnectedIsAnErrorAndLeftAsItWas(Wire wire) throws Exception {
    onEpoll();
    try (TestNet net = new TestNet()) {
      LinuxSocket socket = newSocket(wire);
      EventLog log = EventLog.of(net.loop().adopt(socket.intValue()));
      assertThat(log.awaitClose()).hasSize(2).first().asString().contains("ENOTCONN");
      assertThat(socket.isOpen()).isTrue();
      socket.close(); // it would throw, if someone else had closed it
    }
  }

  @Test
  void aNumberThatIsNoDescriptorIsAnError() {
    try (TestNet net = new TestNet()) {
      String code = net.loop().transport().equals("epoll") ? "EBADF" : "EOPNOTSUPP";
      EventLog log = EventLog.of(net.loop().adopt(9999));
      assertThat(log.awaitClose()).hasSize(2).first().asString().contains(code);
      assertThatThrownBy(() -> net.loop().adopt(-1)).hasMessage("fd must be 0 or more, was -1");
    }
  }
}
