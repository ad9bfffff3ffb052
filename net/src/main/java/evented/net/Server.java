package evented.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A TCP or UNIX server ({@code net.Server}).
 *
 * <p>Events: {@code listening}; {@code connection} with the {@link Stream}; {@code drop} with a
 * {@link DroppedConnection}; {@code error} with a {@link NetException}; {@code close}. They run on
 * one thread of the server's loop, one after another. A listener for {@code listening}, {@code
 * error} or {@code close} that is added after the event has happened gets it all the same, so the
 * thread that calls {@code listen} misses nothing. All methods may be called from any thread.
 */
public final class Server extends EventEmitter<Server> {
  /**
   * How many connections the kernel queues before they are accepted, unless {@link #backlog} is
   * called.
   */
  private static final int DEFAULT_BACKLOG = 511;

  private final LoopThread thread;
  private final Liveness.Handle handle = new Liveness.Handle();
  private final AtomicInteger connections = new AtomicInteger();

  private volatile int backlog = DEFAULT_BACKLOG;
  private volatile boolean allowHalfOpen;
  private volatile int maxConnections = Integer.MAX_VALUE;

  /** The present life, from {@code listen} to {@code close}; null while there is none. */
  private volatile @Nullable Listening listening;

  // Guarded by this: what has happened in this life, for listeners that come late.
  private boolean emittedListening;
  private boolean emittedClose;
  private @Nullable NetException emittedError;

  /** Creates a server on the {@linkplain Loop#shared shared loop}; it does not listen yet. */
  public Server() {
    this(Loop.shared());
  }

  Server(Loop loop) {
    thread = loop.nextThread();
  }

  /**
   * Says what the streams of this server do when the peer ends; see {@link
   * Stream#allowHalfOpen(boolean)}. Counts for connections that come after the call.
   *
   * @param on false by default
   * @return this
   */
  public Server allowHalfOpen(boolean on) {
    allowHalfOpen = on;
    return this;
  }

  boolean allowHalfOpen() {
    return allowHalfOpen;
  }

  /**
   * Sets how many connections the kernel may queue before they are accepted. To be called before
   * {@code listen}.
   *
   * @param connections 1 or more; 511 by default. The system has a limit of its own.
   * @return this
   */
  public Server backlog(int connections) {
    if (connections < 1) {
      throw new IllegalArgumentException("backlog must be 1 or more, was " + connections);
    }
    backlog = connections;
    return this;
  }

  /**
   * Listens on a free TCP port of every IPv4 address; {@link #port} tells which (semantics S1).
   *
   * <p>All forms of {@code listen} are asynchronous: {@code listening} tells when the server is
   * bound. What the system refuses comes as {@code error}, then {@code close}; after that the
   * server can listen elsewhere.
   *
   * @return this
   * @throws IllegalStateException {@code Server already opened}, if it listens or is about to
   */
  public Server listen() {
    return listen(0);
  }

  /**
   * Listens on a free TCP port of every IPv4 address.
   *
   * @param callback a listener for {@code listening}, called once
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listen(Runnable callback) {
    return listen(0, callback);
  }

  /**
   * Listens on a TCP port of every IPv4 address ({@code INADDR_ANY}).
   *
   * @param port 0 to 65535; 0 takes a free one
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listen(int port) {
    return listen(port, "0.0.0.0");
  }

  /**
   * Listens on a TCP port of every IPv4 address ({@code INADDR_ANY}).
   *
   * @param port 0 to 65535; 0 takes a free one
   * @param callback a listener for {@code listening}, called once
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listen(int port, Runnable callback) {
    return listen(port, "0.0.0.0", callback);
  }

  /**
   * Listens on a TCP port of one address.
   *
   * @param port 0 to 65535; 0 takes a free one
   * @param host an address, or a name, of which the first address counts
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listen(int port, String host) {
    open(Endpoint.tcp(port, host), null);
    return this;
  }

  /**
   * Listens on a TCP port of one address.
   *
   * @param port 0 to 65535; 0 takes a free one
   * @param host an address, or a name, of which the first address counts
   * @param callback a listener for {@code listening}, called once
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listen(int port, String host, Runnable callback) {
    open(Endpoint.tcp(port, host), Objects.requireNonNull(callback, "callback"));
    return this;
  }

  /**
   * Listens on a UNIX socket (semantics S2). A socket file that no one serves any more is replaced;
   * {@link #close} removes the file.
   *
   * @param path where the socket is made
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listen(String path) {
    open(Endpoint.unix(path), null);
    return this;
  }

  /**
   * Listens on a UNIX socket.
   *
   * @param path where the socket is made
   * @param callback a listener for {@code listening}, called once
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listen(String path, Runnable callback) {
    open(Endpoint.unix(path), Objects.requireNonNull(callback, "callback"));
    return this;
  }

  /**
   * Listens on a descriptor on which {@code bind} and {@code listen} were called already, TCP or
   * UNIX, such as descriptor 3 of systemd's socket activation (semantics S3).
   *
   * <p>A descriptor that is none, or that does not listen, comes as {@code error} and is left as it
   * was. {@link #close} closes the descriptor, and leaves a UNIX socket's file where it is. Only
   * the {@code epoll} transport can do this.
   *
   * @param fd the descriptor, 0 or more
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listenFD(int fd) {
    if (fd < 0) {
      throw new IllegalArgumentException("fd must be 0 or more, was " + fd);
    }
    Listening opening = reserve();
    thread.run(() -> opening.adopt(fd));
    return this;
  }

  private void open(Endpoint endpoint, @Nullable Runnable callback) {
    Listening opening = reserve();
    if (callback != null) {
      opening.callback = callback;
      once("listening", callback);
    }
    thread.run(() -> opening.open(endpoint));
  }

  /** Takes the place of the listening socket, for the calling thread alone. */
  private synchronized Listening reserve() {
    thread.checkOpen();
    if (listening != null) {
      throw new IllegalStateException("Server already opened");
    }
    emittedListening = false;
    emittedClose = false;
    emittedError = null;
    Listening opening = new Listening(this, thread);
    listening = opening;
    handle.activate();
    return opening;
  }

