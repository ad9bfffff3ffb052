package evented.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** One {@link TlsSocket} with a handler that sends what it is told to and keeps what it gets. */
final class TlsPeer implements TlsSocket.Handler {
  final TlsSocket socket;
  final SSLEngine engine;

  /** What happened, in order. */
  final List<String> events = new ArrayList<>();

  NetException error;

  /** How much room one read offers. */
  int room = 64 * 1024;

  /** Sends FIN when all is sent. */
  boolean endsWhenSent;

  boolean pauseAfterRead;

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private ByteBuffer toSend = ByteBuffer.allocate(0);
  private boolean reads = true;
  private boolean ended;
  private boolean shutDown;
  private boolean unflushed;

  private TlsPeer(MemoryNetwork network, Socket plain, SSLEngine engine) {
    this.engine = engine;
    this.socket = new TlsSocket(plain, engine, ByteBuffer.allocate(64 * 1024), false, network);
    socket.handler(this);
    network.atEnd(socket::close);
  }

  static TlsPeer client(MemoryNetwork network, Credentials credentials) throws NetException {
    return new TlsPeer(
        network, network.left, credentials.engines().newEngine(true, "localhost", 8124));
  }

  static TlsPeer server(MemoryNetwork network, Credentials credentials) throws NetException {
    return new TlsPeer(network, network.right, credentials.engines().newEngine(false, null, -1));
  }

  TlsPeer start() {
    socket.start(List.of());
    return this;
  }

  boolean isSecure() {
    return events.contains("secured");
  }

  boolean hasFailed() {
    return error != null;
  }

  boolean hasEnded() {
    return ended;
  }

  byte[] received() {
    return received.toByteArray();
  }

  int receivedLength() {
    return received.size();
  }

  String text() {
    return received.toString(StandardCharsets.UTF_8);
  }

  void pause() {
    reads = false;
    updateInterest();
  }

  void resume() {
    reads = true;
    updateInterest();
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) {
    toSend = ByteBuffer.wrap(bytes);
    writable();
  }

  void end() {
    endsWhenSent = true;
    writable();
  }

  private void updateInterest() {
    boolean fine = error == null;
    socket.want(fine && reads && !ended, fine && (toSend.hasRemaining() || unflushed));
  }

  @Override
  public void secured() {
    events.add("secured");
    writable();
  }

  @Override
  public void handshakeFailed(NetException cause) {
    error = cause;
    events.add("failed " + cause.code());
  }

  @Override
  public void readable() {
    ByteBuffer into = ByteBuffer.allocate(room);
    try {
      int count = socket.read(into);
      received.write(into.array(), 0, into.position());
      if (count >= 0 && count != into.position()) {
        throw new AssertionError(count + " is not what was read: " + into.position());
      }
      if (count < 0) {
        ended = true;
        events.add("end");
      }
    } catch (NetException e) {
      fail(e);
    }
    reads &= !pauseAfterRead;
    updateInterest();
  }

  @Override
  public void writable() {
    if (!isSecure() || error != null) {
      return;
    }
    try {
      unflushed = false;
      if (toSend.hasRemaining()) {
        int before = toSend.position();
        int taken = socket.write(toSend);
        if (taken != toSend.position() - before) {
          throw new AssertionError(taken + " is not what was taken");
        }
      }
      if (!toSend.hasRemaining() && socket.flush() && endsWhenSent && !shutDown) {
        shutDown = true;
        socket.shutdownOutput();
      }
      unflushed = !socket.flush();
    } catch (NetException e) {
      fail(e);
    }
    updateInterest();
  }

  private void fail(NetException e) {
    error = e;
    events.add("error " + e.code());
  }

  @Override
  public void hungUp(NetException cause) {
    events.add("hungUp " + (cause == null ? null : cause.code()));
  }
}
