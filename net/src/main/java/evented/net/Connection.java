package evented.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One life of a stream, from {@code connect} or {@code accept} to {@code close}. A stream that
 * connects again gets a new one, so that nothing of the old life can leak into the new.
 *
 * <pre>
 *          connect()          established        `connect` emitted
 *   FRESH ──────────► OPENING ───────────► ATTACHED ───────────► OPEN
 *                        │                    │                    │ both halves done, or a failure
 *                        │ refused            │ destroy()          ▼
 *                        └────────────────────┴─► DESTROYED ──► CLOSING ──► CLOSED
 *                                                 (asked for)  (socket      (`close`
 *                                                               closed)      emitted)
 *
 *   input:   OPEN ── FIN or failure ──► ENDED ── `end` emitted ──► DELIVERED
 *   output:  OPEN ── end() ──► ENDING ── all in the kernel, FIN sent ──► FINISHED
 *   tls:     NONE ── setSecure() ──► STARTING ── handshake done ──► SECURE
 * </pre>
 *
 * <p>Each of the four only ever moves to the right. {@link #advance} is the one place that draws
 * consequences, and {@link #finish} the one step that closes. Other threads read the states, and
 * move them where the user asked for something; all else belongs to the loop thread.
 */
final class Connection extends LoopThread.Member
    implements TlsSocket.Handler, TlsHelloReader.Handler, LoopEmitter.Life {
  enum Phase {
    FRESH,
    OPENING,
    ATTACHED,
    OPEN,
    DESTROYED,
    CLOSING,
    CLOSED
  }

  enum Input {
    OPEN,
    ENDED,
    DELIVERED
  }

  enum Output {
    OPEN,
    ENDING,
    FINISHED
  }

  enum Tls {
    NONE,
    STARTING,
    SECURE
  }

  /** How long data that no one has claimed is kept when the peer has gone, in milliseconds. */
  private static final long UNCLAIMED_MILLIS = 2000;

  /** How long a connection that has failed waits for a paused stream to take its data. */
  private static final long UNTAKEN_MILLIS = 5000;

  final StreamEngine stream;
  final LoopThread thread;
  final ReadHalf readHalf;
  final WriteHalf writeHalf;

  // Moved with the monitor held.
  private volatile Phase phase = Phase.FRESH;
  private volatile Input input = Input.OPEN;
  private volatile Output output = Output.OPEN;
  private volatile Tls tls = Tls.NONE;
  private boolean tlsBegun; // on the loop thread
  private volatile boolean userEnded; // else it was this stream itself, after the peer's FIN

  private volatile @Nullable Socket socket;
  private volatile @Nullable SocketAddress remoteAddress;
  private volatile @Nullable Credentials credentials;
  private volatile SecureOptions secureOptions = SecureOptions.defaults();
  private volatile @Nullable PeerTrust peer;

  // Only on the loop thread.
  private @Nullable SocketAddress localAddress; // asked for once; the monitor is held
  private boolean socketClosed; // changed with the monitor held
  private @Nullable Connector connector;
  private @Nullable String host; // that the user has named
  private TimerQueue.@Nullable Entry connectTimer;
  private TimerQueue.@Nullable Entry handshakeTimer;
  private TimerQueue.@Nullable Entry untakenTimer;
  private @Nullable TlsHelloReader helloReader;
  private @Nullable String helloName; // which it has read
  private boolean secureEmitted;
  private boolean peerPending; // from the end of the handshake until the peer may be heard
  private TimerQueue.@Nullable Entry askTimer;
  private @Nullable NetException failure;
  private boolean failureReported;
  private @Nullable Endpoint connecting; // until that has succeeded or failed
  private long began; // connecting, or the handshake
  private long opened; // when the socket was attached
  private boolean counted;

  Connection(StreamEngine stream) {
    this.stream = stream;
    this.thread = stream.thread;
    this.readHalf = new ReadHalf(this);
    this.writeHalf = new WriteHalf(this);
  }

  // States; asked by any thread.

  ReadyState readyState() {
    Phase now = phase;
    if (now == Phase.OPENING) {
      return ReadyState.OPENING;
    }
    if (now != Phase.ATTACHED && now != Phase.OPEN) {
      return ReadyState.CLOSED;
    }
    boolean reads = input != Input.DELIVERED;
    boolean writes = output == Output.OPEN;
    if (reads) {
      return writes ? ReadyState.OPEN : ReadyState.READ_ONLY;
    }
    return writes ? ReadyState.WRITE_ONLY : ReadyState.CLOSED;
  }

  /** Whether {@code connect} was called, or the connection was accepted. */
  boolean hasBegun() {
    return phase != Phase.FRESH;
  }

  /** Nothing more happens but {@code close}, perhaps with {@code error} before it. */
  @Override
  public boolean isOver() {
    return phase.compareTo(Phase.DESTROYED) >= 0;
  }

  /** Whether {@code connect} was emitted, and nothing has ended this life since. */
  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  private boolean isEstablished() {
    Phase now = phase;
    return now == Phase.ATTACHED || now == Phase.OPEN;
  }

  boolean isReadable() {
    return isEstablished() && input != Input.DELIVERED;
  }

  boolean isWritable() {
    return isEstablished() && output == Output.OPEN;
  }

  /** Whether the user has called {@code end}. */
  boolean hasEnded() {
    return userEnded;
  }

  /** Whether the other side, an error or {@code destroy} has closed the write half. */
  boolean refusesWrites() {
    return isOver() || output != Output.OPEN;
  }

  boolean hasDeliveredEnd() {
    return input == Input.DELIVERED;
  }

  boolean isServerSide() {
    return stream.acceptor != null;
  }

  /** Moves on to {@code next}; false if that has been reached or passed already. */
  private synchronized boolean moveTo(Phase next) {
    if (phase.compareTo(next) >= 0) {
      return false;
    }
    phase = next;
    return true;
  }

  private synchronized void moveTo(Output next) {
    if (output.compareTo(next) < 0) {
      output = next;
    }
  }

  /** {@code connect} was called: any thread. */
  void begin() {
    moveTo(Phase.OPENING);
  }

  /** {@code destroy} was called: counts at once, for all threads. */
  void markDestroyed() {
    moveTo(Phase.DESTROYED);
  }

  /** {@code end} was called: counts at once, for all threads. False if it was before. */
  synchronized boolean markEnded() {
    if (userEnded) {
      return false;
    }
    userEnded = true;
    moveTo(Output.ENDING);
    return true;
  }

  // Opening.

  /** Begins to connect. */
  void connect(Endpoint endpoint) {
    if (isOver()) {
      return; // destroyed before its turn came; close is on its way
    }
    thread.join(this);
    stream.idleTimer.start();
    host = endpoint.host();
    connecting = endpoint;
    began = thread.nanoTime();
    long timeout = stream.connectTimeoutMillis;
    if (timeout > 0) {
      connectTimer = thread.schedule(() -> finish(NetException.connectTimeout(endpoint)), timeout);
    }
    Connector connector =
        new Connector(thread, endpoint, stream.acceptedAddresses, stream.localAddress, this);
    this.connector = connector;
    connector.start();
  }

  /** The connector has come to its end. */
  void connected(Socket socket) {
    connector = null;
    cancelTimers();
    attach(socket);
    thread.emit(this::open);
  }

  /** No address is left to try. */
  void connectFailed(NetException cause) {
    connector = null;
    finish(cause);
  }

  /** Takes over a descriptor that is connected already. */
  void adopt(int descriptor) {
    if (isOver()) {
      return; // as in connect; the descriptor stays with whoever had it
    }
    thread.join(this);
    try {
      attach(thread.transport.adopt(descriptor));
    } catch (NetException e) {
      finish(e);
      return;
    }
    thread.emit(this::open);
  }

  /** Takes over a socket that the server has accepted; {@link #open} follows. */
  void accepted(Socket socket) {
    begin();
    stream.handle.activate();
    thread.join(this);
    attach(socket);
  }

  private void attach(Socket socket) {
    connectEnded(null);
    opened = thread.nanoTime();
    counted = true;
    stream.countOpened();
    remoteAddress = socket.remoteAddress();
    socket.handler(this);
    stream.options.applyTo(socket);
    this.socket = socket;
    moveTo(Phase.ATTACHED);
  }

  private void connectEnded(@Nullable NetException failure) {
    Endpoint endpoint = connecting;
    if (endpoint != null) {
      connecting = null;
      FlightEvents.connect(endpoint, thread.nanoTime() - began, failure);
    }
  }

  /** Emits {@code connect} and lets bytes flow. */
  void open() {
    if (!moveTo(Phase.OPEN)) {
      return; // destroyed meanwhile
    }
    stream.idleTimer.start();
    stream.idleTimer.touch();
    writeHalf.open();
    stream.emitter.emitOnce("connect", null, this, /* always= */ false);
    if (!isOver()) {
      readHalf.flowChanged();
      updateInterest();
      advance();
    }
  }

  // What the socket is ready for.

  /** Tells the socket what is wanted of it. To be called after either half has changed. */
  void updateInterest() {
    Socket socket = this.socket;
    boolean mine = helloReader == null; // else it says what it wants
    if (socket != null && mine && !socketClosed && phase == Phase.OPEN) {
      boolean reads = canHear() && readHalf.wantsInput();
      socket.want(reads, writeHalf.isBlocked());
    }
  }

  @Override
  public void readable() {
    if (!canHear() || !canRead()) {
      return;
    }
    try {
      if (!readHalf.read(socket())) {
        inputEnded();
      }
    } catch (NetException e) {
      fail(e);
    } catch (Throwable thrown) {
      failUnforeseen(thrown);
    }
    updateInterest();
  }

  @Override
  public void writable() {
    if (isOver() || socketClosed) {
      return;
    }
    try {
      writeHalf.writable();
    } catch (Throwable thrown) {
      failUnforeseen(thrown);
    }
    updateInterest();
  }

  @Override
  public void hungUp(@Nullable NetException cause) {
    if (isOver() || socketClosed) {
      return;
    }
    try {
      if (tls == Tls.STARTING) {
        finish(
            cause != null ? cause : NetException.of("handshake", ErrorCode.ECONNRESET, null, null));
        return;
      }
      if (peerPending) {
        settlePeer(/* lastly= */ true);
      }
      readToEnd(cause);
    } catch (Throwable thrown) {
      failUnforeseen(thrown);
    }
    updateInterest();
  }

  /** The kernel tells nothing more of this socket: what it holds is read now, wanted or not. */
  private void readToEnd(@Nullable NetException cause) {
    try {
      while (canHear() && canRead()) {
        if (!readHalf.read(socket())) {
          if (cause == null) {
            inputEnded(); // else this is not the peer's FIN
          }
          break;
        }
        if (readHalf.lastRead() == 0) {
          break; // more may come: it has only ended the other direction
        }
      }
    } catch (NetException e) {
      fail(e);
    }
    if (cause != null && !isOver()) {
      fail(cause);
    } else if (writeHalf.isBlocked() && canRead()) {
      writeHalf.writable(); // fails, if that direction is gone as well
    }
  }

  /** Whether what the peer sends may be taken in. */
  private boolean canHear() {
    return input == Input.OPEN && tls != Tls.STARTING && !peerPending;
  }

  private boolean canRead() {
    return phase == Phase.OPEN && !socketClosed;
  }

  private Socket socket() {
    Socket socket = this.socket;
    if (socket == null) {
      throw new IllegalStateException("not attached");
    }
    return socket;
  }

  /** The socket to write to; null if there is none (any more). */
  @Nullable Socket openSocket() {
    return socketClosed ? null : socket;
  }

  private void inputEnded() {
    input = Input.ENDED;
    if (!socket().halfCloses()) {
      if (writeHalf.isEmpty()) {
        writeHalf.close();
        outputFinished();
      } else {
        fail(NetException.of("write", ErrorCode.EPIPE, remoteAddress, /* cause= */ null));
      }
    }
    thread.emit(this::advance);
  }

  // The write half's news.

  /** The last byte is in the kernel: FIN is due. Says whether it is there, too. */
  boolean sendFin() throws NetException {
    Socket socket = socket();
    if (tls == Tls.NONE && input == Input.DELIVERED) {
      return true; // closing the descriptor sends it
    }
    socket.shutdownOutput();
    return socket.flush();
  }

  /** FIN is in the kernel, or nothing can be sent any more. Emits nothing. */
  void outputFinished() {
    moveTo(Output.FINISHED);
    if (input == Input.DELIVERED) {
      finish(null);
    } else {
      thread.later(this::advance);
    }
  }

  void emitDrain() {
    if (!isOver()) {
      stream.emitter.emit("drain", null, this);
    }
  }

  // TLS.

  /** Reserves the right to start TLS, for the calling thread alone. */
  synchronized void markSecure(Credentials credentials, SecureOptions options) {
    if (tls != Tls.NONE) {
      throw new IllegalStateException("Stream is already secure");
    }
    boolean open = phase == Phase.OPENING || (isReadable() && isWritable());
    if (!open || userEnded) {
      throw new IllegalStateException("Stream is not open");
    }
    boolean server = options.isServer(isServerSide());
    if (server && !credentials.canServe() && !options.namesSide()) {
      throw new IllegalArgumentException(
          "credentials must have a key and a cert, since this side is the server");
    }
    tls = Tls.STARTING;
    this.credentials = credentials;
    this.secureOptions = options;
  }

  /** Whether this side is the server in the handshake. */
  private boolean isTlsServer() {
    return secureOptions.isServer(isServerSide());
  }

  /**
   * Whether another thread has returned from {@code setSecure}, and {@link #secure} is on its way
   * to this one still, behind what that thread wrote before. What listeners write meanwhile is not
   * plain text any more, nor is what has arrived. Loop thread.
   */
  boolean isTlsDue() {
    return tls == Tls.STARTING && !tlsBegun;
  }

  /**
   * Begins TLS. From now on nothing is read until what was written before is in the kernel; so the
   * peer's first bytes wait there, too.
   */
  void secure() {
    if (isOver()) {
      return;
    }
    tlsBegun = true;
    readHalf.divert();
    updateInterest();
    writeHalf.secure();
  }

  /** Every plain byte is in the kernel: all that follows is TLS. */
  void startTls() {
    Socket plain = openSocket();
    if (this.credentials == null || plain == null) {
      return;
    }
    Credentials credentials = this.credentials.current();
    this.credentials = credentials;
    began = thread.nanoTime();
    handshakeTimer =
        thread.schedule(
            () -> handshakeFailed(NetException.of("handshake", ErrorCode.ETIMEDOUT, null, null)),
            credentials.handshakeTimeoutMillis());
    if (isTlsServer() && (credentials.dependOnName() || secureOptions.dependOnName())) {
      helloReader = new TlsHelloReader(plain, readHalf.diverted(), this);
      helloReader.start();
    } else {
      shakeHands(plain, credentials, readHalf.diverted());
    }
  }

  @Override
  public void helloRead(@Nullable String serverName, List<Buffer> bytes) {
    helloReader = null;
    Credentials asked = credentials;
    if (isOver() || asked == null || openSocket() == null) {
      return;
    }
    helloName = serverName;
    Function<String, CompletionStage<@Nullable Credentials>> chooser = secureOptions.chooser();
    if (chooser == null || serverName == null) {
      shakeHandsWith(asked.forName(serverName), bytes);
    } else {
      chooser
          .apply(serverName)
          .whenComplete(
              (chosen, failure) -> thread.run(() -> chosen(asked, chosen, failure, bytes)));
    }
  }

  private void chosen(
      Credentials asked,
      @Nullable Credentials chosen,
      @Nullable Throwable failure,
      List<Buffer> bytes) {
    if (isOver()) {
      return;
    }
    if (failure == null) {
      shakeHandsWith(chosen == null ? asked : chosen.current(), bytes);
    } else {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      handshakeFailed(StreamEngine.asNetException(cause == null ? failure : cause));
    }
  }

  private void shakeHandsWith(Credentials chosen, List<Buffer> bytes) {
    Socket plain = openSocket();
    if (plain != null) {
      credentials = chosen;
      shakeHands(plain, chosen, bytes);
    }
  }

  private void shakeHands(Socket plain, Credentials credentials, List<Buffer> first) {
    try {
      TlsSocket secure =
          new TlsSocket(
              plain,
              newEngine(credentials),
              thread.tlsRegion(),
              secureOptions.toleratesTruncation(),
              thread::later);
      secure.handler(this);
      socket = secure;
      secure.start(first);
    } catch (NetException e) {
      handshakeFailed(e);
    }
    updateInterest();
  }

  private SSLEngine newEngine(Credentials credentials) throws NetException {
    String name = isTlsServer() ? null : secureOptions.serverNameOr(host);
    String key = secureOptions.sessionKey();
    if (!isTlsServer() && key != null) {
      return credentials.engines().newClientEngine(name, key);
    }
    int port = remoteAddress instanceof InetSocketAddress address ? address.getPort() : -1;
    SSLEngine engine = credentials.engines().newEngine(!isTlsServer(), name, port);
    BiFunction<@Nullable String, List<String>, @Nullable String> selector =
        secureOptions.alpnSelector();
    if (isTlsServer() && selector != null) {
      String asked = helloName;
      engine.setHandshakeApplicationProtocolSelector(
          (self, offered) -> selector.apply(asked, offered));
    }
    return engine;
  }

  @Override
  public void secured() {
    if (isOver()) {
      return;
    }
    if (handshakeTimer != null) {
      thread.timers().cancel(handshakeTimer);
      handshakeTimer = null;
    }
    synchronized (this) {
      peer =
          new PeerTrust(
              Objects.requireNonNull(credentials),
              secureSocket().session(),
              !isTlsServer(),
              secureOptions.serverNameOr(host));
      tls = Tls.SECURE;
    }
    handshakeEnded(null);
    peerPending = true;
    thread.emit(this::emitSecure);
  }

  private void handshakeEnded(@Nullable NetException failure) {
    SSLSession session = tls == Tls.SECURE ? tlsSession() : null;
    FlightEvents.handshake(
        remoteAddress,
        thread.nanoTime() - began,
        session == null ? null : session.getProtocol(),
        session == null ? null : session.getCipherSuite(),
        failure);
  }

  private TlsSocket secureSocket() {
    return (TlsSocket) socket();
  }

  private void emitSecure() {
    if (isOver()) {
      return;
    }
    secureEmitted = true;
    writeHalf.secured();
    thread.enter(); // nothing is flushed before the peer is settled
    try {
      boolean heard = stream.emitter.emitOnce("secure", null, this, /* always= */ false);
      settlePeer(/* lastly= */ heard || isServerSide());
    } finally {
      thread.leave();
    }
  }

  /**
   * The listeners for {@code secure} have returned: unless the program has asked about its peer, or
   * the peer is good, this life is over.
   *
   * @param lastly whether no listener can be on its way, which another thread adds (semantics O1)
   */
  private void settlePeer(boolean lastly) {
    PeerTrust peer = this.peer;
    if (!peerPending || peer == null || isOver()) {
      return;
    }
    if (peer.isSettled()) {
      peerPending = false;
      if (askTimer != null) {
        thread.timers().cancel(askTimer);
        askTimer = null;
      }
      writeHalf.settled();
      updateInterest();
    } else if (lastly) {
      finish(peer.whyUnverified());
    } else if (askTimer == null) {
      askTimer = thread.schedule(() -> settlePeer(/* lastly= */ true), Reports.PATIENCE_MILLIS);
    }
  }

  /** More is written than should be held: it leaves now if it may. */
  void settlePeerEarly() {
    if (peer != null && peer.isSettled()) {
      settlePeer(/* lastly= */ false);
    }
  }

  /** Decides on the peer as if the listeners for {@code secure} had returned. Loop thread. */
  void rejectUnverified() {
    if (secureEmitted) {
      settlePeer(/* lastly= */ true);
    }
  }

  @Override
  public void handshakeFailed(NetException cause) {
    if (!isOver()) {
      handshakeEnded(cause);
    }
    finish(cause);
  }

  private TlsSocket tlsSocket() {
    if (tls == Tls.SECURE && socket instanceof TlsSocket secure) {
      return secure;
    }
    throw new IllegalStateException("Stream is not a secure stream.");
  }

  /** The session of TLS, with the peer's certificates. */
  SSLSession tlsSession() {
    return tlsSocket().session();
  }

  SecureSession secureSession() {
    TlsSocket secure = tlsSocket();
    SSLSession session = secure.session();
    Certificate[] own = session.getLocalCertificates();
    return new SecureSession(
        session.getProtocol(),
        session.getCipherSuite(),
        secure.alpnProtocol(),
        helloName == null ? secure.serverName() : helloName,
        List.of(peer().chain()),
        own == null ? List.of() : List.of(Arrays.copyOf(own, own.length, X509Certificate[].class)),
        secure.isResumed());
  }

  /** The peer of a secure stream. */
  private PeerTrust peer() {
    PeerTrust peer = this.peer;
    if (tls != Tls.SECURE || peer == null) {
      throw new IllegalStateException("Stream is not a secure stream.");
    }
    return peer;
  }

  /** The peer, for a program that looks at it: only what it does in its listeners counts. */
  PeerTrust askPeer() {
    PeerTrust peer = peer();
    if (thread.inLoop()) {
      peer.ask();
      if (askTimer != null) {
        thread.later(() -> settlePeer(/* lastly= */ false));
      }
    }
    return peer;
  }

  @Nullable String alpnProtocol() {
    return tls == Tls.SECURE ? tlsSocket().alpnProtocol() : null;
  }

  // Consequences.

  /** Draws the consequences of all that has changed. May emit; never called inside a listener. */
  void advance() {
    if (phase != Phase.OPEN) {
      return;
    }
    if (failure != null) {
      if (readHalf.isEmpty()) {
        finish(failure);
      } else {
        awaitTaker();
      }
      return;
    }
    if (input == Input.ENDED) {
      if (readHalf.isEmpty() && readHalf.deliverRest()) {
        emitEnd();
      } else {
        if (!stream.isClaimed()) {
          awaitTaker();
        }
        if (output == Output.FINISHED) {
          closeSocket(); // nothing can move any more, and what is held needs no descriptor
        }
      }
    }
    if (input == Input.DELIVERED && output == Output.FINISHED) {
      finish(null);
    }
  }

  private void emitEnd() {
    if (isOver()) {
      return;
    }
    input = Input.DELIVERED;
    stream.emitter.emitOnce("end", null, this, /* always= */ false);
    if (!isOver() && !stream.allowHalfOpen && output == Output.OPEN) {
      moveTo(Output.ENDING);
      writeHalf.end();
    }
  }

  /** The peer has gone, and no one takes its data: it is kept for a while only. */
  private void awaitTaker() {
    if (untakenTimer == null) {
      boolean claimed = stream.isClaimed() || stream.isPaused();
      untakenTimer =
          thread.schedule(this::giveUpUntaken, claimed ? UNTAKEN_MILLIS : UNCLAIMED_MILLIS);
    }
  }

  private void giveUpUntaken() {
    untakenTimer = null;
    boolean claimed = stream.isClaimed() || stream.isPaused();
    if (failure != null || !claimed) {
      readHalf.discard();
    }
    advance();
  }

  /**
   * The connection has failed. What has arrived before is still delivered, if it is taken in time;
   * the descriptor is free at once.
   */
  void fail(NetException cause) {
    if (isOver() || failure != null) {
      return;
    }
    failure = cause;
    if (input == Input.OPEN) {
      input = Input.ENDED;
      readRest();
    }
    writeHalf.close();
    moveTo(Output.FINISHED);
    closeSocket();
    readHalf.flowChanged();
    thread.later(this::advance);
  }

  /** Takes in what the kernel holds; nothing is emitted, since a listener may be running. */
  private void readRest() {
    try {
      boolean more = tls != Tls.STARTING && !peerPending && !socketClosed;
      while (more) {
        more = readHalf.hold(socket());
      }
    } catch (NetException e) {
      // It has failed already; this is the end of what can be read.
    }
  }

  /**
   * Something was thrown that no rule foresees, such as for lack of memory: this stream pays. It
   * gives its memory back before anything else is done, since that might need some; even to look at
   * what was thrown may, the first time.
   */
  private void failUnforeseen(Throwable thrown) {
    release();
    if (thrown instanceof OutOfMemoryError) {
      thread.relieveMemory();
    } else {
      LoopThread.report(thrown);
    }
    destroy(NetException.of(thrown));
  }

  /** Memory has run out in one of this stream's listeners, or this one holds the most of it. */
  void outOfMemory() {
    release();
    finish(NetException.of("write", ErrorCode.ENOMEM, remoteAddress, /* cause= */ null));
  }

  private void release() {
    writeHalf.close();
    readHalf.close();
    closeSocket();
  }

  // Closing.

  /** Ends this life at once. */
  void destroy(@Nullable NetException cause) {
    finish(cause);
  }

  /** Ends this life at once, with RST. */
  void reset() {
    synchronized (this) {
      Socket socket = this.socket;
      if (socket != null && !socketClosed) {
        socket.resetOnClose();
      }
    }
    finish(null);
  }

  /** Ends this life because a listener threw {@code cause}, which has been reported already. */
  void destroyReported(NetException cause) {
    failureReported = true;
    finish(cause);
  }

  @Override
  void loopCloses() {
    finish(null);
  }

  /** The one step that closes: from here on only {@code error} and {@code close} are emitted. */
  private void finish(@Nullable NetException cause) {
    if (!moveTo(Phase.CLOSING)) {
      return;
    }
    failure = cause;
    connectEnded(cause);
    stream.idleTimer.stop();
    cancelTimers();
    if (connector != null) {
      connector.cancel();
      connector = null;
    }
    if (helloReader != null) {
      helloReader.cancel();
      helloReader = null;
    }
    release();
    thread.later(this::emitClose);
  }

  private void cancelTimers() {
    TimerQueue timers = thread.timers();
    for (TimerQueue.Entry timer :
        new TimerQueue.Entry[] {connectTimer, handshakeTimer, askTimer, untakenTimer}) {
      if (timer != null) {
        timers.cancel(timer);
      }
    }
    connectTimer = null;
    handshakeTimer = null;
    askTimer = null;
    untakenTimer = null;
  }

  private void closeSocket() {
    synchronized (this) {
      Socket socket = this.socket;
      if (socket != null && !socketClosed) {
        socketClosed = true;
        socket.close();
      }
    }
  }

  private void emitClose() {
    moveTo(Phase.CLOSED);
    if (stream.acceptor != null) {
      stream.acceptor.connectionClosed();
    }
    NetException failure = this.failure;
    countEnd(failure);
    LoopEmitter emitter = stream.emitter;
    boolean handled =
        failure == null
            || emitter.emitOnce("error", failure, this, /* always= */ true)
            || failureReported;
    emitter.emitOnce("close", failure != null, this, /* always= */ true);
    thread.leave(this);
    stream.connectionClosed(this, handled ? null : failure);
  }

  private void countEnd(@Nullable NetException failure) {
    if (failure != null) {
      stream.countFailed(failure);
    }
    if (counted) {
      stream.countClosed();
      FlightEvents.close(
          remoteAddress,
          stream.bytesRead(),
          stream.bytesWritten(),
          thread.nanoTime() - opened,
          failure);
    }
  }

  /**
   * Ends the connection as its user would, if nothing is on its way in it. Loop thread.
   *
   * @param evenIfNeverQuiet whether it is enough that no byte is owed at this moment
   */
  void endIfIdle(boolean evenIfNeverQuiet) {
    boolean quiet = stream.hasRested();
    boolean idle = stream.owesNothing() && (quiet || evenIfNeverQuiet);
    boolean settled = tls != Tls.STARTING && !peerPending;
    if (phase == Phase.OPEN
        && output == Output.OPEN
        && settled
        && idle
        && readHalf.isEmpty()
        && writeHalf.bufferSize() == 0) {
      moveTo(Output.ENDING);
      writeHalf.end();
    }
  }

  // Addresses and options; any thread.

  @Nullable SocketAddress remoteAddress() {
    return remoteAddress;
  }

  /**
   * Asked of the kernel when it is first wanted; so it is not known after the end if no one did.
   */
  synchronized @Nullable SocketAddress localAddress() {
    Socket socket = this.socket;
    if (localAddress == null && socket != null && !socketClosed) {
      localAddress = socket.localAddress();
    }
    return localAddress;
  }

  synchronized int descriptor() {
    Socket socket = this.socket;
    return socket == null || socketClosed || isOver() ? -1 : socket.descriptor();
  }

  /** Sets the stream's options on the socket, if there is one by now. */
  void applyOptions() {
    Socket socket = openSocket();
    if (socket != null && !isOver()) {
      stream.options.applyTo(socket);
    }
  }
}
