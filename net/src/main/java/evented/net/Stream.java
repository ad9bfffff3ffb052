package evented.net;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * A TCP or UNIX connection ({@code net.Stream}): made with {@code connect}, or handed to a server's
 * {@code connection} listener.
 *
 * <p><b>Events</b>, in the order of a life: {@code connect}; then {@code secure}, {@code data},
 * {@code drain} and {@code timeout} as they happen; at most one {@code end}, and no {@code data}
 * after it; at most one {@code error}, directly before {@code close}; exactly one {@code close}.
 * They run on one thread of the stream's {@link Loop}, one after another, and never inside the call
 * that causes them. An event that happens once in a life is also delivered to a listener that is
 * added after it happened, so a program's main thread can attach its listeners without a race
 * (semantics O1 to O4).
 *
 * <p><b>Threads.</b> Every method may be called from any thread. Off the loop a call takes effect
 * on the loop, in the order of the calls. A listener that throws harms no one else: the exception
 * goes to the thread's uncaught-exception handler, and this stream is destroyed.
 *
 * <p><b>Reading.</b> A server's stream reads at once, and what arrives while no one listens for
 * {@code data} is dropped. A stream that the user made keeps what arrives, up to 64 KiB, until its
 * first consumer: a {@code data} listener, {@link #pipe} or {@link #resume}. If the peer has ended
 * and no one has claimed the data for 2 seconds, it is given up (R1).
 *
 * <p><b>Writing.</b> What is written inside one listener is gathered and leaves as the listener
 * returns, in one system call instead of many, and without waiting for Nagle's algorithm between a
 * header and its body. So {@link #write} returns {@code true} while all is well: the bytes are in
 * the kernel, or leave for it with this listener. It returns {@code false} when the stream is still
 * connecting, when the kernel has refused data, or when more than 64 KiB wait in memory; then
 * {@code drain} comes once, as soon as all of it is in the kernel. Where the letter of the
 * specification matters more ("flushed to the kernel" when {@code write} returns), {@link
 * #setGather setGather(false)} gives that (W2, W3).
 *
 * <p><b>Closing either side.</b> {@link #end} sends FIN; the peer's data still arrives. The peer's
 * FIN is {@code end}; what its listeners write still goes out, then the stream ends itself, unless
 * {@link #allowHalfOpen(boolean)} says that the user will. Both ended: {@code close(false)}. {@link
 * #destroy} is the abrupt way. {@link #end} and {@link #destroy} are harmless when repeated.
 */
public final class Stream extends EventEmitter<Stream> {
  private static final int CONNECTED = 1;
  private static final int ENDED = 1 << 1;
  private static final int FAILED = 1 << 2;
  private static final int CLOSED = 1 << 3;
  private static final int SECURED = 1 << 4;

  // Only the loop thread counts, which saves the fence of a volatile write.
  private static final AtomicLongFieldUpdater<Stream> BYTES_READ =
      AtomicLongFieldUpdater.newUpdater(Stream.class, "bytesRead");
  private static final AtomicLongFieldUpdater<Stream> BYTES_WRITTEN =
      AtomicLongFieldUpdater.newUpdater(Stream.class, "bytesWritten");

  private final LoopThread thread;
  private final @Nullable Server server;
  private final SocketOptions options = new SocketOptions();
  private final IdleTimer idleTimer;
  private final Liveness.Handle handle = new Liveness.Handle();

  private volatile Session session;
  private volatile boolean claimed;
  private volatile boolean paused;
  private volatile boolean allowHalfOpen;
  private volatile boolean gathers = true;
  private volatile @Nullable Encoding encoding;
  private volatile long maxBufferSize;
  private volatile @Nullable StreamPipe pipe; // the latest
  private volatile long bytesRead;
  private volatile long bytesWritten;

  /** What a listener of the present event has thrown; loop thread. */
  private @Nullable Throwable thrown;

  // Guarded by this: what has happened in this life, for listeners that come late.
  private int happened;
  private @Nullable NetException error;

  /** Where to connect to when the old life's {@code close} has been emitted; guarded by this. */
  private @Nullable Endpoint next;

  /** Creates a stream on the {@linkplain Loop#shared shared loop}; {@code connect} opens it. */
  public Stream() {
    this(Loop.shared());
  }

  Stream(Loop loop) {
    this(loop.nextThread(), null);
  }

  private Stream(LoopThread thread, @Nullable Server server) {
    this.thread = thread;
    this.server = server;
    this.idleTimer = new IdleTimer(thread, this);
    this.session = new Session(this, thread, server);
    this.claimed = server != null;
    this.allowHalfOpen = server != null && server.allowHalfOpen();
  }

  /** A stream for a connection that {@code server} has accepted. */
  static Session accepted(Server server) {
    return new Stream(server.loop().anyThread(), server).session;
  }

  // Opening.

  /** Begins the first life of this stream over a connected descriptor. */
  Stream adopt(int fd) {
    Session opening = session;
    opening.begun = true;
    handle.activate();
    thread.run(() -> opening.adopt(fd));
    return this;
  }

  /**
   * Connects to a TCP port of {@code localhost}.
   *
   * <p>All forms of {@code connect} are asynchronous: {@code connect} tells when the stream is
   * established; otherwise {@code error} comes, then {@code close} (semantics C1, C2). A closed
   * stream may be connected again, and keeps its listeners.
   *
   * @param port 0 to 65535
   * @return this
   * @throws IllegalStateException if the stream is open or opening (C3)
   */
  public Stream connect(int port) {
    return connect(port, "localhost");
  }

  /**
   * Connects to a TCP port. A name is resolved off the loop, and every address of it is tried.
   *
   * @param port 0 to 65535
   * @param host a name or an address
   * @return this
   * @throws IllegalStateException if the stream is open or opening (C3)
   */
  public Stream connect(int port, String host) {
    return connect(Endpoint.tcp(port, host));
  }

  /**
   * Connects to a UNIX socket.
   *
   * @param path its path
   * @return this
   * @throws IllegalStateException if the stream is open or opening (C3)
   */
  public Stream connect(String path) {
    return connect(Endpoint.unix(path));
  }

  private Stream connect(Endpoint endpoint) {
    thread.checkOpen();
    Session opening;
    synchronized (this) {
      Session before = session;
      if (before.begun && !before.isOver()) {
        throw new IllegalStateException("Stream is already " + readyState());
      }
      boolean fresh = !before.begun && !before.isOver();
      opening = fresh ? before : new Session(this, thread, null);
      session = opening;
      opening.begun = true;
      handle.activate();
      boolean closing = !fresh && (happened & CLOSED) == 0;
      happened = 0;
      error = null;
      if (closing) {
        next = endpoint; // the old life's close comes first (O3), then sessionClosed goes on
        return this;
      }
    }
    thread.run(() -> opening.connect(endpoint));
    return this;
  }

  // Reading.

  /**
   * Makes {@code data} come as text (semantics R3). Characters that are split over packets come out
   * whole.
   *
   * @param encoding null for {@link Buffer}s again
   * @return this
   */
  public Stream setEncoding(@Nullable Encoding encoding) {
    this.encoding = encoding;
    return this;
  }

  /**
   * Makes {@code data} come as text.
   *
   * @param name {@code ascii}, {@code utf8}, {@code base64}, {@code binary} or {@code latin1},
   *     {@code hex}, {@code ucs2} or {@code utf16le}, in any case, with or without a dash; null for
   *     {@link Buffer}s again
   * @return this
   * @throws IllegalArgumentException for any other name; the message names the known ones
   */
  public Stream setEncoding(@Nullable String name) {
    return setEncoding(name == null ? null : Encoding.of(name));
  }

  /**
   * Stops {@code data}, also of what was read already, until {@link #resume} (semantics R4). At
   * most 64 KiB are held in memory meanwhile; then TCP pushes back on the peer.
   *
   * @return this
   */
  public Stream pause() {
    paused = true;
    return this;
  }

  /**
   * Lets {@code data} come again. With no listener for it, what arrives is dropped.
   *
   * @return this
   */
  public Stream resume() {
    paused = false;
    claimed = true;
    flowChanged();
    return this;
  }

  /**
   * Puts bytes back: they are the next {@code data}, before all that has not been emitted yet
   * (semantics R7).
   *
   * @param bytes what to put back
   * @return this
   */
  public Stream unshift(Buffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    Session session = this.session;
    thread.run(
        () -> {
          if (!session.isOver() && !session.hasEmittedEnd()) {
            session.inbox.unshift(bytes);
          }
        });
    return this;
  }

  /**
   * Sends what this stream reads to another one, with back-pressure, and ends that one when this
   * one has ended (semantics R6). For an echo, a stream may be piped to itself.
   *
   * @param destination where the data goes
   * @return {@code destination}
   */
  public Stream pipe(Stream destination) {
    return pipe(destination, true);
  }

  /**
   * Sends what this stream reads to another one, with back-pressure.
   *
   * @param destination where the data goes
   * @param end whether to end {@code destination} when this one has ended
   * @return {@code destination}
   */
  public Stream pipe(Stream destination, boolean end) {
    new StreamPipe(this, Objects.requireNonNull(destination, "destination"), end).start();
    return destination;
  }

  /**
   * Writes what this stream reads to an {@link OutputStream}, on a thread of its own, with
   * back-pressure, and closes that one when this one has ended. What it throws destroys this
   * stream.
   *
   * @param destination where the data goes
   * @return this
   */
  public Stream pipe(OutputStream destination) {
    return pipe(destination, true);
  }

  /**
   * Writes what this stream reads to an {@link OutputStream}, on a thread of its own, with
   * back-pressure. It is flushed whenever it has caught up.
   *
   * @param destination where the data goes
   * @param end whether to close {@code destination} when this stream has ended
   * @return this
   */
  public Stream pipe(OutputStream destination, boolean end) {
    new BlockingPipe(this, Objects.requireNonNull(destination, "destination"), end).start();
    return this;
  }

  /**
   * Writes what this stream reads to a {@link WritableByteChannel}, on a thread of its own, with
   * back-pressure, and closes that one when this one has ended. What it throws destroys this
   * stream.
   *
   * @param destination where the data goes; in blocking mode
   * @return this
   */
  public Stream pipe(WritableByteChannel destination) {
    return pipe(destination, true);
  }

  /**
   * Writes what this stream reads to a {@link WritableByteChannel}, on a thread of its own, with
   * back-pressure.
   *
   * @param destination where the data goes; in blocking mode
   * @param end whether to close {@code destination} when this stream has ended
   * @return this
   */
  public Stream pipe(WritableByteChannel destination, boolean end) {
    Objects.requireNonNull(destination, "destination");
    return pipe(Channels.newOutputStream(destination), end);
  }

  // Writing.

  /**
   * Sends text: ASCII as it is, and text that ASCII cannot express as UTF-8 (semantics W4).
   *
   * @param text what to send
   * @return true while all is well; false asks the caller to wait for {@code drain}. See the class
   *     description (W3). False, and nothing done, if the other side or an error has closed the
   *     stream (W5).
   * @throws IllegalStateException after one's own {@link #end}
   */
  public boolean write(String text) {
    byte[] bytes = Encoding.encodeDefault(Objects.requireNonNull(text, "text"));
    return write(bytes, 0, bytes.length, Buffer.owning(bytes));
  }

  /**
   * Sends text in an encoding, which is obeyed whatever the text.
   *
   * @param text what to send
   * @param encoding how
   * @return what {@link #write(String)} returns
   * @throws IllegalStateException after one's own {@link #end}
   * @throws IllegalArgumentException if {@code text} is no base64 or hex
   */
  public boolean write(String text, Encoding encoding) {
    Objects.requireNonNull(text, "text");
    byte[] bytes = Objects.requireNonNull(encoding, "encoding").encode(text);
    return write(bytes, 0, bytes.length, Buffer.owning(bytes));
  }

  /**
   * Sends text in an encoding, which is obeyed whatever the text.
   *
   * @param text what to send
   * @param encoding its name; see {@link #setEncoding(String)}
   * @return what {@link #write(String)} returns
   * @throws IllegalStateException after one's own {@link #end}
   * @throws IllegalArgumentException if there is no such encoding, or {@code text} is no base64 or
   *     hex
   */
  public boolean write(String text, String encoding) {
    return write(text, Encoding.of(encoding));
  }

  /**
   * Sends bytes.
   *
   * @param bytes what to send
   * @return what {@link #write(String)} returns
   * @throws IllegalStateException after one's own {@link #end}
   */
  public boolean write(Buffer bytes) {
    int from = Objects.requireNonNull(bytes, "bytes").offset();
    return write(bytes.array(), from, from + bytes.length(), bytes);
  }

  /**
   * Sends bytes. They are copied: the array may be used again at once.
   *
   * @param bytes what to send
   * @return what {@link #write(String)} returns
   * @throws IllegalStateException after one's own {@link #end}
   */
  public boolean write(byte[] bytes) {
    return write(Objects.requireNonNull(bytes, "bytes"), 0, bytes.length, null);
  }

  /**
   * Sends the remaining bytes of {@code bytes} and moves its position to its limit. They are
   * copied: it may be used again at once.
   *
   * @param bytes what to send
   * @return what {@link #write(String)} returns
   * @throws IllegalStateException after one's own {@link #end}
   */
  public boolean write(ByteBuffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    checkNotEnded();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return write(copy, 0, copy.length, Buffer.owning(copy));
  }

  private boolean write(byte[] bytes, int from, int to, @Nullable Buffer shared) {
    Session session = checkNotEnded();
    if (session.refusesWrites()) {
      return false;
    }
    if (thread.inLoop()) {
      return session.outbox.write(bytes, from, to, shared);
    }
    return session.outbox.writeFromOutside(shared != null ? shared : Buffer.of(bytes, from, to));
  }

  private Session checkNotEnded() {
    Session session = this.session;
    if (session.ended) {
      throw new IllegalStateException("write after end");
    }
    return session;
  }

  /**
   * Sends what is queued, then FIN; the peer's data still arrives (semantics C5). Harmless when
   * repeated.
   */
  public void end() {
    Session session;
    synchronized (this) {
      session = this.session;
      if (session.ended) {
        return;
      }
      session.markEnded();
    }
    thread.run(session::end);
  }

  /**
   * Does {@link #write(String)}, then {@link #end()}.
   *
   * @param text what to send
   * @throws IllegalStateException after one's own {@code end}
   */
  public void end(String text) {
    write(text);
    end();
  }

  /**
   * Does {@link #write(String, Encoding)}, then {@link #end()}.
   *
   * @param text what to send
   * @param encoding how
   * @throws IllegalStateException after one's own {@code end}
   */
  public void end(String text, Encoding encoding) {
    write(text, encoding);
    end();
  }

  /**
   * Does {@link #write(String, String)}, then {@link #end()}.
   *
   * @param text what to send
   * @param encoding its name; see {@link #setEncoding(String)}
   * @throws IllegalStateException after one's own {@code end}
   */
  public void end(String text, String encoding) {
    write(text, encoding);
    end();
  }

  /**
   * Does {@link #write(Buffer)}, then {@link #end()}.
   *
   * @param bytes what to send
   * @throws IllegalStateException after one's own {@code end}
   */
  public void end(Buffer bytes) {
    write(bytes);
    end();
  }

  /**
   * Hands what is gathered to the kernel now, instead of when the listener returns (semantics W2).
   *
   * @return whether nothing waits in memory any more. Off the loop the flush comes later, and the
   *     answer is for now.
   */
  public boolean flush() {
    Session session = this.session;
    if (thread.inLoop()) {
      return session.outbox.flush();
    }
    thread.later(session.outbox::flush);
    return session.outbox.bufferSize() == 0;
  }

  /**
   * Ends all activity at once: no more {@code data}, {@code end} or {@code drain}; {@code
   * close(false)} follows (semantics C8). What is not in the kernel yet is lost; {@link #end} is
   * the way that loses nothing. Harmless when repeated.
   */
  public void destroy() {
    destroy((NetException) null);
  }

  /**
   * Ends all activity at once; {@code error} with {@code cause} and {@code close(true)} follow.
   *
   * @param cause a {@link NetException} as it is, anything else as the cause of one; null for none
   */
  public void destroy(@Nullable Throwable cause) {
    destroy(cause == null ? null : asNetException(cause));
  }

  private void destroy(@Nullable NetException cause) {
    Session session = this.session;
    session.doom(); // at once also for other threads
    thread.run(() -> session.destroy(cause));
  }

  static NetException asNetException(Throwable cause) {
    return cause instanceof NetException exception ? exception : NetException.of(cause);
  }

  // TLS.

  /**
   * Begins TLS on this open plain stream, with credentials that show nothing and trust the
   * platform's list. Only for the side that has connected.
   *
   * @return this
   * @throws IllegalStateException if the stream is not open or opening, or secure already
   * @throws IllegalArgumentException on a server's stream, which needs a key and a certificate
   */
  public Stream setSecure() {
    return setSecure(Credentials.anonymous());
  }

  /**
   * Begins TLS on this open plain stream, on {@code connect} or in mid-conversation (STARTTLS). The
   * side that has connected begins the handshake; {@code secure} tells when it is done.
   *
   * <p>What was written before leaves first, as plain bytes; what is written after waits for the
   * handshake. Bytes that were emitted as {@code data} before stay plain text; all others belong to
   * TLS, those put back by {@link #unshift} first. A handshake that fails, or takes longer than the
   * credentials allow, gives {@code error}, then {@code close} (semantics T1, T2, T7).
   *
   * @param credentials what to show and whom to trust; meant to be shared by many streams
   * @return this
   * @throws IllegalStateException if the stream is not open or opening, or secure already
   * @throws IllegalArgumentException on a server's stream, if the credentials have no key
   */
  public Stream setSecure(Credentials credentials) {
    Objects.requireNonNull(credentials, "credentials");
    Session session = this.session;
    session.markSecure(credentials);
    thread.run(() -> session.secure(credentials));
    return this;
  }

  /**
   * Says whether the peer's certificate is good now: its dates, signatures and constraints, up to
   * one of the credentials' authorities, or of the platform's if they have none (semantics T5).
   *
   * @return whether it is; false if the peer has shown none
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public boolean verifyPeer() {
    return verify(null);
  }

  /**
   * Says whether the peer's certificate is good now, and is for {@code host} (RFC 9525).
   *
   * @param host the name or address that the certificate must be for
   * @return whether it is; false if the peer has shown none
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public boolean verifyPeer(String host) {
    return verify(Objects.requireNonNull(host, "host"));
  }

  private boolean verify(@Nullable String host) {
    Session session = this.session;
    Credentials credentials = session.credentials();
    try {
      credentials.verifier().check(peerChain(session), session.isClient(), host);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static X509Certificate[] peerChain(Session session) {
    try {
      Certificate[] chain = session.tlsSession().getPeerCertificates();
      return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    } catch (SSLPeerUnverifiedException e) {
      return new X509Certificate[0];
    }
  }

  /**
   * Returns the peer's certificate (semantics T6).
   *
   * @return the certificate; null if the peer has shown none
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public @Nullable PeerCertificate getPeerCertificate() {
    X509Certificate[] chain = peerChain(session);
    return chain.length == 0 ? null : PeerCertificate.of(chain[0]);
  }

  /**
   * Returns the cipher suite in use, such as {@code TLS_AES_128_GCM_SHA256}.
   *
   * @return its name
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public String getCipher() {
    return session.tlsSession().getCipherSuite();
  }

  /**
   * Returns the version of TLS in use, {@code TLSv1.2} or {@code TLSv1.3}.
   *
   * @return its name
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public String getProtocol() {
    return session.tlsSession().getProtocol();
  }

  /**
   * Returns the application protocol that both sides have agreed on (ALPN).
   *
   * @return its name; null if there is none
   */
  public @Nullable String getAlpnProtocol() {
    return session.alpnProtocol();
  }

  // Options.

  /**
   * Has {@code timeout} emitted after so much time without reading, writing or connecting, and
   * again after each further such time (semantics R5). The stream stays as it is: a listener may
   * {@link #end} or {@link #destroy} it.
   *
   * @param millis milliseconds; 0 switches it off
   * @return this
   */
  public Stream setTimeout(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("millis must be 0 or more, was " + millis);
    }
    thread.run(() -> idleTimer.set(millis));
    return this;
  }

  /**
   * Switches the gathering of writes (semantics W2).
   *
   * @param on true by default; with false each {@code write} on the loop is handed to the kernel
   *     before it returns, and returns whether the kernel took all of it
   * @return this
   */
  public Stream setGather(boolean on) {
    gathers = on;
    Session session = this.session;
    thread.run(() -> session.outbox.setGather(on));
    return this;
  }

  /**
   * Switches the kernel's Nagle algorithm off, so that small packets leave at once.
   *
   * @return this
   */
  public Stream setNoDelay() {
    return setNoDelay(true);
  }

  /**
   * Switches the kernel's Nagle algorithm off or on (semantics W7). May be called before {@code
   * connect}; has no effect on a UNIX socket.
   *
   * @param on true to switch it off; it is on by default
   * @return this
   */
  public Stream setNoDelay(boolean on) {
    options.setNoDelay(on);
    return applyOptions();
  }

  /**
   * Switches keep-alive probes off, as they are by default.
   *
   * @return this
   */
  public Stream setKeepAlive() {
    return setKeepAlive(false);
  }

  /**
   * Switches keep-alive probes on an idle connection on or off.
   *
   * @param on whether to send them
   * @return this
   */
  public Stream setKeepAlive(boolean on) {
    return setKeepAlive(on, 0);
  }

  /**
   * Switches keep-alive probes on an idle connection on or off (semantics W7). May be called before
   * {@code connect}; has no effect on a UNIX socket.
   *
   * @param on whether to send them
   * @param initialDelayMillis the milliseconds from the last data to the first probe, rounded up to
   *     whole seconds; 0 leaves the delay as it is
   * @return this
   */
  public Stream setKeepAlive(boolean on, long initialDelayMillis) {
    if (initialDelayMillis < 0) {
      throw new IllegalArgumentException(
          "initialDelayMillis must be 0 or more, was " + initialDelayMillis);
    }
    options.setKeepAlive(on, initialDelayMillis);
    return applyOptions();
  }

  private Stream applyOptions() {
    Session session = this.session;
    thread.run(
        () -> {
          LegacyTransport.Connection connection = session.connection();
          if (connection != null && !session.isOver()) {
            options.applyTo(connection);
          }
        });
    return this;
  }

  /**
   * Limits what may wait in memory to be sent (semantics W8). A write beyond it destroys the stream
   * with the error {@code ENOBUFS}. Small writes are counted with what they really cost.
   *
   * @param bytes 0, which is the default, for no limit
   * @return this
   */
  public Stream maxBufferSize(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxBufferSize must be 0 or more, was " + bytes);
    }
    maxBufferSize = bytes;
    return this;
  }

  /**
   * Says what happens when the peer ends (semantics C6, C7).
   *
   * @param on false, which is the default: the stream ends itself, after what the listeners of
   *     {@code end} have written; true: it can be written to until the user ends it
   * @return this
   */
  public Stream allowHalfOpen(boolean on) {
    allowHalfOpen = on;
    return this;
  }

  /**
   * Lets the open stream keep the program alive, as it does at first (semantics O7).
   *
   * @return this
   */
  public Stream ref() {
    handle.reference(true);
    return this;
  }

  /**
   * Lets the program end although this stream is open.
   *
   * @return this
   */
  public Stream unref() {
    handle.reference(false);
    return this;
  }

  // State.

  /**
   * Returns what the stream can do right now (semantics C9).
   *
   * @return the state
   */
  public ReadyState readyState() {
    return session.readyState();
  }

  /**
   * Says whether {@code data} may still come.
   *
   * @return whether the stream is established and the peer has not ended
   */
  public boolean readable() {
    return session.isReadable();
  }

  /**
   * Says whether a write may still reach the peer.
   *
   * @return whether the stream is established and this side has not ended
   */
  public boolean writable() {
    return session.isWritable();
  }

  /**
   * Says what happens when the peer ends.
   *
   * @return what {@link #allowHalfOpen(boolean)} was given
   */
  public boolean allowHalfOpen() {
    return allowHalfOpen;
  }

  /**
   * Returns the peer's IP address as text, such as {@code 74.125.127.100} or {@code
   * 2001:4860:a005::68} (semantics C10).
   *
   * @return the address; null on a UNIX socket and before the stream is established
   */
  public @Nullable String remoteAddress() {
    return session.remoteAddress() instanceof InetSocketAddress address
        ? IpAddress.format(address.getAddress().getAddress())
        : null;
  }

  /**
   * Returns the peer's TCP port.
   *
   * @return the port; -1 on a UNIX socket and before the stream is established
   */
  public int remotePort() {
    return session.remoteAddress() instanceof InetSocketAddress address ? address.getPort() : -1;
  }

  /**
   * Returns this side's address as the operating system tells it: an {@link InetSocketAddress} or a
   * {@link java.net.UnixDomainSocketAddress}.
   *
   * @return the address; null before the stream is established
   */
  public @Nullable SocketAddress localAddress() {
    return session.localAddress();
  }

  /**
   * Returns the descriptor of the socket.
   *
   * @return the descriptor; -1 while there is none, or where the transport does not show it ({@code
   *     nio})
   */
  public int fd() {
    LegacyTransport.Connection connection = session.connection();
    return connection == null || session.isOver() ? -1 : connection.descriptor();
  }

  /**
   * Returns the server that accepted this stream.
   *
   * @return the server; null for a stream that the user made
   */
  public @Nullable Server server() {
    return server;
  }

  /**
   * Returns how many bytes have been read from the peer, over all the lives of this object.
   *
   * @return bytes
   */
  public long bytesRead() {
    return bytesRead;
  }

  /**
   * Returns how many bytes have been given to {@code write}, over all the lives of this object,
   * including those that still wait ({@link #bufferSize}).
   *
   * @return bytes
   */
  public long bytesWritten() {
    return bytesWritten;
  }

  /**
   * Returns how many bytes wait in memory for the kernel to take them (semantics W6).
   *
   * @return bytes
   */
  public long bufferSize() {
    return session.outbox.bufferSize();
  }

  // Listeners.

  /**
   * Adds a listener for {@code connect}: the stream is established.
   *
   * @param listener what to run
   * @return this
   */
  public Stream onConnect(Runnable listener) {
    return on("connect", listener);
  }

  /**
   * Adds a listener for {@code secure}: the handshake that {@link #setSecure(Credentials)} began is
   * done.
   *
   * @param listener what to run
   * @return this
   */
  public Stream onSecure(Runnable listener) {
    return on("secure", listener);
  }

  /**
   * Adds a listener for {@code data} that gets bytes, whatever {@code setEncoding} says.
   *
   * @param listener gets each chunk; it may keep it for ever (semantics R2)
   * @return this
   */
  public Stream onData(Consumer<Buffer> listener) {
    return addData(listener, DataListener.Kind.BYTES);
  }

  /**
   * Adds a listener for {@code data} that gets text, in the encoding that {@code setEncoding} says,
   * or else UTF-8.
   *
   * @param listener gets each piece
   * @return this
   */
  public Stream onText(Consumer<String> listener) {
    return addData(listener, DataListener.Kind.TEXT);
  }

  private Stream addData(Object listener, DataListener.Kind kind) {
    return add("data", new DataListener(Objects.requireNonNull(listener, "listener"), kind));
  }

  /**
   * Adds a listener for {@code end}: the peer has sent FIN, and all its data was emitted.
   *
   * @param listener what to run
   * @return this
   */
  public Stream onEnd(Runnable listener) {
    return on("end", listener);
  }

  /**
   * Adds a listener for {@code timeout}; see {@link #setTimeout}.
   *
   * @param listener what to run
   * @return this
   */
  public Stream onTimeout(Runnable listener) {
    return on("timeout", listener);
  }

  /**
   * Adds a listener for {@code drain}: all that was written is in the kernel, after a {@code write}
   * had returned false.
   *
   * @param listener what to run
   * @return this
   */
  public Stream onDrain(Runnable listener) {
    return on("drain", listener);
  }

  /**
   * Adds a listener for {@code error}; {@code close} follows directly.
   *
   * @param listener gets the reason
   * @return this
   */
  public Stream onError(Consumer<NetException> listener) {
    return on("error", listener);
  }

  /**
   * Adds a listener for {@code close}, the last event.
   *
   * @param listener gets whether there was an error
   * @return this
   */
  public Stream onClose(Consumer<Boolean> listener) {
    return on("close", listener);
  }

  /** Returns the stream with its peer and its state, for messages. */
  @Override
  public String toString() {
    String peer = remoteAddress();
    return "Stream[" + (peer == null ? "" : peer + ":" + remotePort() + ", ") + readyState() + "]";
  }

  // What the engine uses.

  LoopThread thread() {
    return thread;
  }

  SocketOptions options() {
    return options;
  }

  IdleTimer idleTimer() {
    return idleTimer;
  }

  Liveness.Handle handle() {
    return handle;
  }

  boolean isClaimed() {
    return claimed;
  }

  boolean isPaused() {
    return paused;
  }

  boolean gathers() {
    return gathers;
  }

  @Nullable Encoding encoding() {
    return encoding;
  }

  long maxBufferSize() {
    return maxBufferSize;
  }

  void countRead(int bytes) {
    BYTES_READ.lazySet(this, bytesRead + bytes);
  }

  void countWritten(int bytes) {
    BYTES_WRITTEN.lazySet(this, bytesWritten + bytes);
  }

  /** A count that grows with every byte that the kernel takes. */
  long progress() {
    return session.outbox.progress();
  }

  private void flowChanged() {
    Session session = this.session;
    thread.run(session.inbox::flowChanged);
  }

  /** A pipe from this stream has begun. */
  void pipes(StreamPipe pipe) {
    this.pipe = pipe;
  }

  /** The pipe that is the only one to listen for data; null if there is none such. */
  @Nullable StreamPipe onlyPipe() {
    StreamPipe pipe = this.pipe;
    return pipe != null && pipe.isOnlyListener(find("data")) ? pipe : null;
  }

  LegacyTransport.@Nullable Connection direct() {
    return session.isOver() ? null : session.outbox.direct();
  }

  boolean passed(int count, boolean calm) {
    return session.outbox.passed(count, calm);
  }

  boolean isEnded() {
    return session.ended;
  }

  /** Resumes {@code source}, which feeds this stream, unless a drain will do so. Loop thread. */
  void resumeUnlessWaiting(Stream source) {
    if (!session.outbox.willDrain()) {
      source.resume();
    }
  }

  @Override
  void added(String event) {
    if (!claimed && event.equals("data")) {
      claimed = true;
      flowChanged();
    }
  }

  @Override
  @Nullable Runnable missed(String event, Object listener) {
    int bit = bitOf(event);
    if ((happened & bit) == 0) {
      return null;
    }
    Object argument =
        switch (bit) {
          case FAILED -> error;
          case CLOSED -> (happened & FAILED) != 0;
          default -> null;
        };
    return () -> {
      if (has(event, listener)) {
        dispatch(event, new Object[] {listener}, argument, null);
      }
    };
  }

  @Override
  void tellLateSoon() {
    thread.later(this::tellLate);
  }

  private static int bitOf(String event) {
    return switch (event) {
      case "connect" -> CONNECTED;
      case "end" -> ENDED;
      case "secure" -> SECURED;
      case "error" -> FAILED;
      case "close" -> CLOSED;
      default -> 0;
    };
  }

  /**
   * Emits an event that happens once in a life, and remembers it for listeners that come late.
   *
   * @return whether there was a listener
   */
  boolean emitOnce(Session of, String event, @Nullable Object argument) {
    Object[] listeners;
    int bit = bitOf(event);
    synchronized (this) {
      if (of == session) { // else a listener for error has connected again: a new life
        happened |= bit;
        if (bit == FAILED) {
          error = (NetException) argument;
        }
      }
      listeners = find(event);
    }
    tellLate();
    boolean last = bit == FAILED || bit == CLOSED;
    dispatch(event, listeners, argument, last ? null : of);
    return listeners.length > 0;
  }

  /** Emits an event that may happen many times. */
  void emit(Session of, String event, @Nullable Object argument) {
    tellLate();
    dispatch(event, find(event), argument, of);
  }

  void emitTimeout() {
    Session session = this.session;
    if (!session.isOver()) {
      emit(session, "timeout", null);
    }
  }

  /** Calls listeners one by one, until {@code of} is over, if that is not null. */
  private void dispatch(
      String event, Object[] listeners, @Nullable Object argument, @Nullable Session of) {
    thread.enter();
    try {
      for (Object listener : listeners) {
        if (of != null && of.isOver()) {
          return;
        }
        callListener(event, listener, argument);
      }
    } finally {
      leave();
    }
  }

  /** Ends what {@link LoopThread#enter} began for listeners of this stream. */
  void leave() {
    Throwable thrown = this.thrown;
    if (thrown != null) {
      this.thrown = null;
      session.destroyReported(asNetException(thrown));
    }
    thread.leave();
  }

  void callDataListener(Object listener, Object chunk) {
    callListener("data", listener, chunk);
  }

  private void callListener(String event, Object listener, @Nullable Object argument) {
    try {
      invoke(event, listener, argument);
    } catch (Throwable thrown) {
      // The other listeners get this event first, so that none of them is harmed (semantics O5).
      LoopThread.report(thrown);
      this.thrown = thrown;
    }
  }

  /** Destroys this stream because a listener of its server threw, which has been reported. */
  void connectionListenerThrew(Throwable thrown) {
    Session session = this.session;
    session.doom();
    thread.run(() -> session.destroyReported(asNetException(thrown)));
  }

  /**
   * A life has come to its end, and said so to the listeners.
   *
   * @param unheard its error, if no one listened for that
   * @param late whether a listener may still be on its way
   */
  void sessionClosed(Session closed, @Nullable NetException unheard, boolean late) {
    Endpoint endpoint;
    Session current;
    synchronized (this) {
      endpoint = next;
      next = null;
      current = session;
    }
    if (unheard != null && !late) {
      Reports.unhandled(this, unheard);
    }
    if (current != closed) {
      if (endpoint != null) {
        current.connect(endpoint);
      }
    } else if (unheard != null && late) {
      thread.transport.schedule(() -> reportUnlessHeard(closed, unheard), Reports.PATIENCE_MILLIS);
    } else {
      deactivateIfStill(closed);
    }
  }

  private void reportUnlessHeard(Session closed, NetException unheard) {
    if (listenerCount("error") == 0) {
      Reports.unhandled(this, unheard);
    }
    deactivateIfStill(closed);
  }

  private void deactivateIfStill(Session closed) {
    synchronized (this) {
      if (session == closed) {
        handle.deactivate();
      }
    }
  }
}
