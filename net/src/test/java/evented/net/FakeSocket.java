package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in memory. A call that the contract of {@link Socket} forbids fails the
 * test.
 */
final class FakeSocket implements Socket {
  /** How many bytes each {@code write} offered, in order. */
  final List<Integer> writes = new ArrayList<>();

  /** The first arguments of {@code want}, without repetitions. */
  final List<Boolean> readingWants = new ArrayList<>();

  final FakePipe in;
  final FakePipe out;

  private final SocketAddress local;
  private final SocketAddress remote;
  private @Nullable FakeTransport transport; // null until it is registered
  private final FakeTransport acceptor;
  private @Nullable Handler handler;
  private boolean connecting;
  private long outcomeTime;
  private boolean watched; // something was wanted, if only nothing
  private boolean wantsRead;
  private boolean wantsWrite;
  private boolean inputDone; // FIN or a failure was read
  private boolean finSent;
  private boolean hangUpTold;
  private boolean reset;
  private boolean resetTold;
  private boolean closed;

  private FakeSocket(
      FakeTransport acceptor,
      FakePipe in,
      FakePipe out,
      SocketAddress local,
      SocketAddress remote) {
    this.acceptor = acceptor;
    this.in = in;
    this.out = out;
    this.local = local;
    this.remote = remote;
  }

  static FakeSocket connecting(FakeTransport transport, SocketAddress local, SocketAddress remote) {
    FakeSocket socket = new FakeSocket(transport, new FakePipe(), new FakePipe(), local, remote);
    socket.transport = transport;
    socket.connecting = true;
    socket.outcomeTime = transport.network.newOutcomeTime();
    return socket;
  }

  static FakeSocket accepted(
      FakeTransport acceptor,
      FakePipe in,
      FakePipe out,
      SocketAddress local,
      SocketAddress remote) {
    return new FakeSocket(acceptor, in, out, local, remote);
  }

  // What the test calls.

  boolean isClosed() {
    return closed;
  }

  boolean wantsRead() {
    return wantsRead;
  }

  boolean wantsWrite() {
    return wantsWrite;
  }

  /** The peer resets the connection: what it sent before can still be read. */
  void reset() {
    reset = true;
    in.readFailure = ErrorCode.ECONNRESET;
    out.writeFailure = ErrorCode.EPIPE;
  }

  // What the transport calls.

  void register(FakeTransport transport) {
    if (closed || this.transport != null) {
      throw new AssertionError(closed ? "registered when closed" : "registered twice");
    }
    this.transport = transport;
  }

  boolean isReady() {
    if (connecting) {
      return isConnectReady();
    }
    return isReadReady() || isWriteReady() || isResetNews() || isHangUpNews();
  }

  private boolean isConnectReady() {
    FakeNetwork network = acceptor.network;
    return handler != null
        && network.getAsLong() - outcomeTime >= 0
        && network.isOutcomeKnown(remote);
  }

  private boolean isReadReady() {
    return wantsRead && !inputDone && in.isReadable();
  }

  private boolean isWriteReady() {
    return wantsWrite && out.isWritable();
  }

  private boolean isWatchedForHangUps() {
    return watched && transport != null && transport.tellsHangUps;
  }

  private boolean isResetNews() {
    return isWatchedForHangUps() && reset && !resetTold && in.readFailure != null;
  }

  private boolean isHangUpNews() {
    return isWatchedForHangUps() && in.fin && !hangUpTold && !wantsRead && !inputDone;
  }

  /** What is to be told of now, though handlers of others may change the state before it is. */
  Runnable serving() {
    boolean readable = isReadReady();
    boolean writable = connecting || isWriteReady();
    return () -> serve(readable, writable);
  }

  private void serve(boolean readable, boolean writable) {
    if (connecting && !closed) {
      handler.writable();
      return;
    }
    if (readable && !closed && wantsRead) {
      handler.readable();
    }
    if (writable && !closed && wantsWrite) {
      handler.writable();
    }
    if (!closed && isResetNews()) {
      ErrorCode failure = in.readFailure;
      resetTold = true;
      hangUpTold = true;
      in.readFailure = null; // the kernel tells it once
      in.fin = true;
      handler.hungUp(NetException.of("read", failure, null, null));
    } else if (!closed && isHangUpNews()) {
      hangUpTold = true;
      handler.hungUp(null);
    }
  }

  /** Resets the connection, which no one has accepted. */
  void abandon() {
    closed = true;
    out.readFailure = ErrorCode.ECONNRESET;
    in.writeFailure = ErrorCode.EPIPE;
  }

  // What the engine calls.

  private void checkOpen() {
    if (transport == null) {
      throw new AssertionError("not registered");
    }
    transport.checkInLoop();
    if (closed) {
      throw new AssertionError("the socket is closed");
    }
  }

  private void checkConnected() {
    checkOpen();
    if (connecting) {
      throw new AssertionError("not connected");
    }
  }

  @Override
  public void handler(Handler handler) {
    checkOpen();
    this.handler = handler;
  }

  @Override
  public void finishConnect() throws NetException {
    checkOpen();
    if (!connecting || !isConnectReady()) {
      throw new AssertionError("nothing to finish");
    }
    ErrorCode failure = acceptor.network.establish(this, local, remote);
    if (failure != null) {
      throw NetException.of("connect", failure, remote, null);
    }
    connecting = false;
  }

  @Override
  public int read(ByteBuffer into) throws NetException {
    checkConnected();
    if (!into.hasRemaining()) {
      throw new AssertionError("no room to read into");
    }
    if (in.size() > 0) {
      return in.take(into);
    }
    ErrorCode failure = in.readFailure;
    if (failure != null) {
      in.readFailure = null;
      in.fin = true;
      inputDone = true;
      throw NetException.of("read", failure, null, null);
    }
    inputDone |= in.fin;
    return in.fin ? -1 : 0;
  }

  @Override
  public int write(ByteBuffer bytes) throws NetException {
    checkConnected();
    if (finSent) {
      throw new AssertionError("write after shutdownOutput");
    }
    writes.add(bytes.remaining());
    if (out.writeFailure != null) {
      throw NetException.of("write", out.writeFailure, null, null);
    }
    return out.put(bytes);
  }

  @Override
  public void want(boolean read, boolean write) {
    checkOpen();
    if (handler == null) {
      throw new AssertionError("want before handler");
    }
    watched = true;
    if (readingWants.isEmpty() || read != wantsRead) {
      readingWants.add(read);
    }
    wantsRead = read;
    wantsWrite = write;
  }

  @Override
  public void shutdownOutput() {
    checkConnected();
    if (finSent) {
      throw new AssertionError("shutdownOutput twice");
    }
    finSent = true;
    out.fin = true;
  }

  @Override
  public void close() {
    acceptor.checkInLoop();
    if (closed) {
      throw new AssertionError("closed twice");
    }
    closed = true;
    out.fin = true;
    if (in.size() > 0) {
      out.readFailure = ErrorCode.ECONNRESET; // what was not read makes it a reset
    }
    in.writeFailure = ErrorCode.EPIPE;
    if (transport != null) {
      transport.remove(this);
    }
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    return closed ? null : local;
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return closed ? null : remote;
  }

  @Override
  public int descriptor() {
    return -1;
  }

  @Override
  public void setNoDelay(boolean on) {
    checkOpen();
  }

  @Override
  public void setKeepAlive(boolean on, int idleSeconds) {
    checkOpen();
  }

  @Override
  public String toString() {
    return "socket from " + local + " to " + remote;
  }
}
