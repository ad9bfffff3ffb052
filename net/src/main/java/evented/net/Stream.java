package evented.net;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
 * added after it happened, so a program's main thread can attach its listeners without a race.
 *
 * <p><b>Threads.</b> Every method may be called from any thread. Off the loop a call takes effect
 * on the loop, in the order of the calls. A listener that throws harms no one else: the exception
 * goes to the thread's uncaught-exception handler, and this stream is destroyed.
 *
 * <p><b>Reading.</b> A server's stream reads at once, and what arrives while no one listens for
 * {@code data} is dropped. A stream that the user made keeps what arrives, up to 64 KiB, until its
 * first consumer: a {@code data} listener, {@link #pipe} or {@link #resume}. If the peer has ended
 * and no one has claimed the data for 2 seconds, it is given up.
 *
 * <p><b>Writing.</b> What is written inside one listener is gathered and leaves as the listener
 * returns, in one system call instead of many, and without waiting for Nagle's algorithm between a
 * header and its body. So {@link #write} returns {@code true} while all is well: the bytes are in
 * the kernel, or leave for it with this listener. It returns {@code false} when the stream is still
 * connecting, when the kernel has refused data, or when more than 64 KiB wait in memory; then
 * {@code drain} comes once, as soon as all of it is in the kernel. Where the letter of the
 * specification matters more ("flushed to the kernel" when {@code write} returns), {@link
 * #setGather setGather(false)} gives that.
 *
 * <p><b>Closing either side.</b> {@link #end} sends FIN; the peer's data still arrives. The peer's
 * FIN is {@code end}; what its listeners write still goes out, then the stream ends itself, unless
 * {@link #allowHalfOpen(boolean)} says that the user will. Both ended: {@code close(false)}. {@link
 * #destroy} is the abrupt way. {@link #end} and {@link #destroy} are harmless when repeated.
 */
public final class Stream extends EventEmitter<Stream> {
  private final Loop loop;
  private final @Nullable Server server;
  private final StreamEngine engine;

  /** Creates a stream on the {@linkplain Loop#shared shared loop}; {@code connect} opens it. */
  public Stream() {
    this(Loop.shared());
  }

  Stream(Loop loop) {
    this.loop = loop;
    this.server = null;
    this.engine = new StreamEngine(this, loop.nextThread(), null);
  }

  /** For a connection that {@code server} has accepted. */
  Stream(Server server, LoopThread thread, StreamEngine.Acceptor acceptor) {
    this.loop = server.loop();
    this.server = server;
    this.engine = new StreamEngine(this, thread, acceptor);
    engine.allowHalfOpen = server.allowHalfOpen();
  }

  StreamEngine engine() {
    return engine;
  }

  // Opening.

  /** Begins the first life of this stream over a connected descriptor. */
  Stream adopt(int fd) {
    engine.adopt(fd);
    return this;
  }

  /**
   * Connects to a TCP port of {@code localhost}.
   *
   * <p>All forms of {@code connect} are asynchronous: {@code connect} tells when the stream is
   * established; otherwise {@code error} comes, then {@code close}. A closed stream may be
   * connected again, and keeps its listeners.
   *
   * @param port 0 to 65535
   * @return this
   * @throws IllegalStateException if the stream is open or opening
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
   * @throws IllegalStateException if the stream is open or opening
   */
  public Stream connect(int port, String host) {
    return connect(Endpoint.tcp(port, host));
  }

  /**
   * Connects to a UNIX socket.
   *
   * @param path its path
   * @return this
   * @throws IllegalStateException if the stream is open or opening
   */
  public Stream connect(String path) {
    return connect(Endpoint.unix(path));
  }

  private Stream connect(Endpoint endpoint) {
    loop.checkOpen();
    engine.connect(endpoint);
    return this;
  }

  // Reading.

  /**
   * Makes {@code data} come as text. Characters that are split over packets come out whole.
   *
   * @param encoding null for {@link Buffer}s again
   * @return this
   */
  public Stream setEncoding(@Nullable Encoding encoding) {
    engine.encoding = encoding;
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
   * Stops {@code data}, also of what was read already, until {@link #resume}. At most 64 KiB are
   * held in memory meanwhile; then TCP pushes back on the peer.
   *
   * @return this
   */
  public Stream pause() {
    engine.pause();
    return this;
  }

  /**
   * Lets {@code data} come again. With no listener for it, what arrives is dropped.
   *
   * @return this
   */
  public Stream resume() {
    engine.resume();
    return this;
  }

  /**
   * Puts bytes back: they are the next {@code data}, before all that has not been emitted yet.
   *
   * @param bytes what to put back
   * @return this
   */
  public Stream unshift(Buffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    engine.unshift(bytes);
    return this;
  }

  /**
   * Sends what this stream reads to another one, with back-pressure, and ends that one when this
   * one has ended. For an echo, a stream may be piped to itself.
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
    Objects.requireNonNull(destination, "destination");
    new StreamPipe(engine, destination.engine, end).start();
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
    new BlockingPipe(engine, Objects.requireNonNull(destination, "destination"), end).start();
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
   * Sends text: ASCII as it is, and text that ASCII cannot express as UTF-8.
   *
   * @param text what to send
   * @return true while all is well; false asks the caller to wait for {@code drain}. See the class
   *     description. False, and nothing done, if the other side or an error has closed the stream.
   * @throws IllegalStateException after one's own {@link #end}
   */
  public boolean write(String text) {
    return write(Buffer.owning(Encoding.encodeDefault(Objects.requireNonNull(text, "text"))));
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
    return write(Buffer.owning(Objects.requireNonNull(encoding, "encoding").encode(text)));
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
    return engine.write(Objects.requireNonNull(bytes, "bytes"));
  }

  /**
   * Sends bytes. They are copied: the array may be used again at once.
   *
   * @param bytes what to send
   * @return what {@link #write(String)} returns
   * @throws IllegalStateException after one's own {@link #end}
   */
  public boolean write(byte[] bytes) {
    return write(Buffer.of(Objects.requireNonNull(bytes, "bytes")));
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
    engine.checkNotEnded(); // before the position moves
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return write(Buffer.owning(copy));
  }

  /** Sends what is queued, then FIN; the peer's data still arrives. Harmless when repeated. */
  public void end() {
    engine.end();
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
   * Hands what is gathered to the kernel now, instead of when the listener returns.
   *
   * @return whether nothing waits in memory any more. Off the loop the flush comes later, and the
   *     answer is for now.
   */
  public boolean flush() {
    return engine.flush();
  }

  /**
   * Ends all activity at once: no more {@code data}, {@code end} or {@code drain}; {@code
   * close(false)} follows. What is not in the kernel yet is lost; {@link #end} is the way that
   * loses nothing. Harmless when repeated.
   */
  public void destroy() {
    engine.destroy(null);
  }

  /**
   * Ends all activity at once; {@code error} with {@code cause} and {@code close(true)} follow.
   *
   * @param cause a {@link NetException} as it is, anything else as the cause of one; null for none
   */
  public void destroy(@Nullable Throwable cause) {
    engine.destroy(cause == null ? null : StreamEngine.asNetException(cause));
  }

  /**
   * Ends all activity at once as {@link #destroy()} does, and tells the peer so: it gets a RST, and
   * with that {@code ECONNRESET}. On a UNIX stream this is the same as {@link #destroy()}.
   */
  public void reset() {
    engine.reset();
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
   * credentials allow, gives {@code error}, then {@code close}.
   *
   * @param credentials what to show and whom to trust; meant to be shared by many streams
   * @return this
   * @throws IllegalStateException if the stream is not open or opening, or secure already
   * @throws IllegalArgumentException on a server's stream, if the credentials have no key
   */
  public Stream setSecure(Credentials credentials) {
    return setSecure(credentials, SecureOptions.defaults());
  }

  /**
   * Begins TLS as {@link #setSecure(Credentials)} does, in the way that {@code options} say: such
   * as with a stream that has connected for the server, or another name than that of its host.
   *
   * @param credentials what to show and whom to trust; meant to be shared by many streams
   * @param options what differs
   * @return this
   * @throws IllegalStateException if the stream is not open or opening, or secure already
   * @throws IllegalArgumentException on a server's stream, if the credentials have no key; unless
   *     the options say that it is the server: then the handshake fails
   */
  public Stream setSecure(Credentials credentials, SecureOptions options) {
    engine.setSecure(
        Objects.requireNonNull(credentials, "credentials"),
        Objects.requireNonNull(options, "options"));
    return this;
  }

  /**
   * Returns what the handshake has settled. That is no question about the peer: who has not said
   * {@code rejectUnauthorized(false)} still asks by {@link #verifyPeer} or {@link
   * #getPeerCertificate}.
   *
   * @return the session
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public SecureSession getSession() {
    return engine.connection().secureSession();
  }

  /**
   * Says whether the peer's certificate is good now: its dates, signatures and constraints, up to
   * one of the credentials' authorities, or of the platform's if they have none.
   *
   * @return whether it is; false if the peer has shown none
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public boolean verifyPeer() {
    return engine.connection().askPeer().verifies(null);
  }

  /**
   * Says whether the peer's certificate is good now, and is for {@code host} (RFC 9525).
   *
   * @param host the name or address that the certificate must be for
   * @return whether it is; false if the peer has shown none
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public boolean verifyPeer(String host) {
    Objects.requireNonNull(host, "host");
    return engine.connection().askPeer().verifies(host);
  }

  /**
   * Returns the peer's certificate.
   *
   * @return the certificate; null if the peer has shown none
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public @Nullable PeerCertificate getPeerCertificate() {
    X509Certificate[] chain = engine.connection().askPeer().chain();
    return chain.length == 0 ? null : PeerCertificate.of(chain[0]);
  }

  /**
   * Decides on the peer now, as is done by itself when the listeners for {@code secure} have
   * returned (semantics T4): if the peer was to be verified, is not valid, and none of them has
   * called {@link #verifyPeer} or {@link #getPeerCertificate}, the stream fails with {@code
   * CERT_UNVERIFIED}. For a face in another language, where what a listener has begun goes on after
   * it has returned. Does nothing before {@code secure}, or when the decision was made.
   *
   * @return this
   */
  public Stream rejectUnverified() {
    engine.rejectUnverified();
    return this;
  }

  /**
   * Returns the cipher suite in use, such as {@code TLS_AES_128_GCM_SHA256}.
   *
   * @return its name
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public String getCipher() {
    return engine.connection().tlsSession().getCipherSuite();
  }

  /**
   * Returns the version of TLS in use, {@code TLSv1.2} or {@code TLSv1.3}.
   *
   * @return its name
   * @throws IllegalStateException {@code Stream is not a secure stream.}, before {@code secure}
   */
  public String getProtocol() {
    return engine.connection().tlsSession().getProtocol();
  }

  /**
   * Returns the application protocol that both sides have agreed on (ALPN).
   *
   * @return its name; null if there is none
   */
  public @Nullable String getAlpnProtocol() {
    return engine.connection().alpnProtocol();
  }

  // Options.

  /**
   * Has {@code timeout} emitted after so much time without reading, writing or connecting, and
   * again after each further such time. The stream stays as it is: a listener may {@link #end} or
   * {@link #destroy} it.
   *
   * @param millis milliseconds; 0 switches it off
   * @return this
   */
  public Stream setTimeout(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("millis must be 0 or more, was " + millis);
    }
    engine.setTimeout(millis);
    return this;
  }

  /**
   * Switches the gathering of writes.
   *
   * @param on true by default; with false each {@code write} on the loop is handed to the kernel
   *     before it returns, and returns whether the kernel took all of it
   * @return this
   */
  public Stream setGather(boolean on) {
    engine.setGather(on);
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
   * Switches the kernel's Nagle algorithm off or on. May be called before {@code connect}; has no
   * effect on a UNIX socket.
   *
   * @param on true to switch it off; it is on by default
   * @return this
   */
  public Stream setNoDelay(boolean on) {
    engine.options.setNoDelay(on);
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
   * Switches keep-alive probes on an idle connection on or off. May be called before {@code
   * connect}; has no effect on a UNIX socket.
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
    engine.options.setKeepAlive(on, initialDelayMillis);
    return applyOptions();
  }

  private Stream applyOptions() {
    engine.applyOptions();
    return this;
  }

  /**
   * Limits how long connecting may take, the resolution of the name included. After that the stream
   * fails with the error {@code ETIMEDOUT}. Counts from the next {@code connect} on.
   *
   * @param millis milliseconds; 0, which is the default, for the system's own limit
   * @return this
   */
  public Stream connectTimeout(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("connectTimeout must be 0 or more, was " + millis);
    }
    engine.connectTimeoutMillis = millis;
    return this;
  }

  /**
   * Limits the addresses that a name may lead to: of those that {@link #connect(int, String)} has
   * found, only the ones that the test accepts are tried. If there are none, the stream fails with
   * the error {@code EACCES}. What is tested is what is connected to, however it was spelled and
   * whatever a later look-up would say. Counts from the next {@code connect} on; UNIX paths are not
   * tested.
   *
   * @param test called on the loop; by default all addresses are accepted
   * @return this
   */
  public Stream connectOnlyTo(Predicate<InetAddress> test) {
    engine.acceptedAddresses = Objects.requireNonNull(test, "test");
    return this;
  }

  /**
   * Connects from an address and a port of this end's. If it cannot be had, the stream fails with
   * the system call {@code bind}, such as {@code bind EADDRINUSE}. Counts from the next {@code
   * connect} on; UNIX streams are not concerned.
   *
   * @param port the port; 0 for a free one
   * @param address an IP address of this machine, of the family that is connected to
   * @return this
   * @throws IllegalArgumentException if {@code address} is no IP address, or the port none
   */
  public Stream connectFrom(int port, String address) {
    if (Net.isIP(address) == 0) {
      throw new IllegalArgumentException("address must be an IP address, was " + address);
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0..65535, was " + port);
    }
    engine.localAddress = new InetSocketAddress(address, port); // nothing is looked up
    return this;
  }

  /**
   * Limits what may wait in memory to be sent. A write beyond it destroys the stream with the error
   * {@code ENOBUFS}. Small writes are counted with what they really cost.
   *
   * @param bytes 0, which is the default, for no limit
   * @return this
   */
  public Stream maxBufferSize(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxBufferSize must be 0 or more, was " + bytes);
    }
    engine.maxBufferSize = bytes;
    return this;
  }

  /**
   * Says what happens when the peer ends.
   *
   * @param on false, which is the default: the stream ends itself, after what the listeners of
   *     {@code end} have written; true: it can be written to until the user ends it
   * @return this
   */
  public Stream allowHalfOpen(boolean on) {
    engine.allowHalfOpen = on;
    return this;
  }

  /**
   * Lets the open stream keep the program alive, as it does at first.
   *
   * @return this
   */
  public Stream ref() {
    engine.handle.reference(true);
    return this;
  }

  /**
   * Lets the program end although this stream is open.
   *
   * @return this
   */
  public Stream unref() {
    engine.handle.reference(false);
    return this;
  }

  // State.

  /**
   * Returns what the stream can do right now.
   *
   * @return the state
   */
  public ReadyState readyState() {
    return engine.connection().readyState();
  }

  /**
   * Says whether {@code data} may still come.
   *
   * @return whether the stream is established and the peer has not ended
   */
  public boolean readable() {
    return engine.connection().isReadable();
  }

  /**
   * Says whether a write may still reach the peer.
   *
   * @return whether the stream is established and this side has not ended
   */
  public boolean writable() {
    return engine.connection().isWritable();
  }

  /**
   * Says what happens when the peer ends.
   *
   * @return what {@link #allowHalfOpen(boolean)} was given
   */
  public boolean allowHalfOpen() {
    return engine.allowHalfOpen;
  }

  /**
   * Returns the peer's IP address as text, such as {@code 74.125.127.100} or {@code
   * 2001:4860:a005::68}.
   *
   * @return the address; null on a UNIX socket and before the stream is established
   */
  public @Nullable String remoteAddress() {
    return engine.connection().remoteAddress() instanceof InetSocketAddress address
        ? IpAddress.format(address.getAddress().getAddress())
        : null;
  }

  /**
   * Returns the peer's TCP port.
   *
   * @return the port; -1 on a UNIX socket and before the stream is established
   */
  public int remotePort() {
    return engine.connection().remoteAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : -1;
  }

  /**
   * Returns this side's address as the operating system tells it: an {@link InetSocketAddress} or a
   * {@link java.net.UnixDomainSocketAddress}.
   *
   * @return the address; null before the stream is established
   */
  public @Nullable SocketAddress localAddress() {
    return engine.connection().localAddress();
  }

  /**
   * Returns the descriptor of the socket.
   *
   * @return the descriptor; -1 while there is none, or where the transport does not show it ({@code
   *     nio})
   */
  public int fd() {
    return engine.connection().descriptor();
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
    return engine.bytesRead();
  }

  /**
   * Returns how many bytes have been given to {@code write}, over all the lives of this object,
   * including those that still wait ({@link #bufferSize}).
   *
   * @return bytes
   */
  public long bytesWritten() {
    return engine.bytesWritten();
  }

  /**
   * Returns how many bytes wait in memory for the kernel to take them.
   *
   * @return bytes
   */
  public long bufferSize() {
    return engine.connection().writeHalf.bufferSize();
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
   * @param listener gets each chunk; it may keep it for ever
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

  // Hooks of the emitter.

  @Override
  void adding(String event, Object listener) {
    engine.emitter.adding(event, listener);
  }

  @Override
  void added(String event) {
    if (event.equals("data")) {
      engine.claim();
    }
  }
}
