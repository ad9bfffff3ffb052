package evented.net;

import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One life of a {@link Stream}, from {@code connect} or {@code accept} to {@code close}. A stream
 * that connects again gets a new one, so that nothing of the old connection can leak into the new.
 *
 * <pre>
 *             connect()        established            own end()
 *   (fresh) ─────────► opening ─────────► open ───────────────────► readOnly
 *      ▲                  │                │ peer's FIN                 │ peer's FIN
 *      │                  │ refused        ▼                            ▼
 *      │                  │            writeOnly ──────────────────►  closed ──► event close
 *      │                  │                       own end()             ▲
 *      │                  └────────────── destroy(), error ─────────────┘
 *      └── connect() on a closed stream begins with a fresh session
 * </pre>
 *
 * <p>Fields marked volatile are read by any thread; all else belongs to the loop thread.
 */
final class Session
    implements LegacyTransport.ConnectionEvents, LegacyTransport.Accepted, LoopThread.Member {
  /** How long a failed write waits for bytes that had arrived before it, in milliseconds. */
  private static final long LAST_BYTES_MILLIS = 100;

  /** How long data that no one has claimed is kept after the peer has ended, in milliseconds. */
  private static final long UNCLAIMED_MILLIS = 2000;

  final Stream stream;
  private final LoopThread thread;
  private final @Nullable Server server;
  final Inbox inbox;
  final Outbox outbox;

  /** {@code connect} was called, or the connection was accepted. */
  volatile boolean begun;

  /** The connection is established, or was. */
  private volatile boolean established;

  /** {@code data} may still come. */
  private volatile boolean readable;

  /** {@code write} may still send. */
  private volatile boolean writable;

  /** The user has called {@code end}. */
  volatile boolean ended;

  /** Nothing more happens but {@code close}, perhaps with {@code error} before it. */
  private volatile boolean over;

  /** {@code destroy} was called; {@link #over} follows when the loop carries it out. */
  private volatile boolean doomed;

  private volatile @Nullable SocketAddress localAddress;
  private volatile @Nullable SocketAddress remoteAddress;
  private volatile LegacyTransport.@Nullable Connection connection;

  /** {@code setSecure} was called. */
  private volatile boolean secureRequested;

  /** The handshake is done. */
  private volatile boolean secure;

  private volatile @Nullable Credentials credentials;
  private volatile @Nullable SSLSession tlsSession;
  private volatile @Nullable String alpnProtocol;

  private @Nullable Connector connector;
  private @Nullable String host; // that the user has named
  private boolean emittedConnect;
  private boolean emittedEnd;
  private boolean outputFinished; // all is in the kernel and FIN follows it
  private boolean finSent;
  private boolean wireClosing; // close() was called on the connection
  private boolean wireClosed;
  private boolean lastBytesAwaited;
  private boolean lastBytesTimedOut;
  private boolean givingUp;
  private boolean closeEmitted;
  private @Nullable NetException failure;
  private boolean failureReported;

  Session(Stream stream, LoopThread thread, @Nullable Server server) {
    this.stream = stream;
    this.thread = thread;
    this.server = server;
    this.inbox = new Inbox(this, thread);
    this.outbox = new Outbox(this, thread);
  }

  // Asked by any thread.

  ReadyState readyState() {
    if (isOver() || !begun) {
      return ReadyState.CLOSED;
    }
    if (!established) {
      return ReadyState.OPENING;
    }
    if (readable) {
      return writable ? ReadyState.OPEN : ReadyState.READ_ONLY;
    }
    return writable ? ReadyState.WRITE_ONLY : ReadyState.CLOSED;
  }

  boolean isOver() {
    return over || doomed;
  }

  boolean isReadable() {
    return !isOver() && readable;
  }

  boolean isWritable() {
    return !isOver() && writable;
  }

  /**
   * Whether the other side, an error or {@code destroy} has closed the writing half (semantics W5).
   */
  boolean refusesWrites() {
    // In this order: attach() sets writable first, and a write of another thread must not be lost
    // in between.
    return isOver() || (established && !writable);
  }

  boolean hasEmittedEnd() {
    return emittedEnd;
  }

  /** Marks this life as destroyed before the loop carries it out. */
  void doom() {
    doomed = true;
  }

  @Nullable SocketAddress localAddress() {
    return localAddress;
  }

  @Nullable SocketAddress remoteAddress() {
    return remoteAddress;
  }

  LegacyTransport.@Nullable Connection connection() {
    return connection;
  }

  /** The writing half is closed for the user: marks it before the loop carries it out. */
  void markEnded() {
    ended = true;
    writable = false;
  }

  // Opening.

  /** Begins to connect. */
  void connect(Endpoint endpoint) {
    if (over) {
      return; // destroyed before its turn came; close is on its way
    }
    stream.handle().activate();
    thread.join(this);
    stream.idleTimer().start();
    host = endpoint.host();
    Connector connector = new Connector(thread, endpoint, this);
    this.connector = connector;
    connector.start();
  }

  /** Takes over a descriptor that is connected already. */
  void adopt(int descriptor) {
    if (over) {
      return; // as in connect; the descriptor stays with whoever had it
    }
    thread.join(this);
    try {
      attach(thread.transport.adoptConnection(descriptor, this));
    } catch (NetException e) {
      finish(e);
      return;
    }
    thread.emit(this::begin);
  }

  @Override
  public void connected() {
    Connector connector = this.connector;
    this.connector = null;
    LegacyTransport.Connection connection = connector == null ? null : connector.connection();
    if (over || connection == null) {
      return;
    }
    attach(connection);
    thread.emit(this::begin);
  }

  @Override
  public void connectFailed(NetException cause) {
    Connector connector = this.connector;
    if (connector != null && !over) {
      connector.failed(cause);
    }
  }

  /** No address is left to try. */
  void openingFailed(NetException cause) {
    connector = null;
    finish(cause);
  }

  @Override
  public LegacyTransport transport() {
    return thread.transport;
  }

  @Override
  public LegacyTransport.ConnectionEvents events() {
    return this;
  }

  /** An accepted connection is registered with this session's loop thread. */
  @Override
  public void opened(LegacyTransport.Connection connection) {
    begun = true;
    stream.handle().activate();
    thread.join(this);
    attach(connection);
    if (server != null) {
      server.opened(this);
    }
  }

  private void attach(LegacyTransport.Connection connection) {
    localAddress = connection.localAddress();
    remoteAddress = connection.remoteAddress();
    this.connection = connection;
    readable = true;
    writable = !ended;
    established = true;
    stream.options().applyTo(connection);
  }

  /** Emits {@code connect} and lets bytes flow. */
  void begin() {
    LegacyTransport.Connection connection = this.connection;
    if (over || connection == null) {
      return;
    }
    emittedConnect = true;
    stream.idleTimer().start();
    stream.idleTimer().touch();
    outbox.open(connection);
    stream.emitOnce(this, "connect", null);
    if (!over) {
      inbox.open(connection);
      settle();
    }
  }

  // Reading.

  /** Whether data may be emitted now. */
  boolean flows() {
    return emittedConnect && !isOver() && stream.isClaimed() && !stream.isPaused();
  }

  @Override
  public LegacyTransport.@Nullable Connection passesThrough() {
    StreamPipe pipe = stream.onlyPipe();
    return pipe != null && inbox.isEmpty() && !inbox.isDiverted() && flows()
        ? pipe.directDestination()
        : null;
  }

  @Override
  public void passedThrough(int count, boolean calm) {
    stream.countRead(count);
    stream.idleTimer().touch();
    StreamPipe pipe = stream.onlyPipe();
    if (pipe != null) {
      pipe.passed(count, calm);
    }
  }

  @Override
  public int readBudget() {
    return inbox.budget();
  }

  @Override
  public void received(byte[] bytes) {
    if (over) {
      return;
    }
    stream.countRead(bytes.length);
    stream.idleTimer().touch();
    inbox.received(Buffer.owning(bytes));
  }

  @Override
  public void ended() {
    if (!over && !inbox.isOver()) {
      inbox.over();
      thread.emit(this::settle);
    }
  }

  @Override
  public void readFailed(NetException cause) {
    if (over || (inbox.isOver() && outputFinished)) {
      return;
    }
    inbox.over();
    fail(cause);
  }

  // Writing.

  @Override
  public void writeFailed(NetException cause) {
    if (!over) {
      fail(cause);
    }
  }

  @Override
  public void writable() {
    if (!over) {
      stream.idleTimer().touch();
      outbox.writable();
    }
  }

  void emitDrain() {
    if (!over) {
      stream.emit(this, "drain", null);
    }
  }

  /** Ends the writing half; what waits is sent first, then FIN. */
  void end() {
    if (!over) {
      writable = false;
      outbox.end();
    }
  }

  /** The last byte is in the kernel: FIN is due. */
  void outputFinished() {
    outputFinished = true;
    if (inbox.isOver() && emittedEnd) {
      finish(null); // closing the descriptor sends the FIN
    } else {
      sendFin();
    }
  }

  private void sendFin() {
    LegacyTransport.Connection connection = this.connection;
    if (connection != null && !finSent) {
      finSent = true;
      connection.shutdownOutput();
    }
    thread.emit(this::settle);
  }

  // TLS.

  /** Reserves the right to start TLS, for the calling thread alone. */
  synchronized void markSecure(Credentials credentials) {
    if (secureRequested) {
      throw new IllegalStateException("Stream is already secure");
    }
    if (isOver() || !begun || (established && !(readable && writable)) || ended) {
      throw new IllegalStateException("Stream is not open");
    }
    if (server != null && !credentials.canServe()) {
      throw new IllegalArgumentException(
          "credentials must have a key and a cert, since this side is the server");
    }
    secureRequested = true;
    this.credentials = credentials;
  }

  /** Begins TLS; see {@link Stream#setSecure(Credentials)}. */
  void secure(Credentials credentials) {
    if (over) {
      return;
    }
    inbox.divert();
    outbox.secure(
        () -> {
          LegacyTransport.Connection connection = this.connection;
          if (connection != null) {
            connection.startTls(credentials, server == null, host, inbox.diverted());
          }
        });
  }

  @Override
  public void secured() {
    LegacyTransport.Connection connection = this.connection;
    if (over || connection == null) {
      return;
    }
    tlsSession = connection.tlsSession();
    alpnProtocol = connection.alpnProtocol();
    secure = true;
    thread.emit(this::emitSecure);
  }

  private void emitSecure() {
    if (over) {
      return;
    }
    outbox.secured();
    stream.emitOnce(this, "secure", null);
  }

  @Override
  public void outputClosed() {
    if (over || outputFinished) {
      return;
    }
    boolean lost = outbox.bufferSize() > 0;
    writable = false;
    outbox.abandon();
    outputFinished = true;
    finSent = true;
    if (lost) {
      fail(NetException.of("write", ErrorCode.EPIPE, remoteAddress, /* cause= */ null));
    }
  }

  @Override
  public void secureFailed(NetException cause) {
    if (!over) {
      inbox.over();
      finish(cause);
    }
  }

  /** The session of TLS, with the peer's certificates. */
  SSLSession tlsSession() {
    SSLSession session = tlsSession;
    if (!secure || session == null) {
      throw new IllegalStateException("Stream is not a secure stream.");
    }
    return session;
  }

  /** What this stream was made secure with. */
  Credentials credentials() {
    Credentials used = credentials;
    if (!secure || used == null) {
      throw new IllegalStateException("Stream is not a secure stream.");
    }
    return used;
  }

  @Nullable String alpnProtocol() {
    return alpnProtocol;
  }

  boolean isClient() {
    return server == null;
  }

  // Closing.

  /** Something failed; what has arrived before is emitted first (semantics C12). */
  private void fail(NetException cause) {
    if (failure == null) {
      failure = cause;
    }
    writable = false;
    outbox.abandon();
    thread.emit(this::settle);
  }

  /** Decides what the stream has come to. Called after anything has changed; emits. */
  void settle() {
    if (over || !emittedConnect) {
      return;
    }
    if (failure != null) {
      if (inbox.isEmpty()) {
        if (inbox.isOver() || lastBytesTimedOut) {
          finish(failure);
        } else {
          awaitLastBytes();
        }
      } else {
        giveUpUnclaimed();
        if (inbox.isOver()) {
          closeWire(); // what is held needs no descriptor
        }
      }
      return;
    }
    if (inbox.isOver() && !emittedEnd) {
      if (inbox.isEmpty() && inbox.deliverRest()) {
        emitEnd();
      } else {
        giveUpUnclaimed();
        if (outputFinished) {
          closeWire(); // nothing can move any more, and what is held needs no descriptor
        }
      }
    }
    if (!over && emittedEnd && outputFinished) {
      finish(null);
    }
  }

  /** Writing failed, but what the peer sent before may still lie in the socket. */
  private void awaitLastBytes() {
    if (!lastBytesAwaited) {
      lastBytesAwaited = true;
      thread.transport.schedule(
          () -> {
            lastBytesAwaited = false;
            lastBytesTimedOut = inbox.isEmpty();
            settle();
          },
          LAST_BYTES_MILLIS);
    }
  }

  private void emitEnd() {
    if (over || emittedEnd) {
      return;
    }
    emittedEnd = true;
    readable = false;
    stream.emitOnce(this, "end", null);
    if (!over && !stream.allowHalfOpen()) {
      end();
    }
  }

  /** The peer has gone and no one has claimed its data: it is kept for a while only (R1). */
  private void giveUpUnclaimed() {
    if (!givingUp && !stream.isClaimed()) {
      givingUp = true;
      thread.transport.schedule(
          () -> {
            givingUp = false;
            if (!over && !stream.isClaimed() && !stream.isPaused()) {
              inbox.discard();
              settle();
            }
          },
          UNCLAIMED_MILLIS);
    }
  }

  /** Ends this life at once (semantics C8). */
  void destroy(@Nullable NetException cause) {
    if (!over) {
      finish(cause);
    }
  }

  /** Ends this life because a listener threw {@code thrown}, which has been reported already. */
  void destroyReported(NetException cause) {
    if (!over) {
      failureReported = true;
      finish(cause);
    }
  }

  @Override
  public void loopCloses() {
    destroy(null);
  }

  private void finish(@Nullable NetException cause) {
    over = true;
    begun = true;
    failure = cause;
    readable = false;
    writable = false;
    stream.idleTimer().stop();
    if (connector != null) {
      connector.cancel();
      connector = null;
    }
    outbox.abandon();
    inbox.close();
    if (connection == null || wireClosed) {
      thread.later(this::emitClose);
    } else {
      closeWire();
    }
  }

  private void closeWire() {
    LegacyTransport.Connection connection = this.connection;
    if (connection != null && !wireClosing) {
      wireClosing = true;
      connection.close();
    }
  }

  @Override
  public void closed() {
    wireClosed = true;
    if (over) {
      // Not inside the call that closed it, be it the user's or the engine's (O1).
      thread.later(this::emitClose);
    } else if (!wireClosing) {
      NetException cause =
          NetException.of("read", ErrorCode.ECONNRESET, remoteAddress, /* cause= */ null);
      inbox.over();
      fail(cause);
    }
  }

  /** Emits {@code error}, if there is one, then {@code close}. */
  private void emitClose() {
    if (closeEmitted) {
      return;
    }
    closeEmitted = true;
    connection = null;
    if (server != null) {
      server.closed(this);
    }
    NetException failure = this.failure;
    boolean heard = failure == null || stream.emitOnce(this, "error", failure) || failureReported;
    stream.emitOnce(this, "close", failure != null);
    thread.leave(this);
    stream.sessionClosed(this, heard ? null : failure, /* late= */ server == null);
  }

  /** Runs {@code task} on this session's thread. */
  void runOnThread(Runnable task) {
    thread.later(task);
  }
}
