package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Transport} promises of connecting, listening and accepting. */
@Tag("values") // it opens each transport itself
class TransportOpeningContractTest {
  private static final String ALL = "evented.net.TransportSetting#all";
  private static final String KERNELS = "evented.net.TransportSetting#kernels";
  private static final String TCP = "evented.net.TransportSetting#overTcp";
  private static final String UNIX = "evented.net.TransportSetting#overUnix";

  private static NetException failureOf(TransportRig.Step step) {
    return catchThrowableOfType(NetException.class, step::run);
  }

  private static InetSocketAddress tcp(String ip, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(ip), port);
  }

  // Connecting.

  @ParameterizedTest
  @MethodSource(ALL)
  void connectingIsToldAsWritableAndThenTheSocketIsConnected(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      Socket near = rig.connect(listener.localAddress());
      Socket far = rig.accept(listener);
      assertThat(near.remoteAddress()).isEqualTo(listener.localAddress());
      assertThat(far.remoteAddress()).isEqualTo(near.localAddress());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatIsWantedWhileConnectingCountsOnceConnected(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      Socket near = rig.keep(rig.transport.connect(listener.localAddress()));
      SocketLog log = new SocketLog();
      near.handler(log);
      near.want(true, false);
      rig.pollUntil("the outcome", () -> log.writable > 0);
      assertThat(log.readable).isZero();
      near.finishConnect();
      int before = log.writable;
      Socket far = rig.accept(listener);
      far.shutdownOutput();
      rig.pollUntil("FIN", () -> log.readable > 0);
      assertThat(log.writable).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C2_aRefusedConnectionIsAnError(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      SocketAddress address = listener.localAddress();
      rig.close(listener); // of a UNIX socket the file stays
      NetException failure = failureOf(() -> rig.connect(address));
      assertThat(failure.code()).isEqualTo("ECONNREFUSED");
      assertThat(failure.syscall()).isEqualTo("connect");
      assertThat(failure.address()).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource(UNIX)
  void C2_connectingToAPathOfNothingFailsAtOnce(TransportSetting setting) {
    try (TransportRig rig = new TransportRig(setting)) {
      NetException failure = failureOf(() -> rig.transport.connect(rig.freePlace()));
      assertThat(failure.code()).isEqualTo("ENOENT");
    }
  }

  @ParameterizedTest
  @MethodSource(UNIX)
  void C2_connectingToAStaleSocketFileFailsAtOnce(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      SocketAddress address = listener.localAddress();
      rig.close(listener);
      NetException failure = failureOf(() -> rig.transport.connect(address));
      assertThat(failure.code()).isEqualTo("ECONNREFUSED");
    }
  }

  @ParameterizedTest
  @MethodSource(UNIX)
  void connectingToAUnixSocketWhoseBacklogIsFullFailsAtOnce(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.keep(rig.transport.listen(rig.freePlace(), 1, false));
      NetException failure = null;
      for (int i = 0; i < 10 && failure == null; i++) {
        failure = failureOf(() -> rig.keep(rig.transport.connect(listener.localAddress())));
      }
      assertThat(failure.code()).isEqualTo("EAGAIN");
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void F9_connectingToAFullBacklogIsNotToldAndCanBeGivenUp(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.keep(rig.transport.listen(rig.freePlace(), 1, false));
      long before = TransportRig.descriptors();
      List<Socket> sockets = new ArrayList<>();
      List<SocketLog> logs = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Socket socket = rig.keep(rig.transport.connect(listener.localAddress()));
        SocketLog log = new SocketLog();
        log.onWritable = () -> TransportRig.unchecked(() -> finish(socket));
        socket.handler(log);
        sockets.add(socket);
        logs.add(log);
      }
      rig.pollSomeTimes();
      assertThat(logs).anyMatch(log -> log.calls() == 0).anyMatch(log -> log.writable > 0);
      sockets.forEach(rig::close);
      assertThat(TransportRig.descriptors()).isEqualTo(before);
    }
  }

  private static Object finish(Socket socket) throws NetException {
    socket.finishConnect();
    return socket;
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void C2_anUnreachableAddressIsAnErrorAndLeavesNoDescriptor(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      long before = TransportRig.descriptors();
      // TCP never connects to the broadcast address: nothing leaves this machine.
      NetException failure = failureOf(() -> rig.connect(tcp("255.255.255.255", 7)));
      assertThat(failure.code()).isIn("ENETUNREACH", "EACCES");
      assertThat(failure.address()).isEqualTo("255.255.255.255");
      assertThat(TransportRig.descriptors()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void C2_aSocketThatCouldNotConnectLeavesNoDescriptor(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      SocketAddress address = listener.localAddress();
      rig.close(listener);
      long before = TransportRig.descriptors();
      try {
        Socket socket = rig.keep(rig.transport.connect(address));
        SocketLog log = new SocketLog();
        socket.handler(log);
        rig.pollUntil("the outcome", () -> log.writable > 0);
        assertThat(failureOf(() -> finish(socket))).isNotNull();
        rig.close(socket);
      } catch (NetException atOnce) {
        assertThat(atOnce.code()).isEqualTo("ECONNREFUSED");
      }
      assertThat(TransportRig.descriptors()).isEqualTo(before);
    }
  }

  // Listening.

  @ParameterizedTest
  @MethodSource(ALL)
  void S9_anAddressInUseIsAnErrorAndLeavesNoDescriptor(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      SocketAddress taken = rig.listen().localAddress();
      long before = TransportRig.descriptors();
      NetException failure = failureOf(() -> rig.listen(taken));
      assertThat(failure.code()).isEqualTo("EADDRINUSE");
      assertThat(failure.syscall()).isEqualTo("listen");
      assertThat(TransportRig.descriptors()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void S9_aForeignAddressIsAnError(TransportSetting setting) {
    try (TransportRig rig = new TransportRig(setting)) {
      NetException failure = failureOf(() -> rig.listen(tcp("192.0.2.1", 0)));
      assertThat(failure.code()).isEqualTo("EADDRNOTAVAIL");
    }
  }

  @ParameterizedTest
  @MethodSource(UNIX)
  void F5_badPathsAreErrors(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      var missing = UnixDomainSocketAddress.of(rig.path("missing").resolve("s"));
      assertThat(failureOf(() -> rig.listen(missing)).code()).isEqualTo("ENOENT");
      var tooLong = UnixDomainSocketAddress.of(rig.path("x".repeat(200)));
      assertThat(failureOf(() -> rig.listen(tooLong)).code()).isEqualTo("ENAMETOOLONG");
      assertThat(failureOf(() -> rig.transport.connect(tooLong)).code()).isEqualTo("ENAMETOOLONG");
      var none = UnixDomainSocketAddress.of("");
      assertThat(failureOf(() -> rig.listen(none)).code()).isEqualTo("ENOENT");
      assertThat(failureOf(() -> rig.transport.connect(none)).code()).isEqualTo("ENOENT");
    }
  }

  @ParameterizedTest
  @MethodSource(UNIX)
  void S2_closingLeavesTheSocketFileToWhoeverOwnsIt(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      var address = (UnixDomainSocketAddress) listener.localAddress();
      rig.close(listener);
      assertThat(Files.exists(address.getPath())).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void twoThatBothReuseAPortMayListenThere(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener one = rig.keep(rig.transport.listen(rig.freePlace(), 5, /* reusePort= */ true));
      Listener two = rig.keep(rig.transport.listen(one.localAddress(), 5, /* reusePort= */ true));
      assertThat(two.localAddress()).isEqualTo(one.localAddress());
      assertThat(failureOf(() -> rig.listen(one.localAddress())).code()).isEqualTo("EADDRINUSE");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void S5_anAddressIsFreeAgainWhenItsListenerIsClosedByAHandlerToo(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      SocketAddress address = listener.localAddress();
      Listener[] next = {null};
      listener.handler(
          () ->
              TransportRig.unchecked(
                  () -> {
                    rig.close(listener);
                    if (address instanceof UnixDomainSocketAddress unix) {
                      Files.delete(unix.getPath());
                    }
                    next[0] = rig.listen(address);
                    return next[0];
                  }));
      listener.want(true);
      rig.dial(address);
      rig.pollUntil("a connection waits", () -> next[0] != null);
      assertThat(next[0].localAddress()).isEqualTo(address);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void theDescriptorOfAListenerIsFreeWhenCloseReturns(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      long before = TransportRig.descriptors();
      Listener listener = rig.listen();
      listener.handler(() -> {});
      listener.want(true);
      rig.pollSomeTimes();
      rig.close(listener);
      assertThat(TransportRig.descriptors()).isEqualTo(before);
    }
  }

  // Accepting.

  @ParameterizedTest
  @MethodSource(ALL)
  void acceptGivesNothingWhenNoConnectionWaits(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      assertThat(rig.listen().accept()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aWaitingConnectionIsToldWhileItIsWantedAndNotAccepted(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      int[] told = {0};
      listener.handler(() -> told[0]++);
      rig.dial(listener.localAddress());
      rig.pollSomeTimes();
      assertThat(told[0]).isZero();
      listener.want(true);
      rig.pollUntil("told three times", () -> told[0] >= 3);
      listener.want(false);
      int before = told[0];
      rig.pollSomeTimes();
      assertThat(told[0]).isEqualTo(before);
      listener.want(true);
      rig.transport.register(rig.keep(listener.accept()));
      rig.pollSomeTimes();
      assertThat(told[0]).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anAcceptedSocketMayBeClosedUnregistered(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      FarEnd far = rig.dial(listener.localAddress());
      int[] told = {0};
      listener.handler(() -> told[0]++);
      listener.want(true);
      rig.pollUntil("a connection waits", () -> told[0] > 0);
      long before = TransportRig.descriptors();
      Socket accepted = listener.accept();
      assertThat(accepted.remoteAddress()).isNotNull();
      accepted.close();
      far.awaitEnd();
      assertThat(TransportRig.descriptors()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(KERNELS)
  void C11_aConnectionThatWasResetBeforeItIsAcceptedDoesNoHarm(TransportSetting setting)
      throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen();
      rig.dial(listener.localAddress()).reset();
      FarEnd good = rig.dial(listener.localAddress());
      listener.handler(() -> {});
      boolean[] served = {false};
      rig.pollUntil(
          "the next is served",
          () -> {
            TransportRig.unchecked(
                () -> {
                  Socket socket = listener.accept();
                  if (socket != null) {
                    served[0] = isOf((ChannelFarEnd) good, socket) || served[0];
                    rig.keep(socket);
                  }
                  return served;
                });
            return served[0];
          });
    }
  }

  /** UNIX clients have no names: there the second that comes is the good one. */
  private static boolean isOf(ChannelFarEnd far, Socket socket) throws java.io.IOException {
    return far.localAddress().equals(socket.remoteAddress());
  }

  // Addresses.

  @ParameterizedTest
  @MethodSource(KERNELS)
  void addressesAreThoseThatThePeerSees(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      TransportRig.Pair pair = rig.pair();
      ChannelFarEnd far = (ChannelFarEnd) pair.far();
      assertThat(pair.socket().remoteAddress()).isEqualTo(far.localAddress());
      assertThat(pair.socket().localAddress()).isEqualTo(far.remoteAddress());
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void S1_listeningOnAllIpv4AddressesStaysIpv4(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen(tcp("0.0.0.0", 0));
      InetSocketAddress bound = (InetSocketAddress) listener.localAddress();
      assertThat(bound.getAddress().getHostAddress()).isEqualTo("0.0.0.0");
      assertThat(failureOf(() -> rig.connect(tcp("::1", bound.getPort()))).code())
          .isEqualTo("ECONNREFUSED");
    }
  }

  @ParameterizedTest
  @MethodSource(TCP)
  void listeningOnAllIpv6AddressesTakesIpv4Too(TransportSetting setting) throws Exception {
    try (TransportRig rig = new TransportRig(setting)) {
      Listener listener = rig.listen(tcp("::", 0));
      int port = ((InetSocketAddress) listener.localAddress()).getPort();
      Socket near = rig.connect(tcp("127.0.0.1", port));
      assertThat(rig.accept(listener).remoteAddress()).isEqualTo(near.localAddress());
      rig.connect(tcp("::1", port));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void bothFamiliesConnectOnEveryTransport(String ip) throws Exception {
    for (TransportSetting setting : TransportSetting.overTcp().toList()) {
      try (TransportRig rig = new TransportRig(setting)) {
        Listener listener = rig.listen(tcp(ip, 0));
        Socket near = rig.connect(listener.localAddress());
        assertThat(near.remoteAddress()).isEqualTo(listener.localAddress());
      }
    }
  }
}
