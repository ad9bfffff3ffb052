package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A TCP or UNIX stream socket.
 *
 * <p>What the kernel watches it for follows from the fields, in {@link #mask}. A connection that is
 * down for good makes every wait return at once; so from then on it is watched only while someone
 * wants what it still has.
 */
final class EpollSocket extends EpollDescriptor implements Socket {
  private static final int HANG_UP = Linux.EPOLLRDHUP | Linux.EPOLLHUP | Linux.EPOLLERR;

  private final boolean tcp;
  private byte @Nullable [] remoteBytes; // until someone asks for the address
  private @Nullable SocketAddress remoteAddress;
  private @Nullable Handler handler;

  private boolean connecting;
  private boolean wantsRead;
  private boolean wantsWrite;
  private boolean inputDone; // FIN or a failure was read
  private boolean outputDone; // a write has failed
  private boolean down; // neither direction works any more
  private boolean hangUpTold;
  private boolean failureTold;

  private EpollSocket(EpollSet set, int descriptor, boolean tcp, boolean shared) {
    super(set, descriptor, shared);
    this.tcp = tcp;
  }

  /** A socket that has begun to connect to {@code remote}. */
  static EpollSocket connecting(EpollSet set, int descriptor, SocketAddress remote) {
    boolean tcp = EpollAddress.family(remote) != Linux.AF_UNIX;
    EpollSocket socket = new EpollSocket(set, descriptor, tcp, /* shared= */ false);
    socket.remoteAddress = remote;
    socket.connecting = true;
    set.changed(socket);
    return socket;
  }

  static EpollSocket accepted(EpollSet set, int descriptor, boolean tcp, byte[] remoteBytes) {
    EpollSocket socket = new EpollSocket(set, descriptor, tcp, /* shared= */ false);
    socket.remoteBytes = remoteBytes;
    return socket;
  }

  static EpollSocket adopted(EpollSet set, int descriptor, boolean tcp, byte[] remoteBytes) {
    EpollSocket socket = new EpollSocket(set, descriptor, tcp, /* shared= */ true);
    socket.remoteBytes = remoteBytes;
    return socket;
  }

  @Override
  public void handler(Handler handler) {
    this.handler = handler;
  }

  // Bytes.

  @Override
  public int read(ByteBuffer into) throws NetException {
    if (!into.hasRemaining()) {
      throw new IllegalArgumentException("there is no room to read into");
    }
    if (isClosed()) {
      return 0;
    }
    int count = set.libc.recv(descriptor, into);
    if (count > 0) {
      return count;
    }
    if (count == -Linux.EAGAIN || count == -Linux.EINTR) {
      return 0; // it is told again, should there be something
    }
    inputDone = true;
    set.changed(this);
    if (count == 0) {
      return -1;
    }
    throw EpollErrors.of("read", -count, /* address= */ null);
  }

  @Override
  public int write(ByteBuffer bytes) throws NetException {
    if (isClosed() || !bytes.hasRemaining()) {
      return 0;
    }
    int count = set.libc.send(descriptor, bytes);
    if (count >= 0) {
      return count;
    }
    if (count == -Linux.EAGAIN || count == -Linux.EINTR) {
      return 0;
    }
    outputDone = true;
    set.changed(this);
    throw EpollErrors.of("write", -count, /* address= */ null);
  }

  @Override
  public void shutdownOutput() throws NetException {
    if (isClosed()) {
      return;
    }
    int outcome = set.libc.shutdownOutput(descriptor);
    if (outcome < 0 && -outcome != ErrorCode.ENOTCONN.errno()) {
      throw EpollErrors.of("shutdown", -outcome, /* address= */ null);
    }
  }

  @Override
  public void finishConnect() throws NetException {
    if (isClosed() || !connecting) {
      return;
    }
    int error = failure();
    if (error != 0) {
      throw EpollErrors.of("connect", error, remoteAddress);
    }
    connecting = false;
    set.changed(this);
  }

  /** The errno with which the socket has failed; 0 if it has not. The kernel tells it once. */
  private int failure() {
    return Math.abs(set.libc.option(descriptor, Linux.SOL_SOCKET, Linux.SO_ERROR));
  }

  @Override
  public void resetOnClose() {
    if (!isClosed()) {
      EpollOptions.setNoLinger(descriptor);
    }
  }

  @Override
  public void close() {
    closeOnce();
  }

  // Readiness.

  @Override
  public void want(boolean read, boolean write) {
    if (read != wantsRead || write != wantsWrite || watched == UNWATCHED) {
      wantsRead = read;
      wantsWrite = write;
      set.changed(this);
    }
  }

  /** Takes part in the loop of {@code set} from now on. */
  void move(EpollSet set) {
    this.set = set;
  }

  @Override
  int mask() {
    if (connecting) {
      return Linux.EPOLLOUT;
    }
    int mask = wantsWrite && !outputDone ? Linux.EPOLLOUT : 0;
    if (wantsRead && !inputDone) {
      return mask | Linux.EPOLLIN;
    }
    if (down) {
      return mask == 0 ? UNWATCHED : mask;
    }
    return inputDone || hangUpTold ? mask : mask | Linux.EPOLLRDHUP;
  }

  @Override
  void ready(int events) {
    Handler handler = this.handler;
    if (handler == null) {
      return;
    }
    if (connecting) {
      handler.writable();
      return;
    }
    if ((events & Linux.EPOLLIN) != 0 && wantsRead && !inputDone) {
      handler.readable();
    }
    if ((events & Linux.EPOLLOUT) != 0 && wantsWrite && !outputDone && !isClosed()) {
      handler.writable();
    }
    if ((events & HANG_UP) != 0 && !isClosed()) {
      hangUp(handler, events);
    }
  }

  private void hangUp(Handler handler, int events) {
    if ((events & (Linux.EPOLLHUP | Linux.EPOLLERR)) == 0) {
      tellHangUp(handler);
      return;
    }
    int failure = failure();
    if (failure == 0 && wantsRead && !inputDone) {
      return; // both ends have sent FIN; the reader comes to the peer's by itself
    }
    down = true;
    set.changed(this);
    if (failure == 0) {
      tellHangUp(handler);
    } else if (!failureTold) {
      failureTold = true;
      hangUpTold = true;
      // To the kernel, a reset that follows the peer's FIN is a broken pipe.
      int told = failure == ErrorCode.EPIPE.errno() ? ErrorCode.ECONNRESET.errno() : failure;
      handler.hungUp(EpollErrors.of("read", told, /* address= */ null));
    }
  }

  private void tellHangUp(Handler handler) {
    if (!hangUpTold && !wantsRead && !inputDone) {
      hangUpTold = true;
      set.changed(this);
      handler.hungUp(null);
    }
  }

  @Override
  void refused(NetException cause) {
    down = true;
    inputDone = true;
    outputDone = true;
    failureTold = true;
    if (handler != null) {
      handler.hungUp(cause);
    }
  }

  // Addresses and options.

  @Override
  public @Nullable SocketAddress localAddress() {
    return isClosed() ? null : EpollOptions.localAddress(descriptor);
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    byte[] bytes = remoteBytes;
    if (bytes != null) {
      remoteAddress = EpollAddress.decode(bytes);
      remoteBytes = null;
    }
    return remoteAddress;
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public void setNoDelay(boolean on) {
    if (tcp && !isClosed()) {
      EpollOptions.setNoDelay(descriptor, on);
    }
  }

  @Override
  public void setKeepAlive(boolean on, int idleSeconds) {
    if (tcp && !isClosed()) {
      EpollOptions.setKeepAlive(descriptor, on, idleSeconds);
    }
  }
}
