package evented.net;

import java.net.SocketAddress;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The seam between the engine and what carries its bytes: one loop thread with the sockets on it.
 *
 * <p>Everything here is called on the loop thread, except {@link #inLoop}, {@link #execute} and
 * {@link #close}. The engine knows nothing of what lies behind: Netty with epoll, io_uring, kqueue
 * or NIO, or the fake of the tests.
 */
interface LegacyTransport {
  /** Whether the calling thread is this loop's thread. */
  boolean inLoop();

  /** Runs {@code task} on the loop thread, after all tasks that were given before it. */
  void execute(Runnable task);

  /** Runs {@code task} on the loop thread in {@code millis} milliseconds. */
  Scheduled schedule(Runnable task, long millis);

  /** A clock that only goes forward, in nanoseconds. */
  long nanoTime();

  /**
   * Begins to connect; the outcome comes as {@link ConnectionEvents#connected} or {@link
   * ConnectionEvents#connectFailed}, never inside this call.
   */
  Connection connect(SocketAddress remote, ConnectionEvents events);

  /**
   * Binds and listens; connections are accepted from now on.
   *
   * @throws NetException what the system said
   */
  Acceptor listen(SocketAddress local, int backlog, AcceptorEvents events) throws NetException;

  /**
   * Accepts on a descriptor that is bound and listens already. On failure the descriptor is left as
   * it was.
   *
   * @throws NetException if it is no listening stream socket, or this transport cannot adopt one
   */
  Acceptor adopt(int descriptor, AcceptorEvents events) throws NetException;

  /**
   * Takes over a descriptor that is connected already. On failure the descriptor is left as it was.
   *
   * @throws NetException if it is no connected stream socket, or this transport cannot adopt one
   */
  Connection adoptConnection(int descriptor, ConnectionEvents events) throws NetException;

  /** Stops the loop thread once its present tasks are done. May be called from any thread. */
  void close();

  /** A task that waits for its time. */
  interface Scheduled {
    void cancel();
  }

  /**
   * One socket. Bytes are gathered by {@code write} and leave with {@code flush}. No method calls
   * back before it returns, except {@link #close}, after which {@link ConnectionEvents#closed} may
   * come at once, and {@link #flush} and {@link #forward}, which may tell of a failure by {@link
   * ConnectionEvents#writeFailed}.
   */
  interface Connection {
    /**
     * Copies as many of the bytes as the gathering has room for and says how many those were; 0
     * asks for a {@link #flush}.
     */
    int write(byte[] bytes, int from, int to);

    /** Moves as many bytes out of {@code queue} as the gathering has room for. */
    void write(WriteQueue queue);

    /**
     * Hands the bytes to the kernel at once, behind what is gathered, from where they were read
     * into: without a copy. Only possible while the very array is being {@link
     * ConnectionEvents#received} on this loop.
     *
     * @return whether it was possible
     */
    boolean forward(byte[] bytes, int from, int to);

    /**
     * Hands what is gathered to the kernel. False asks the caller to hold further bytes back until
     * {@link ConnectionEvents#writable}.
     */
    boolean flush();

    /** Bytes written to this connection that the kernel has not taken yet. */
    long waiting();

    /** A count that grows as the kernel takes bytes. */
    long progress();

    /** Switches {@link ConnectionEvents#received} on and off; off at first. */
    void setReading(boolean on);

    /**
     * Sends FIN, after a close_notify if there is TLS. Only to be called when {@link #waiting} is
     * 0.
     */
    void shutdownOutput();

    /**
     * Puts TLS between this connection and the wire. What was written before must have been handed
     * over ({@link #flush} true, or {@link ConnectionEvents#writable}); {@link
     * ConnectionEvents#secured} or {@link ConnectionEvents#secureFailed} tells how it went.
     *
     * @param credentials what to show and whom to trust
     * @param client whether this side begins the handshake
     * @param host the name that the client has connected to; null if there is none
     * @param first bytes that were read already and belong to TLS
     */
    void startTls(
        Credentials credentials, boolean client, @Nullable String host, List<Buffer> first);

    /** The session of TLS; null on a plain connection and before {@code secured}. */
    @Nullable SSLSession tlsSession();

    /** The protocol that ALPN has chosen; null if none. */
    @Nullable String alpnProtocol();

    /** Closes the descriptor; what the kernel has taken is still delivered. */
    void close();

    @Nullable SocketAddress localAddress();

    @Nullable SocketAddress remoteAddress();

    /** The descriptor, or -1 where this transport does not show it. */
    int descriptor();

    void setNoDelay(boolean on);

    /** {@code initialDelayMillis} 0 leaves the delay as it is. */
    void setKeepAlive(boolean on, long initialDelayMillis);
  }

  /** What happens to one socket, told on the loop thread. */
  interface ConnectionEvents {
    void connected();

    void connectFailed(NetException cause);

    /** Bytes from the peer; {@code bytes} belongs to the receiver. */
    void received(byte[] bytes);

    /**
     * The connection of the same transport that the next bytes may go to as they are, because all
     * that is to be done with them is to send them there; null if they are to be {@link #received}.
     */
    @Nullable Connection passesThrough();

    /**
     * Bytes went to {@link #passesThrough} as they were.
     *
     * @param calm what {@link Connection#flush} has returned there
     */
    void passedThrough(int count, boolean calm);

    /** How many bytes may be read at the next go; at least 1, and no limit if they are wanted. */
    int readBudget();

    /** The peer's FIN: nothing more will be received. */
    void ended();

    /** Reading failed; nothing more will be received. */
    void readFailed(NetException cause);

    /** Writing failed; nothing more can be written, though bytes may still be received. */
    void writeFailed(NetException cause);

    /** Everything that was flushed is in the kernel. */
    void writable();

    /** The handshake is done: what is written and received from now on is protected. */
    void secured();

    /** The peer has closed TLS for both directions: nothing more can be written. */
    void outputClosed();

    /** The handshake failed; nothing more will be received. */
    void secureFailed(NetException cause);

    /** The descriptor is closed. The last event, and it comes exactly once after connecting. */
    void closed();
  }

  /** One listening socket. */
  interface Acceptor {
    /** The address as the operating system tells it. */
    @Nullable SocketAddress localAddress();

    int descriptor();

    /** Switches accepting on and off; on at first. What waits meanwhile stays in the backlog. */
    void setAccepting(boolean on);

    /** Stops accepting; {@link AcceptorEvents#closed} tells when the descriptor is closed. */
    void close();
  }

  /** What happens to one listening socket, told on its loop thread. */
  interface AcceptorEvents {
    /**
     * A connection was accepted.
     *
     * @return what serves it, or null to have it closed at once
     */
    @Nullable Accepted accepted(@Nullable SocketAddress local, @Nullable SocketAddress remote);

    /** The descriptor is closed. */
    void closed();
  }

  /** Where an accepted connection goes: a loop thread, and the receiver of its events. */
  interface Accepted {
    LegacyTransport transport();

    ConnectionEvents events();

    /** Called on the accepting thread once the connection is registered with its loop thread. */
    void opened(Connection connection);
  }
}
