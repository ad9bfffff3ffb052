package evented.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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

  private final Loop loop;
  private final LoopThread thread;
  private final Liveness.Handle handle = new Liveness.Handle();
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<LoopThread, Counters> counters = new LinkedHashMap<>();

  private volatile int backlog = DEFAULT_BACKLOG;
  private volatile boolean reusePort;
  private volatile boolean ipv6Only;
  private volatile boolean allowHalfOpen;
  private volatile int maxConnections = Integer.MAX_VALUE;

  /** The present life, from {@code listen} to {@code close}; null while there is none. */
  private volatile @Nullable ListenSocket listening;

  private final Owner owner = new Owner();
  private final LoopEmitter emitter;

  /** Creates a server on the {@linkplain Loop#shared shared loop}; it does not listen yet. */
  public Server() {
    this(Loop.shared());
  }

  Server(Loop loop) {
    this.loop = loop;
    this.thread = loop.nextThread();
    this.emitter = new LoopEmitter(thread, this, owner);
    loop.allThreads().forEach(each -> counters.put(each, new Counters()));
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
   * Lets other sockets that ask for the same listen on the same TCP port; where the system can, it
   * shares connections out among them. Counts from the next {@code listen} on.
   *
   * @param on whether they may; by default they may not
   * @return this
   */
  public Server reusePort(boolean on) {
    reusePort = on;
    return this;
  }

  /**
   * Keeps IPv4 away from a server that listens on {@code ::}, which else serves both. Counts from
   * the next {@code listen} on. On the {@code nio} transport this takes an option of the JVM,
   * {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED} on a class path; without it the server
   * fails with {@code EOPNOTSUPP}.
   *
   * @param on whether to; by default IPv4 is served too
   * @return this
   */
  public Server ipv6Only(boolean on) {
    ipv6Only = on;
    return this;
  }

  /**
   * Listens on a free TCP port of every IPv4 address; {@link #port} tells which.
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
   * Listens on a UNIX socket. A socket file that no one serves any more is replaced; {@link #close}
   * removes the file.
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
   * UNIX, such as descriptor 3 of systemd's socket activation.
   *
   * <p>A number that is no descriptor, or not one of a listening socket, comes as {@code error} and
   * is left as it was. {@link #close} closes the descriptor, and leaves a UNIX socket's file where
   * it is. On the {@code nio} transport this takes options of the JVM, which the error names.
   *
   * @param fd the descriptor, 0 or more
   * @return this
   * @throws IllegalStateException {@code Server already opened}
   */
  public Server listenFD(int fd) {
    if (fd < 0) {
      throw new IllegalArgumentException("fd must be 0 or more, was " + fd);
    }
    ListenSocket opening = reserve();
    thread.run(() -> opening.adopt(fd));
    return this;
  }

  private void open(Endpoint endpoint, @Nullable Runnable callback) {
    ListenSocket opening = reserve();
    if (callback != null) {
      opening.callback = callback;
      once("listening", callback);
    }
    thread.run(() -> opening.open(endpoint));
  }

  /** Takes the place of the listening socket, for the calling thread alone. */
  private synchronized ListenSocket reserve() {
    loop.checkOpen();
    if (listening != null) {
      throw new IllegalStateException("Server already opened");
    }
    emitter.forget();
    ListenSocket opening = new ListenSocket(owner, thread);
    listening = opening;
    handle.activate();
    return opening;
  }

  /**
   * Stops accepting at once; {@code close} tells when the listening socket is closed. Streams that
   * were accepted before live on.
   *
   * @return this
   * @throws IllegalStateException {@code Not running}, if it does not listen
   */
  public Server close() {
    ListenSocket closing;
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
   * Closes the server without cutting anyone short. It accepts who has connected by now, listens no
   * longer, and emits {@code close} as after {@link #close}. Connections that are idle are ended,
   * as by {@link Stream#end}; busy ones are waited for, and ended when they come to rest; those
   * that are still there when time is up are destroyed.
   *
   * <p>A connection is idle if all that was written to it has left, and some 50 ms have passed in
   * which no byte has moved, and the last one that did was one of ours, a reply, or none ever did.
   * One that is never at rest is ended right behind a reply, after a second or half of the time. So
   * a request that has been received is given the time for its answer, and what a client has sent
   * until it sees the end is still emitted as {@code data}. A write after the connection was ended
   * returns false. A server that never answers keeps its clients until they leave, or time is up.
   *
   * <p>A server that does not listen any more still ends its connections. A program that is to end
   * with SIGTERM calls this in a {@linkplain Runtime#addShutdownHook shutdown hook}, and waits
   * there for the result; the loop runs on meanwhile.
   *
   * @param patience how long to wait; zero destroys what there is
   * @return completed on the loop when the server has emitted {@code close} and no connection is
   *     left: with true if they have all ended by themselves, with false if one had to be
   *     destroyed. It never fails; cancelling it changes nothing
   * @throws IllegalArgumentException if {@code patience} is negative
   */
  public CompletableFuture<Boolean> shutdown(Duration patience) {
    long millis = Shutdown.millis(patience);
    ListenSocket closing;
    synchronized (this) {
      closing = listening;
      if (closing != null && closing.closeRequested) {
        closing = null;
      }
      if (closing != null) {
        closing.closeRequested = true;
      }
    }
    if (closing != null) {
      ListenSocket last = closing;
      thread.run(() -> thread.emit(last::closeWhenAccepted));
    }
    return new Shutdown(
            loop.allThreads(),
            connection -> connection.stream.acceptor == owner,
            () -> listening == null && connections.get() == 0,
            millis)
        .start();
  }

  /**
   * Tells what this server has done so far. Cheap, from any thread; numbers that belong together
   * may be a moment apart.
   *
   * @return a snapshot
   */
  public ServerStats stats() {
    Counters.Sum sum = Counters.Sum.of(counters.values());
    return new ServerStats(
        connections.get(),
        sum.opened(),
        sum.rejected(),
        sum.bytesRead(),
        sum.bytesWritten(),
        sum.errors());
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
    ListenSocket pausing;
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
   * Returns the bound address as the operating system tells it: an {@link InetSocketAddress}, or a
   * {@link UnixDomainSocketAddress}.
   *
   * @return the address; null while the server is not bound
   */
  public @Nullable SocketAddress address() {
    ListenSocket listening = this.listening;
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
    ListenSocket listening = this.listening;
    return listening == null ? -1 : listening.descriptor;
  }

  /**
   * Sets how many connections are served at a time. One beyond that is accepted and closed at once;
   * {@code drop} is emitted for it instead of {@code connection}.
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
   * Lets the listening server keep the program alive, as it does at first.
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

  // What the engine uses.

  @Override
  void adding(String event, Object listener) {
    emitter.adding(event, listener);
  }

  Loop loop() {
    return loop;
  }

  /** What the engine sees of this server. */
  private final class Owner
      implements ListenSocket.Owner, LoopEmitter.Owner, StreamEngine.Acceptor {
    @Override
    public int backlog() {
      return backlog;
    }

    @Override
    public boolean reusePort() {
      return reusePort;
    }

    @Override
    public boolean ipv6Only() {
      return ipv6Only;
    }

    @Override
    public void accepted(Socket socket) {
      if (!admit()) {
        drop(socket);
        return;
      }
      LoopThread home = loop.anyThread();
      Stream stream = new Stream(Server.this, home, this);
      if (home == thread) {
        if (register(stream, socket)) {
          emitter.emit("connection", stream, null);
          stream.engine().connection().open();
        }
      } else if (!home.later(() -> acceptedElsewhere(stream, socket))) {
        socket.close(); // that thread has ended with its loop
        connectionClosed();
      }
    }

    /** On the thread of the stream. */
    private void acceptedElsewhere(Stream stream, Socket socket) {
      if (register(stream, socket)) {
        Connection connection = stream.engine().connection();
        thread.later(
            () -> {
              emitter.emit("connection", stream, null);
              connection.thread.later(connection::open);
            });
      }
    }

    private boolean register(Stream stream, Socket socket) {
      Connection connection = stream.engine().connection();
      try {
        connection.thread.transport.register(socket);
      } catch (NetException e) {
        Reports.warn("A connection was closed that cannot be watched: " + e.getMessage());
        connectionClosed();
        return false;
      }
      connection.accepted(socket);
      FlightEvents.accept(connection.remoteAddress());
      return true;
    }

    private void drop(Socket socket) {
      DroppedConnection dropped =
          listenerCount("drop") == 0
              ? null
              : new DroppedConnection(socket.localAddress(), socket.remoteAddress());
      counters(thread).rejected();
      FlightEvents.rejected(socket, maxConnections);
      socket.close();
      if (dropped != null) {
        emitter.emit("drop", dropped, null);
      }
    }

    /** Counts a connection in; false if there is no room for it. */
    private boolean admit() {
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

    @Override
    public void connectionClosed() {
      connections.decrementAndGet();
    }

    @Override
    public int connections() {
      return connections.get();
    }

    @Override
    public Counters counters(LoopThread thread) {
      return Objects.requireNonNull(counters.get(thread));
    }

    @Override
    public void opened(ListenSocket opened) {
      emitter.emitOnce("listening", null, opened, /* always= */ true);
    }

    @Override
    public void closed(ListenSocket closed, @Nullable NetException failure) {
      if (failure != null && closed.callback != null) {
        removeListener("listening", closed.callback); // it was for this life
      }
      synchronized (Server.this) {
        listening = null;
      }
      boolean handled =
          failure == null || emitter.emitOnce("error", failure, closed, /* always= */ true);
      emitter.emitOnce("close", null, closed, /* always= */ true);
      if (handled) {
        deactivate();
      } else {
        thread.schedule(() -> reportUnlessHandled(failure), Reports.PATIENCE_MILLIS);
      }
    }

    private void reportUnlessHandled(@Nullable NetException failure) {
      if (failure != null && listenerCount("error") == 0) {
        Reports.unhandled(Server.this, failure);
      }
      deactivate();
    }

    private void deactivate() {
      synchronized (Server.this) {
        if (listening == null) { // unless a listener has called listen again
          handle.deactivate();
        }
      }
    }

    /** A life that has ended counts until the next {@code listen}. */
    @Override
    public boolean isCurrent(LoopEmitter.Life life) {
      return listening == null || listening == life;
    }

    @Override
    public void listenerThrew(@Nullable Object argument, Throwable thrown) {
      if (argument instanceof Stream stream) {
        stream.engine().connectionListenerThrew(thrown);
      }
    }
  }
}
