package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS over another socket, with any {@link SSLEngine}. It shakes hands by itself; from {@link
 * Handler#secured} on it is a socket like every other.
 *
 * <pre>
 *   NEW ── start() ──► HANDSHAKE ──► SECURE ──► CLOSED
 *                          └───────► FAILED ──►
 * </pre>
 *
 * <p>All ciphertext passes through memory that the sockets of a loop thread share, and that counts
 * during one call only. So a connection that is idle holds no buffers but the engine's own.
 *
 * <p>Nothing here calls back but what the plain socket and the executor call. A callback always
 * comes last, since the handler may close this socket in it.
 */
final class TlsSocket implements Socket {
  /** What is called back: as by every socket, and how the handshake went, which comes first. */
  interface Handler extends Socket.Handler {
    /** The handshake is done: this is a socket now. */
    void secured();

    /** There will be no secure connection. The peer has been told why; what is left is to close. */
    void handshakeFailed(NetException cause);
  }

  private enum State {
    NEW,
    HANDSHAKE,
    SECURE,
    FAILED,
    CLOSED
  }

  private final Socket plain;
  private final SSLEngine engine;
  private final Executor loop;
  private final TlsOutput output;
  private final TlsInput input;
  private final TlsHandshake handshake;

  private State state = State.NEW;
  private @Nullable Handler handler;
  private @Nullable NetException failure; // of the handshake
  private @Nullable SSLSession session;
  private long began; // the handshake, by the clock that sessions are dated by
  private boolean halfCloses;
  private boolean wantsRead;
  private boolean wantsWrite;
  private boolean plainRead; // what the plain socket was told
  private boolean plainWrite;
  private boolean announced; // that readable() is due, whatever the kernel says

  /**
   * Lies over {@code plain}, of which it takes possession.
   *
   * @param engine a fresh one, which is {@linkplain TlsEngines#release released} by {@link #close}
   * @param scratch memory for ciphertext, 64 KiB or more, which others use between the calls
   * @param toleratesTruncation whether a peer may hang up without a close_notify
   * @param loop runs a task soon, on this thread
   */
  TlsSocket(
      Socket plain,
      SSLEngine engine,
      ByteBuffer scratch,
      boolean toleratesTruncation,
      Executor loop) {
    this.plain = plain;
    this.engine = engine;
    this.loop = loop;
    this.output = new TlsOutput(plain, engine, scratch);
    this.input = new TlsInput(plain, engine, scratch, output, toleratesTruncation);
    this.handshake = new TlsHandshake(engine, input, output);
  }

  /** Takes a {@link TlsSocket.Handler}. */
  @Override
  public void handler(Socket.Handler handler) {
    if (!(handler instanceof Handler secure)) {
      throw new IllegalArgumentException("the handler must be told of the handshake, too");
    }
    this.handler = secure;
  }

  /**
   * Begins the handshake. A client sends its hello at once.
   *
   * @param first bytes of the peer's that were read before
   */
  void start(List<Buffer> first) {
    plain.handler(new PlainHandler());
    plain.want(plainRead, plainWrite);
    state = State.HANDSHAKE;
    began = System.currentTimeMillis();
    input.add(first);
    if (shakeHands()) {
      loop.execute(this::tellOutcome);
    }
  }

  /** Goes on with the handshake; says whether it is over. */
  private boolean shakeHands() {
    try {
      if (handshake.proceed()) {
        session = engine.getSession();
        boolean old = !engine.getSession().getProtocol().equals("TLSv1.3");
        // RFC 5246 wants both directions closed together.
        halfCloses = !old && !TlsEngines.closesBothDirections(engine);
        input.secured(/* refusesHandshakes= */ old);
        state = State.SECURE;
      }
    } catch (SSLException e) {
      output.sendAlert();
      failure = TlsErrors.toNetException("handshake", e);
    } catch (NetException e) {
      failure = handshake.alertBehind(e);
    }
    if (failure != null) {
      state = State.FAILED;
    }
    updatePlain();
    return state != State.HANDSHAKE;
  }

  private void tellOutcome() {
    Handler handler = this.handler;
    if (handler == null) {
      return;
    }
    if (state == State.FAILED && failure != null) {
      handler.handshakeFailed(failure);
    } else if (state == State.SECURE) {
      handler.secured();
    }
  }

  /** The session, with the peer's certificates, from {@link Handler#secured} on for ever. */
  SSLSession session() {
    SSLSession session = this.session;
    if (session == null) {
      throw new IllegalStateException("the handshake is not done");
    }
    return session;
  }

  /** The application protocol that both sides have agreed on; null if there is none. */
  @Nullable String alpnProtocol() {
    String protocol = engine.getApplicationProtocol();
    return protocol == null || protocol.isEmpty() ? null : protocol;
  }

  /** The name that the client has sent; null if there is none. */
  @Nullable String serverName() {
    if (session() instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  /** Whether the session is older than this connection. */
  boolean isResumed() {
    return session().getCreationTime() < began;
  }

  // Reading.

  @Override
  public int read(ByteBuffer into) throws NetException {
    if (state != State.SECURE) {
      return 0;
    }
    try {
      return input.read(into);
    } finally {
      updatePlain();
      announce();
    }
  }

  /** What was taken from the kernel, the kernel does not announce again. */
  private void announce() {
    if (state == State.SECURE && wantsRead && !announced && input.hasMore()) {
      announced = true;
      loop.execute(this::readableAgain);
    }
  }

  private void readableAgain() {
    announced = false;
    Handler handler = this.handler;
    if (handler != null && state == State.SECURE && wantsRead && input.hasMore()) {
      announce(); // unless read by then
      handler.readable();
    }
  }

  // Writing.

  @Override
  public int write(ByteBuffer bytes) throws NetException {
    if (state != State.SECURE) {
      return 0;
    }
    try {
      return output.write(bytes);
    } catch (NetException e) {
      throw input.alertBehind(e);
    } finally {
      updatePlain();
    }
  }

  @Override
  public boolean flush() throws NetException {
    if (state != State.SECURE) {
      return true;
    }
    try {
      return output.flush();
    } catch (NetException e) {
      throw input.alertBehind(e);
    } finally {
      updatePlain();
    }
  }

  /** Sends close_notify, and then FIN. */
  @Override
  public void shutdownOutput() throws NetException {
    if (state != State.SECURE) {
      return;
    }
    try {
      output.shutDown();
    } catch (NetException e) {
      throw input.alertBehind(e);
    } finally {
      updatePlain();
    }
  }

  @Override
  public boolean halfCloses() {
    return halfCloses;
  }

  // Readiness.

  @Override
  public void want(boolean read, boolean write) {
    wantsRead = read;
    wantsWrite = write;
    updatePlain();
    announce();
  }

  private void updatePlain() {
    boolean blocked = output.isBlocked();
    boolean read = false;
    boolean write = false;
    if (state == State.HANDSHAKE) {
      read = handshake.wantsRead();
      write = blocked;
    } else if (state == State.SECURE) {
      read = wantsRead && input.isOpen();
      write = wantsWrite || blocked;
    }
    if (state != State.CLOSED && (read != plainRead || write != plainWrite)) {
      plainRead = read;
      plainWrite = write;
      plain.want(read, write);
    }
  }

  private final class PlainHandler implements Socket.Handler {
    @Override
    public void readable() {
      Handler handler = TlsSocket.this.handler;
      if (state == State.HANDSHAKE) {
        proceed();
      } else if (state == State.SECURE && wantsRead && handler != null) {
        handler.readable();
      }
    }

    @Override
    public void writable() {
      Handler handler = TlsSocket.this.handler;
      if (state == State.HANDSHAKE) {
        proceed();
      } else if (state == State.SECURE) {
        boolean flushed = flushed();
        updatePlain();
        if (flushed && wantsWrite && handler != null) {
          handler.writable();
        }
      }
    }

    private boolean flushed() {
      try {
        return output.flush();
      } catch (NetException e) {
        return true; // whoever writes next is told the same
      }
    }

    @Override
    public void hungUp(@Nullable NetException cause) {
      Handler handler = TlsSocket.this.handler;
      input.hungUp();
      if (state == State.HANDSHAKE) {
        proceed();
        if (state == State.HANDSHAKE) {
          failure = NetException.of("handshake", ErrorCode.ECONNRESET, null, /* cause= */ cause);
          state = State.FAILED;
          updatePlain();
          tellOutcome();
        }
      } else if (state == State.SECURE && handler != null) {
        handler.hungUp(cause);
      }
    }

    private void proceed() {
      if (shakeHands()) {
        tellOutcome();
      }
    }
  }

  // Closing.

  @Override
  public void resetOnClose() {
    plain.resetOnClose();
  }

  /** Closes without a close_notify, which would pass what was cut off for the whole. */
  @Override
  public void close() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      plain.close();
      input.clear();
      output.clear();
      TlsEngines.release(engine);
    }
  }

  // What the plain socket knows.

  @Override
  public void finishConnect() {}

  @Override
  public @Nullable SocketAddress localAddress() {
    return plain.localAddress();
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return plain.remoteAddress();
  }

  @Override
  public int descriptor() {
    return plain.descriptor();
  }

  @Override
  public void setNoDelay(boolean on) {
    plain.setNoDelay(on);
  }

  @Override
  public void setKeepAlive(boolean on, int idleSeconds) {
    plain.setKeepAlive(on, idleSeconds);
  }
}
