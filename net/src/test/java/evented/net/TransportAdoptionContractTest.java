package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import evented.net.TransportRig.Pair;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Transport} promises of descriptors that someone else has opened, and of options. */
@Tag("values") // it opens each transport itself
@EnabledOnOs(OS.LINUX)
class TransportAdoptionContractTest {
  private static final String KERNELS = "evented.net.TransportSetting#kernels";
  private static final String TCP = "evented.net.TransportSetting#overTcp";
  private static final byte[] HELLO = {1, 2, 3};

  // Linux's numbers.
  private static final int SOL_SOCKET = 1;
  private static final int SO_KEEPALIVE = 9;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;

  private static ServerSocketChannel serverChannel(TransportRig rig) throws Exception {
    return rig.setting.wire() == Wire.TCP
        ? ServerSocketChannel.open()
        : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /** A connected descriptor without an owner, and its far end. */
  private static Pair adopted(TransportRig rig) throws Exception {
    try (ServerSocketChannel server = serverChannel(rig)) {
      server.bind(rig.freePlace());
      SocketChannel near = Wire.rawSocket(server.getLocalAddress());
      FarEnd far = rig.keep(new ChannelFarEnd(server.accept()));
      int descriptor = RawDescriptor.of(near);
      Socket socket = rig.keep(rig.transport.adopt(descriptor));
      assertThat(socket.descriptor()).isEqualTo(descriptor);
      SocketLog log = new SocketLog();
      socket.handler(log);
      return new Pair(socket, log, far);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void aConnectedDescriptorBecomesASocket(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = adopted(rig);
      pair.far().send(HELLO);
      assertThat(rig.read(pair, HELLO.length)).isEqualTo(HELLO);
      assertThat(pair.socket().remoteAddress()).isNotNull();
      assertThat(pair.socket().localAddress()).isNotNull();
      assertThat(pair.socket().read(ByteBuffer.allocate(1))).isZero(); // does not block
      rig.close(pair.socket());
      pair.far().awaitEnd();
      assertThat(RawDescriptor.isOpen(pair.socket().descriptor())).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void S3_aListeningDescriptorBecomesAListener(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      ServerSocketChannel server = serverChannel(rig).bind(rig.freePlace());
      SocketAddress address = server.getLocalAddress();
      int descriptor = RawDescriptor.of(server);
      Listener listener = rig.keep(rig.transport.adoptListener(descriptor));
      assertThat(listener.descriptor()).isEqualTo(descriptor);
      assertThat(listener.localAddress()).isEqualTo(address);
      assertThat(listener.accept()).isNull(); // does not block
      Pair pair = rig.pair(listener);
      pair.far().send(HELLO);
      assertThat(rig.read(pair, HELLO.length)).isEqualTo(HELLO);
      rig.close(listener);
      assertThat(RawDescriptor.isOpen(descriptor)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void aListeningDescriptorOfIpv6BecomesAListener(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      ServerSocketChannel server =
          ServerSocketChannel.open(StandardProtocolFamily.INET6)
              .bind(new InetSocketAddress("::1", 0));
      SocketAddress address = server.getLocalAddress();
      Listener listener = rig.keep(rig.transport.adoptListener(RawDescriptor.of(server)));
      assertThat(listener.localAddress()).isEqualTo(address);
      assertThat(rig.connect(address).remoteAddress()).isEqualTo(address);
    }
  }

  // Rubbish.

  private static void assertBothRefuse(
      TransportRig rig, SelectableChannel channel, String adoptCode, String listenCode)
      throws Exception {
    int descriptor = RawDescriptor.of(channel);
    assertThat(adoptFailure(rig, descriptor).code()).isEqualTo(adoptCode);
    assertThat(listenFailure(rig, descriptor).code()).isEqualTo(listenCode);
    assertThat(RawDescriptor.isOpen(descriptor)).isTrue();
    RawDescriptor.close(descriptor);
  }

  private static NetException adoptFailure(TransportRig rig, int descriptor) {
    return catchThrowableOfType(NetException.class, () -> rig.transport.adopt(descriptor));
  }

  private static NetException listenFailure(TransportRig rig, int descriptor) {
    return catchThrowableOfType(NetException.class, () -> rig.transport.adoptListener(descriptor));
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void F4_aFileIsNotTakenOver(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      int descriptor = RawDescriptor.of(Files.createFile(rig.path("file")));
      assertThat(adoptFailure(rig, descriptor).code()).isEqualTo("ENOTSOCK");
      assertThat(listenFailure(rig, descriptor).code()).isEqualTo("ENOTSOCK");
      assertThat(RawDescriptor.isOpen(descriptor)).isTrue();
      RawDescriptor.close(descriptor);
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void F4_aUdpSocketIsNotTakenOver(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      assertBothRefuse(rig, DatagramChannel.open(), "EOPNOTSUPP", "EOPNOTSUPP");
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void F4_aClosedDescriptorIsNotTakenOver(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      int descriptor = RawDescriptor.of(DatagramChannel.open());
      RawDescriptor.close(descriptor);
      assertThat(adoptFailure(rig, descriptor))
          .hasMessage("adopt EBADF: descriptor " + descriptor + " is not open");
      assertThat(listenFailure(rig, descriptor))
          .hasMessage("listenFD EBADF: descriptor " + descriptor + " is not open");
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void F4_aSocketThatIsNeitherConnectedNorListeningIsNotTakenOver(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      SocketChannel bound =
          setting.wire() == Wire.TCP
              ? SocketChannel.open().bind(rig.freePlace())
              : SocketChannel.open(StandardProtocolFamily.UNIX);
      assertBothRefuse(rig, bound, "ENOTCONN", "EINVAL");
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void F4_aListeningDescriptorIsNoConnectedOne(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      int descriptor = RawDescriptor.of(serverChannel(rig).bind(rig.freePlace()));
      assertThat(adoptFailure(rig, descriptor).code()).isEqualTo("ENOTCONN");
      rig.keep(rig.transport.adoptListener(descriptor)); // it was left as it was
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void F4_aConnectedDescriptorIsNoListeningOne(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting);
        ServerSocketChannel server = serverChannel(rig)) {
      server.bind(rig.freePlace());
      int descriptor = RawDescriptor.of(Wire.rawSocket(server.getLocalAddress()));
      assertThat(listenFailure(rig, descriptor).code()).isEqualTo("EINVAL");
      rig.keep(rig.transport.adopt(descriptor)); // it was left as it was
    }
  }

  // Options, which can be seen where the descriptor's number is known.

  private static int option(Socket socket, int level, int name) throws Exception {
    return NioInternals.open().option(socket.descriptor(), level, name);
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void W7_noDelayIsSet(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Socket socket = adopted(rig).socket();
      socket.setNoDelay(true);
      assertThat(option(socket, IPPROTO_TCP, TCP_NODELAY)).isEqualTo(1);
      socket.setNoDelay(false);
      assertThat(option(socket, IPPROTO_TCP, TCP_NODELAY)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void W7_keepAliveIsSetWithItsIntervals(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Socket socket = adopted(rig).socket();
      int systemIdle = option(socket, IPPROTO_TCP, TCP_KEEPIDLE);
      socket.setKeepAlive(true, 0);
      assertThat(option(socket, SOL_SOCKET, SO_KEEPALIVE)).isEqualTo(1);
      assertThat(option(socket, IPPROTO_TCP, TCP_KEEPIDLE)).isEqualTo(systemIdle);
      socket.setKeepAlive(true, 7);
      assertThat(option(socket, IPPROTO_TCP, TCP_KEEPIDLE)).isEqualTo(7);
      assertThat(option(socket, IPPROTO_TCP, TCP_KEEPINTVL)).isEqualTo(1);
      assertThat(option(socket, IPPROTO_TCP, TCP_KEEPCNT)).isEqualTo(10);
      socket.setKeepAlive(false, 0);
      assertThat(option(socket, SOL_SOCKET, SO_KEEPALIVE)).isZero();
      assertThat(option(socket, IPPROTO_TCP, TCP_KEEPIDLE)).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void W7_optionsOfAUnixOrAResetSocketHaveNoEffect(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Pair pair = rig.pair();
      if (setting.wire() == Wire.TCP) {
        pair.far().reset();
      }
      pair.socket().setNoDelay(true);
      pair.socket().setKeepAlive(true, 7);
    }
  }
}
