package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of each family, to the kernel and back. */
@Tag("values") // opens its own transport
class EpollAddressTest {
  private Polled polled;

  @BeforeEach
  void open() {
    polled = new Polled("epoll");
  }

  @AfterEach
  void close() throws Exception {
    if (polled != null) {
      polled.close();
    }
  }

  private static InetSocketAddress any(String host) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(host), 0);
  }

  private static void assumeIpv6() throws Exception {
    assumeTrue(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null, "no IPv6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void bothEndsAgreeOnTheirAddresses(String host) throws Exception {
    if (host.equals("::1")) {
      assumeIpv6();
    }
    Listener listener = polled.listen(any(host));
    PolledSocket client = polled.connect(listener.localAddress());
    polled.until(() -> client.wasTold("writable"));
    client.socket.finishConnect();
    PolledSocket server = polled.accept(listener);
    assertThat(listener.localAddress()).isInstanceOf(InetSocketAddress.class);
    assertThat(server.socket.localAddress()).isEqualTo(listener.localAddress());
    assertThat(client.socket.remoteAddress()).isEqualTo(listener.localAddress());
    assertThat(server.socket.remoteAddress()).isEqualTo(client.socket.localAddress());
    assertThat(((InetSocketAddress) server.socket.remoteAddress()).getAddress())
        .isEqualTo(InetAddress.getByName(host));
  }

  @Test
  void theJdkSeesTheSameAddresses() throws Exception {
    Listener listener = polled.listen();
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    assertThat(server.socket.remoteAddress()).isEqualTo(peer.getLocalAddress());
    assertThat(server.socket.localAddress()).isEqualTo(peer.getRemoteAddress());
  }

  @Test
  void theIpv6WildcardTakesIpv4AsWell() throws Exception {
    assumeIpv6();
    Listener listener = polled.listen(any("::"));
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    SocketAddress v4 = new InetSocketAddress("127.0.0.1", port);
    PolledSocket client = polled.connect(v4);
    polled.until(() -> client.wasTold("writable"));
    client.socket.finishConnect();
    PolledSocket server = polled.accept(listener);
    assertThat(server.socket.remoteAddress()).isEqualTo(client.socket.localAddress());
  }

  @Test
  void anIpv6AddressKeepsItsScope() throws Exception {
    Inet6Address linkLocal =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address.isLinkLocalAddress() && address instanceof Inet6Address)
            .map(Inet6Address.class::cast)
            .findFirst()
            .orElse(null);
    assumeTrue(linkLocal != null, "skipped: no interface has a link-local address");
    Listener listener = polled.listen(new InetSocketAddress(linkLocal, 0));
    InetSocketAddress bound = (InetSocketAddress) listener.localAddress();
    assertThat(((Inet6Address) bound.getAddress()).getScopeId()).isEqualTo(linkLocal.getScopeId());
  }

  @Test
  void aUnixNameMayHaveLettersOfAnyAlphabet(@TempDir Path folder) throws Exception {
    assumeTrue(
        System.getProperty("sun.jnu.encoding", "").equals("UTF-8"),
        "skipped: file names are not UTF-8 here");
    UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("Müsli-ключ"));
    Listener listener = polled.listen(path);
    assertThat(Files.exists(path.getPath())).isTrue();
    assertThat(listener.localAddress()).isEqualTo(path);
    SocketChannel peer = polled.peer(listener);
    PolledSocket server = polled.accept(listener);
    assertThat(peer.getRemoteAddress()).isEqualTo(path);
    assertThat(server.socket.localAddress()).isEqualTo(path);
    assertThat(server.socket.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
  }

  @Test
  void aUnixSocketConnectsToTheJdks(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel jdk = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      jdk.bind(path);
      PolledSocket client = polled.connect(path);
      polled.until(() -> client.wasTold("writable"));
      client.socket.finishConnect();
      assertThat(client.socket.remoteAddress()).isEqualTo(path);
    }
  }

  @Test
  void F5_aUnixPathOfMaximalLengthIsTakenAndALongerOneRefused(@TempDir Path folder)
      throws Exception {
    int room = 107 - folder.toString().length() - 1;
    polled.listen(UnixDomainSocketAddress.of(folder.resolve("p".repeat(room))));
    SocketAddress longer = UnixDomainSocketAddress.of(folder.resolve("p".repeat(room + 1)));
    assertThatThrownBy(() -> polled.listen(longer)).hasMessageContaining("listen ENAMETOOLONG");
    assertThatThrownBy(() -> polled.connect(longer)).hasMessageContaining("connect ENAMETOOLONG");
  }

  @Test
  void F8_aUnixConnectFailsInTheCallAndLeavesNoDescriptor(@TempDir Path folder) throws Exception {
    SocketAddress nobody = UnixDomainSocketAddress.of(folder.resolve("nobody"));
    polled.listen().close();
    long before = Descriptors.count();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> polled.connect(nobody))
          .hasMessage("connect ENOENT " + folder.resolve("nobody"));
    }
    assertThat(Descriptors.count()).isLessThan(before + 20);
  }

  @Test
  void F5_bindingNeverDeletesAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    assertThatThrownBy(() -> polled.listen(UnixDomainSocketAddress.of(file)))
        .hasMessage("listen EADDRINUSE " + file);
    assertThat(Files.readString(file)).isEqualTo("precious");
  }

  @Test
  void F2_aPortInUseIsNamed() throws Exception {
    SocketAddress taken = polled.listen().localAddress();
    int port = ((InetSocketAddress) taken).getPort();
    assertThatThrownBy(() -> polled.listen(taken))
        .hasMessage("listen EADDRINUSE 127.0.0.1:" + port);
  }
}
