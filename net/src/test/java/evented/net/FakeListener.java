package evented.net;

import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A listening socket of a {@link FakeTransport}. */
final class FakeListener implements Listener {
  private final FakeTransport transport;
  private final int backlog;
  private final Queue<FakeSocket> waiting = new ArrayDeque<>();
  private final Queue<ErrorCode> failures = new ArrayDeque<>();
  private @Nullable SocketAddress bound;
  private @Nullable Handler handler;
  private boolean wanted;
  private boolean inVain;
  private int accepts;
  private boolean closed;

  FakeListener(FakeTransport transport, int backlog) {
    this.transport = transport;
    this.backlog = backlog;
  }

  // What the test calls.

  /** Has the next call of {@code accept} fail; what waits goes on waiting. */
  FakeListener failAccept(ErrorCode code) {
    failures.add(code);
    return this;
  }

  /** Announces a connection that is gone by the time it is accepted. */
  void announceInVain() {
    inVain = true;
  }

  /** How often {@code accept} was called. */
  int accepts() {
    return accepts;
  }

  // What the network and the transport call.

  boolean bind(SocketAddress local) {
    bound = transport.network.bind(local, this);
    return bound != null;
  }

  boolean hasRoom() {
    return waiting.size() < backlog;
  }

  /** A connection is established, and waits to be accepted. */
  FakeSocket enqueue(FakePipe in, FakePipe out, SocketAddress remote) {
    FakeSocket socket = FakeSocket.accepted(transport, in, out, bound, remote);
    waiting.add(socket);
    return socket;
  }

  boolean isReady() {
    return wanted && !closed && (inVain || !waiting.isEmpty() || !failures.isEmpty());
  }

  void serve() {
    if (isReady()) {
      handler.acceptable();
    }
  }

  private void checkOpen() {
    transport.checkInLoop();
    if (closed) {
      throw new AssertionError("the listener is closed");
    }
  }

  // What the engine calls.

  @Override
  public void handler(Handler handler) {
    checkOpen();
    this.handler = handler;
  }

  @Override
  public @Nullable Socket accept() throws NetException {
    checkOpen();
    accepts++;
    inVain = false;
    ErrorCode failure = failures.poll();
    if (failure != null) {
      throw NetException.of("accept", failure, null, null);
    }
    return waiting.poll();
  }

  @Override
  public void want(boolean accept) {
    checkOpen();
    if (handler == null) {
      throw new AssertionError("want before handler");
    }
    wanted = accept;
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    return closed ? null : bound;
  }

  @Override
  public int descriptor() {
    return -1;
  }

  /** Resets the connections that wait, as a kernel does. */
  @Override
  public void close() {
    checkOpen();
    closed = true;
    transport.network.unbind(bound);
    transport.remove(this);
    waiting.forEach(FakeSocket::abandon);
    waiting.clear();
  }

  @Override
  public String toString() {
    return "listener at " + bound;
  }
}
