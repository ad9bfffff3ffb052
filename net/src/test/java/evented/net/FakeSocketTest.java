package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a test can do with a {@link FakeTransport}, and what it lets no engine do. */
@Tag("values")
class FakeSocketTest {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("192.0.2.1", 7);

  private final FakeNetwork network = new FakeNetwork();
  private final FakeTransport transport = new FakeTransport(network);
  private final SocketLog log = new SocketLog();

  private FakeSocket connecting() throws NetException {
    Socket socket = transport.connect(ADDRESS);
    socket.handler(log);
    return (FakeSocket) socket;
  }

  private FakeSocket connected() throws NetException {
    network.answer(ADDRESS);
    FakeSocket socket = connecting();
    socket.finishConnect();
    return socket;
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count);
  }

  // Connecting.

  @Test
  void connectingTakesTheTimeThatTheTestSays() throws Exception {
    network.answer(ADDRESS);
    network.connectNanos = 5;
    connecting();
    transport.poll(0);
    assertThat(log.writable).isZero();
    assertThat(network.nanosToNextOutcome()).isEqualTo(5);
    network.advance(5);
    transport.poll(0);
    assertThat(log.writable).isEqualTo(1);
    assertThat(network.nanosToNextOutcome()).isNegative();
  }

  @Test
  void nothingComesOfConnectingWhereNoOneAnswersUntilSomeoneDoes() throws Exception {
    network.ignore(ADDRESS);
    FakeSocket socket = connecting();
    network.advance(1_000_000_000_000L);
    assertThat(transport.isReady()).isFalse();
    network.refuse(ADDRESS, ErrorCode.EHOSTUNREACH);
    transport.poll(0);
    assertThat(log.writable).isEqualTo(1);
    assertThatThrownBy(socket::finishConnect).hasMessage("connect EHOSTUNREACH 192.0.2.1:7");
  }

  @Test
  void connectingAndListeningFailAtOnceWhereTheTestSaysSo() throws Exception {
    network.answer(ADDRESS);
    transport.failConnect(ErrorCode.EMFILE);
    transport.failListen(ErrorCode.EACCES);
    assertThatThrownBy(() -> transport.connect(ADDRESS)).hasMessage("connect EMFILE 192.0.2.1:7");
    assertThatThrownBy(() -> transport.listen(ADDRESS, 1, false))
        .hasMessage("listen EACCES 192.0.2.1:7");
    assertThat(transport.connect(ADDRESS)).isNotNull();
    assertThat(transport.listen(ADDRESS, 1, false)).isNotNull();
  }

  @Test
  void connectingWaitsForRoomInTheBacklog() throws Exception {
    Listener listener = transport.listen(ADDRESS, 1, false);
    FakeSocket first = connecting();
    first.finishConnect();
    connecting();
    transport.poll(0);
    assertThat(log.writable).isZero();
    assertThat(listener.accept()).isNotNull();
    transport.poll(0);
    assertThat(log.writable).isEqualTo(1);
  }

  @Test
  void acceptingFailsWhereTheTestSaysSoAndLosesNoConnection() throws Exception {
    Listener listener = transport.listen(ADDRESS, 1, false);
    network.dial(ADDRESS);
    network.listener(ADDRESS).failAccept(ErrorCode.ENOBUFS);
    assertThatThrownBy(listener::accept).hasMessage("accept ENOBUFS");
    assertThat(listener.accept()).isNotNull();
  }

  // Bytes.

  @Test
  void theKernelTakesNoMoreThanTheTestSays() throws Exception {
    FakeSocket socket = connected();
    FakePeer peer = network.nextPeer().limitKernelBuffer(3);
    assertThat(socket.write(bytes(5))).isEqualTo(3);
    socket.want(false, true);
    assertThat(transport.isReady()).isFalse();
    peer.takeBytes();
    transport.poll(0);
    assertThat(log.writable).isEqualTo(1);
    assertThat(socket.writes).containsExactly(5);
  }

  @Test
  void readingAndWritingFailWithTheCodeThatTheTestSays() throws Exception {
    FakeSocket socket = connected();
    network.nextPeer().send("x").failReads(ErrorCode.ETIMEDOUT).failWrites(ErrorCode.ENOBUFS);
    assertThat(socket.read(bytes(5))).isEqualTo(1);
    assertThatThrownBy(() -> socket.read(bytes(5))).hasMessage("read ETIMEDOUT");
    assertThatThrownBy(() -> socket.write(bytes(5))).hasMessage("write ENOBUFS");
  }

  @Test
  void aHangUpIsNotToldWhereTheTestSaysSo() throws Exception {
    transport.tellsHangUps = false;
    FakeSocket socket = connected();
    socket.want(false, false);
    network.nextPeer().reset();
    assertThat(transport.isReady()).isFalse();
  }

  @Test
  void closingWithUnreadBytesResetsThePeer() throws Exception {
    FakeSocket socket = connected();
    FakePeer peer = network.nextPeer().send("unread");
    socket.close();
    assertThat(peer.atEnd()).isFalse();
  }

  @Test
  void pollDoesNotSleepAndRemembersHowLongItShouldHave() {
    transport.poll(1_000_000_000_000L);
    assertThat(transport.lastSleepNanos).isEqualTo(1_000_000_000_000L);
  }

  // What no engine may do.

  private static void assertForbidden(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(AssertionError.class).hasMessage(message);
  }

  @Test
  void nothingMayBeDoneWithAClosedSocket() throws Exception {
    FakeSocket socket = connected();
    socket.close();
    assertForbidden(() -> socket.read(bytes(1)), "the socket is closed");
    assertForbidden(() -> socket.write(bytes(1)), "the socket is closed");
    assertForbidden(() -> socket.want(true, true), "the socket is closed");
    assertForbidden(socket::shutdownOutput, "the socket is closed");
    assertForbidden(() -> socket.setNoDelay(true), "the socket is closed");
    assertForbidden(socket::close, "closed twice");
  }

  @Test
  void nothingMayBeWrittenAfterFin() throws Exception {
    FakeSocket socket = connected();
    socket.shutdownOutput();
    assertForbidden(() -> socket.write(bytes(1)), "write after shutdownOutput");
    assertForbidden(socket::shutdownOutput, "shutdownOutput twice");
  }

  @Test
  void thereMustBeRoomToReadInto() throws Exception {
    FakeSocket socket = connected();
    assertForbidden(() -> socket.read(bytes(0)), "no room to read into");
  }

  @Test
  void noBytesPassBeforeTheSocketIsConnected() throws Exception {
    network.ignore(ADDRESS);
    FakeSocket socket = connecting();
    assertForbidden(() -> socket.read(bytes(1)), "not connected");
    assertForbidden(() -> socket.write(bytes(1)), "not connected");
    assertForbidden(socket::finishConnect, "nothing to finish");
  }

  @Test
  void anAcceptedSocketIsRegisteredFirstAndOnce() throws Exception {
    Listener listener = transport.listen(ADDRESS, 1, false);
    network.dial(ADDRESS);
    Socket socket = listener.accept();
    assertForbidden(() -> socket.read(bytes(1)), "not registered");
    transport.register(socket);
    assertForbidden(() -> transport.register(socket), "registered twice");
  }

  @Test
  void theHandlerComesBeforeTheWants() throws Exception {
    Listener listener = transport.listen(ADDRESS, 1, false);
    assertForbidden(() -> listener.want(true), "want before handler");
    Socket socket = transport.connect(ADDRESS);
    assertForbidden(() -> socket.want(true, false), "want before handler");
  }

  @Test
  void onlyTheLoopThreadMayCall() throws Exception {
    FakeSocket socket = connected();
    Throwable[] thrown = new Throwable[2];
    Thread other =
        new Thread(
            () -> {
              thrown[0] = catchThrowable(() -> socket.read(bytes(1)));
              thrown[1] = catchThrowable(() -> transport.poll(0));
              transport.wakeUp();
            });
    other.start();
    other.join();
    assertThat(thrown[0]).isInstanceOf(AssertionError.class).hasMessage("not on the loop thread");
    assertThat(thrown[1]).isInstanceOf(AssertionError.class).hasMessage("not on the loop thread");
    assertThat(transport.wakeUps).isEqualTo(1);
  }

  @Test
  void pollIsNotCalledByAHandler() throws Exception {
    FakeSocket socket = connected();
    log.onWritable = () -> transport.poll(0);
    socket.want(false, true);
    assertForbidden(() -> transport.poll(0), "poll within poll");
  }

  @Test
  void aTransportIsClosedLast() throws Exception {
    FakeSocket socket = connected();
    assertThatThrownBy(transport::close).isInstanceOf(AssertionError.class);
    socket.close();
    transport.close();
    assertThat(transport.isClosed()).isTrue();
    assertForbidden(() -> transport.poll(0), "the transport is closed");
  }
}