  /**
   * Stops accepting at once; {@code close} tells when the listening socket is closed (semantics
   * S5). Streams that were accepted before live on.
   *
   * @return this
   * @throws IllegalStateException {@code Not running}, if it does not listen
   */
  public Server close() {
    Listening closing;
    synchronized (this) {
      closing = listening;
      if (closing == null || closing.closeRequested) {
        throw new IllegalStateException("Not running");
      }
      closing.closeRequested = true;
    }
    thread.run(closing::close);
    return this;
  }

  /**
   * Accepts no connection for a while. Clients that connect meanwhile wait in the kernel's queue
   * ({@link #backlog}), of which none is lost while there is room; streams that were accepted
   * before live on. A further call begins the time anew. May be called from any thread.
   *
   * @param millis in how many milliseconds to accept again, 0 or more; 0 ends a pause
   * @return this
   * @throws IllegalStateException {@code Not running}, if it does not listen
   */
  public Server pause(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("millis must be 0 or more, was " + millis);
    }
    Listening pausing;
    synchronized (this) {
      pausing = listening;
      if (pausing == null || pausing.closeRequested) {
        throw new IllegalStateException("Not running");
      }
    }
    thread.run(() -> pausing.pause(millis));
    return this;
  }

  /**
   * Returns the bound address as the operating system tells it (semantics S6): an {@link
   * InetSocketAddress}, or a {@link UnixDomainSocketAddress}.
   *
   * @return the address; null while the server is not bound
   */
  public @Nullable SocketAddress address() {
    Listening listening = this.listening;
    return listening == null ? null : listening.address;
  }

  /**
   * Returns the TCP port that the server is bound to.
   *
   * @return the port; -1 while it is not bound, or bound to a UNIX socket
   */
  public int port() {
    return address() instanceof InetSocketAddress address ? address.getPort() : -1;
  }

  /**
   * Returns the descriptor of the listening socket.
   *
   * @return the descriptor; -1 while the server is not bound, or where the transport does not show
   *     it ({@code nio})
   */
  public int fd() {
    Listening listening = this.listening;
    return listening == null ? -1 : listening.descriptor;
  }

  /**
   * Sets how many connections are served at a time (semantics S7). One beyond that is accepted and
   * closed at once; {@code drop} is emitted for it instead of {@code connection}.
   *
   * @param n 0 or more; {@link Integer#MAX_VALUE}, which is the default, for no limit
   * @return this
   */
  public Server maxConnections(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("maxConnections must be 0 or more, was " + n);
    }
    maxConnections = n;
    return this;
  }

  /**
   * Returns how many connections are served at a time.
   *
   * @return the limit; {@link Integer#MAX_VALUE} if there is none
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * Returns how many connections there are now. A stream counts from its {@code connection} event
   * until just before its {@code close} event.
   *
   * @return their number
   */
  public int connections() {
    return connections.get();
  }

  /**
   * Lets the listening server keep the program alive, as it does at first (semantics O7).
   *
   * @return this
   */
  public Server ref() {
    handle.reference(true);
    return this;
  }

  /**
   * Lets the program end although this server listens.
   *
   * @return this
   */
  public Server unref() {
    handle.reference(false);
    return this;
  }

  /**
   * Adds a listener for {@code connection}. The stream's own {@code connect} follows as soon as the
   * listener has returned, and it reads from then on: a listener that is not ready for data calls
   * {@link Stream#pause}.
   *
   * @param listener gets the new stream
   * @return this
   */
  public Server onConnection(Consumer<Stream> listener) {
    return on("connection", listener);
  }

  /**
   * Adds a listener for {@code listening}: the server is bound.
   *
   * @param listener what to run
   * @return this
   */
  public Server onListening(Runnable listener) {
    return on("listening", listener);
  }

  /**
   * Adds a listener for {@code close}: the listening socket is closed.
   *
   * @param listener what to run
   * @return this
   */
  public Server onClose(Runnable listener) {
    return on("close", listener);
  }

  /**
   * Adds a listener for {@code error}: the server cannot listen. {@code close} follows.
   *
   * @param listener gets the reason
   * @return this
   */
  public Server onError(Consumer<NetException> listener) {
    return on("error", listener);
  }

  /** Returns the server with its address, for messages. */
  @Override
  public String toString() {
    SocketAddress address = address();
    return "Server[" + (address == null ? "closed" : address) + "]";
  }

  // What Listening and Session use.

  @Override
  @Nullable Runnable missed(String event, Object listener) {
    boolean happened =
        switch (event) {
          case "listening" -> emittedListening;
          case "close" -> emittedClose;
          case "error" -> emittedError != null;
          default -> false;
        };
    if (!happened) {
      return null;
    }
    Object argument = event.equals("error") ? emittedError : null;
    return () -> {
      if (has(event, listener)) {
        dispatch(event, new Object[] {listener}, argument);
      }
    };
  }

  @Override
  void tellLateSoon() {
    thread.later(this::tellLate);
  }

  int backlog() {
    return backlog;
  }

  Loop loop() {
    return thread.loop;
  }

  /** Counts a connection in; false if there is no room for it. */
  boolean admit() {
    while (true) {
      int now = connections.get();
      if (now >= maxConnections) {
        return false;
      }
      if (connections.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  /** A session is attached to its thread: tell the listeners, then let it begin (semantics S10). */
  void opened(Session session) {
    if (thread.inLoop()) {
      emitConnection(session);
      session.begin();
    } else {
      thread.later(
          () -> {
            emitConnection(session);
            session.runOnThread(session::begin);
          });
    }
  }

  private void emitConnection(Session session) {
    tellLate();
    thread.enter();
    try {
      for (Object listener : find("connection")) {
        try {
          invoke("connection", listener, session.stream);
        } catch (Throwable thrown) {
          LoopThread.report(thrown);
          session.stream.connectionListenerThrew(thrown);
        }
      }
    } finally {
      thread.leave();
    }
  }

  /** A session has come to its end. */
  void closed(Session session) {
    connections.decrementAndGet();
  }

  void emitListening() {
    Object[] listeners;
    synchronized (this) {
      emittedListening = true;
      listeners = find("listening");
    }
    tellLate();
    dispatch("listening", listeners, null);
  }

  void emitDrop(DroppedConnection dropped) {
    dispatch("drop", find("drop"), dropped);
  }

  /** Ends this life and tells the listeners so, after the error if there was one. */
  void emitClose(Listening closed, @Nullable NetException failure) {
    if (failure != null && closed.callback != null) {
      removeListener("listening", closed.callback); // it was for this life
    }
    Object[] errorListeners;
    synchronized (this) {
      listening = null;
      emittedError = failure;
      errorListeners = find("error");
    }
    tellLate();
    if (failure != null) {
      dispatch("error", errorListeners, failure);
    }
    Object[] closeListeners;
    synchronized (this) {
      emittedClose = listening == null;
      closeListeners = find("close");
    }
    tellLate();
    dispatch("close", closeListeners, null);
    if (failure != null && errorListeners.length == 0) {
      thread.transport.schedule(() -> reportUnlessHeard(failure), Reports.PATIENCE_MILLIS);
    } else {
      deactivate();
    }
  }

  private void reportUnlessHeard(NetException failure) {
    if (listenerCount("error") == 0) {
      Reports.unhandled(this, failure);
    }
    deactivate();
  }

  private synchronized void deactivate() {
    if (listening == null) { // unless a listener has called listen again
      handle.deactivate();
    }
  }

  private void dispatch(String event, Object[] listeners, @Nullable Object argument) {
    thread.enter();
    try {
      for (Object listener : listeners) {
        try {
          invoke(event, listener, argument);
        } catch (Throwable thrown) {
          LoopThread.report(thrown);
        }
      }
    } finally {
      thread.leave();
    }
  }
}
