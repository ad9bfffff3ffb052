package evented.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which events run.
 *
 * <p>There is one {@linkplain #shared shared} loop with one thread, which is all that most programs
 * need: while a listener runs no other does, so listeners need no locks. {@link #create} makes a
 * loop of several threads; each stream and each server stays on one of them for its whole life.
 *
 * <p>The threads are daemons. The program stays alive while a server listens, a stream is open or a
 * timer runs, and ends by itself after that. All methods may be called from any thread.
 */
public final class Loop implements Executor, AutoCloseable {
  private static final AtomicInteger LOOPS = new AtomicInteger(); // for the names of threads

  private final LoopThread[] threads;
  private final AtomicInteger turn = new AtomicInteger();
  private final String transportName;
  private volatile boolean shared;
  private volatile boolean closed;

  private Loop(int threads, TransportType type) {
    this.transportName = type.toString();
    this.threads = new LoopThread[threads];
    int number = LOOPS.incrementAndGet();
    for (int i = 0; i < threads; i++) {
      String name = "evented-" + type + "-" + number + "-" + (i + 1);
      this.threads[i] = new LoopThread(type.open(), name);
    }
    for (LoopThread thread : this.threads) {
      thread.start();
    }
  }

  /** Creates a loop of one thread, which the calling thread plays. */
  Loop(Transport transport, LongSupplier clock) {
    this.transportName = "";
    this.threads = new LoopThread[] {new LoopThread(transport, clock)};
  }

  /** Holds the shared loop, so that it is made when it is first asked for. */
  private static final class Shared {
    static final Loop LOOP = new Loop(1, TransportType.choose());

    static {
      LOOP.shared = true;
    }
  }

  /**
   * Returns the loop that everything uses that names no other. It has one thread and cannot be
   * closed.
   *
   * @return the shared loop
   */
  public static Loop shared() {
    return Shared.LOOP;
  }

  /**
   * Creates a loop.
   *
   * @param threads how many threads it has, 1 or more
   * @return a new loop; {@link #close} it when it is no longer needed
   */
  public static Loop create(int threads) {
    return create(threads, TransportType.choose());
  }

  /**
   * Creates a loop on a kernel interface of one's choice, instead of the one that {@code
   * -Devented.transport} names or that suits the platform best.
   *
   * @param threads how many threads it has, 1 or more
   * @param transport the kernel interface
   * @return a new loop; {@link #close} it when it is no longer needed
   * @throws UnsupportedOperationException if this machine does not offer {@code transport}; the
   *     message says why
   */
  public static Loop create(int threads, TransportType transport) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more, was " + threads);
    }
    return new Loop(threads, Objects.requireNonNull(transport, "transport"));
  }

  /**
   * Creates a server on this loop.
   *
   * @return a server that does not listen yet
   */
  public Server createServer() {
    return new Server(this);
  }

  /**
   * Creates a server on this loop.
   *
   * @param connectionListener a listener for {@code connection}
   * @return a server that does not listen yet
   */
  public Server createServer(Consumer<Stream> connectionListener) {
    return new Server(this).onConnection(connectionListener);
  }

  /**
   * Connects to a TCP port of {@code localhost} on this loop.
   *
   * @param port 0 to 65535
   * @return a stream that is opening
   */
  public Stream createConnection(int port) {
    return newStream().connect(port);
  }

  /**
   * Connects to a TCP port on this loop.
   *
   * @param port 0 to 65535
   * @param host a name or an address
   * @return a stream that is opening
   */
  public Stream createConnection(int port, String host) {
    return newStream().connect(port, host);
  }

  /**
   * Connects to a UNIX socket on this loop.
   *
   * @param path its path
   * @return a stream that is opening
   */
  public Stream createConnection(String path) {
    return newStream().connect(path);
  }

  /**
   * Creates a stream on this loop, to {@code connect} with. Called on one of the loop's threads,
   * the stream belongs to that thread; otherwise the threads take turns.
   *
   * @return a stream that is not connected
   */
  public Stream newStream() {
    return new Stream(this);
  }

  /**
   * Creates a stream over a descriptor that is connected already, TCP or UNIX, such as one that was
   * inherited from the program that started this one. Which of both it is shows by itself.
   *
   * <p>{@code connect} tells when the stream has taken it over; from then on the descriptor is the
   * stream's, which closes it; it is put in non-blocking mode. A number that is no descriptor, or
   * not one of a connected stream socket, comes as {@code error} and is left as it was. On the
   * {@code nio} transport this takes options of the JVM, which the error names.
   *
   * @param fd the descriptor, 0 or more
   * @return the stream; by the time the caller looks at it, it may be opening still, open, or
   *     closed
   */
  public Stream adopt(int fd) {
    if (fd < 0) {
      throw new IllegalArgumentException("fd must be 0 or more, was " + fd);
    }
    return newStream().adopt(fd);
  }

  /**
   * Runs a listener once, on the loop.
   *
   * @param millis in how many milliseconds, 0 or more
   * @param listener what to run
   * @return the running timer
   */
  public Timer setTimeout(long millis, Runnable listener) {
    return startTimer(millis, false, listener);
  }

  /**
   * Runs a listener again and again, on the loop.
   *
   * @param millis the milliseconds between two runs, 0 or more
   * @param listener what to run
   * @return the running timer
   */
  public Timer setInterval(long millis, Runnable listener) {
    return startTimer(millis, true, listener);
  }

  private Timer startTimer(long millis, boolean repeats, Runnable listener) {
    Objects.requireNonNull(listener, "listener");
    if (millis < 0) {
      throw new IllegalArgumentException("millis must be 0 or more, was " + millis);
    }
    return new Timer(threadForTask(), millis, repeats, listener).start();
  }

  /**
   * Runs a task on the loop, after what was given before it, and keeps the program alive until it
   * has run. What it throws goes to the thread's uncaught-exception handler. A loop of several
   * threads runs it on the thread that calls, if it is one of its own, else on its first.
   *
   * @param task what to run
   */
  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task, "task");
    LoopThread thread = threadForTask();
    Liveness.Handle handle = new Liveness.Handle();
    handle.activate();
    boolean given =
        thread.later(
            () -> {
              thread.call(task);
              handle.deactivate();
            });
    if (!given) {
      handle.deactivate();
    }
  }

  /**
   * Returns the kernel interface that carries this loop's bytes: {@code epoll} or {@code nio}.
   *
   * @return its name
   */
  public String transport() {
    return transportName;
  }

  /**
   * Returns how many threads this loop has.
   *
   * @return 1 or more
   */
  public int threads() {
    return threads.length;
  }

  /**
   * Destroys what is left of this loop's streams and servers and stops its threads. Harmless when
   * repeated.
   *
   * @throws IllegalStateException on the shared loop, which belongs to everyone
   */
  @Override
  public void close() {
    if (shared) {
      throw new IllegalStateException("the shared loop cannot be closed");
    }
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    for (LoopThread thread : threads) {
      thread.run(thread::close);
    }
  }

  /**
   * Closes this loop without cutting anyone short: its servers listen no longer, and the
   * connections of both sides come to their end as {@link Server#shutdown} says; of one that this
   * side has opened, the last bytes that moved are to be the other side's answer. Then, or when
   * time is up, the loop is {@linkplain #close closed}, timers and tasks with it; the shared loop
   * stays open.
   *
   * @param patience how long to wait; zero destroys what there is
   * @return completed when no connection is left: with true if they have all ended by themselves,
   *     with false if one had to be destroyed. It never fails; cancelling it changes nothing
   * @throws IllegalArgumentException if {@code patience} is negative
   */
  public CompletableFuture<Boolean> shutdown(Duration patience) {
    long millis = Shutdown.millis(patience);
    Set<ListenSocket.Owner> servers = ConcurrentHashMap.newKeySet();
    AtomicInteger listening = new AtomicInteger(threads.length);
    for (LoopThread thread : threads) {
      boolean runs =
          thread.later(
              () -> {
                for (ListenSocket socket : thread.members(ListenSocket.class)) {
                  servers.add(socket.owner());
                  socket.closeWhenAccepted();
                }
                listening.decrementAndGet();
              });
      if (!runs) {
        listening.decrementAndGet();
      }
    }
    CompletableFuture<Boolean> ended =
        new Shutdown(
                allThreads(),
                connection -> true,
                () ->
                    listening.get() == 0
                        && servers.stream().allMatch(server -> server.connections() == 0),
                millis)
            .start();
    return ended.whenComplete(
        (all, never) -> {
          if (!shared) {
            close();
          }
        });
  }

  /**
   * Tells what this loop has done so far. Cheap, from any thread; numbers that belong together may
   * be a moment apart.
   *
   * @return a snapshot
   */
  public LoopStats stats() {
    List<Counters> all = new ArrayList<>();
    int timers = 0;
    long lag = 0;
    long maxLag = 0;
    for (LoopThread thread : threads) {
      all.add(thread.counters);
      timers += thread.timerCount();
      lag = Math.max(lag, thread.lag.recent(thread.nanoTime()));
      maxLag = Math.max(maxLag, thread.lag.max());
    }
    Counters.Sum sum = Counters.Sum.of(all);
    return new LoopStats(
        (int) (sum.opened() - sum.closed()),
        sum.opened(),
        sum.bytesRead(),
        sum.bytesWritten(),
        sum.errors(),
        timers,
        lag,
        maxLag);
  }

  List<LoopThread> allThreads() {
    return List.of(threads);
  }

  /** Refuses to begin what a closed loop would never carry out. */
  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the loop is closed");
    }
  }

  /** The thread for a new stream or server. */
  LoopThread nextThread() {
    checkOpen();
    LoopThread current = currentThread();
    return current != null ? current : anyThread();
  }

  /** The thread for an accepted connection: they take turns. */
  LoopThread anyThread() {
    return threads.length == 1
        ? threads[0]
        : threads[Math.floorMod(turn.getAndIncrement(), threads.length)];
  }

  private LoopThread threadForTask() {
    checkOpen();
    LoopThread current = currentThread();
    return current != null ? current : threads[0];
  }

  private @Nullable LoopThread currentThread() {
    for (LoopThread thread : threads) {
      if (thread.inLoop()) {
        return thread;
      }
    }
    return null;
  }
}
