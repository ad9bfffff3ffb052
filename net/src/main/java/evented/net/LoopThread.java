package evented.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread of a loop: its transport, its timers and its tasks, which take turns.
 *
 * <pre>
 *   ┌─► poll: every socket that is ready ──► timers that were due before ──► tasks that wait ─┐
 *   └─────────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Sockets come first, and timers are judged by the time before those were read: after the
 * process was stopped or the machine slept, no stream that was busy passes for idle. A task or
 * timer that keeps giving new ones has those run in the next turn, so that none of the three
 * starves the others.
 *
 * <p>While a listener runs, between {@link #enter} and {@link #leave}, nothing is emitted; and when
 * the outermost one has returned, what was written meanwhile leaves together.
 */
final class LoopThread {
  /** How much one read may bring, in bytes. */
  static final int READ_SIZE = 256 * 1024;

  /** How many bytes are gathered before they are written, in bytes. */
  static final int GATHERING = 64 * 1024;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** How long tasks run in a row before sockets and timers have their turn, in nanoseconds. */
  private static final long TASKS_NANOS = 10 * NANOS_PER_MILLI;

  /** How many tasks run between two looks at the clock. */
  private static final int TASKS_PER_LOOK = 32;

  final Transport transport;
  volatile Resolver.Lookup lookup = Resolver.Lookup.SYSTEM;

  private final LongSupplier clock;
  private final Thread thread;

  /** What other threads have given. */
  private final ConcurrentLinkedQueue<Runnable> incoming = new ConcurrentLinkedQueue<>();

  /** Whether a task from outside must end a sleep of the transport. */
  private volatile boolean asleep;

  private volatile boolean ended;

  // Only on the loop thread.
  private final TimerQueue timers = new TimerQueue();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private @Nullable Member members; // the first of them
  private final ByteBuffer readRegion;
  private final ByteBuffer writeRegion;
  private @Nullable ByteBuffer tlsRegion; // made when it is first needed
  private int listenersRunning;
  private ArrayList<WriteHalf> unflushed = new ArrayList<>();
  private ArrayList<WriteHalf> flushing = new ArrayList<>();
  private boolean closing;
  private boolean polling; // and no listener has run since that began
  private long busySince;

  /** What has happened to all streams of this thread. */
  final Counters counters = new Counters();

  final LoopLag lag;
  private volatile int timerCount; // as of the end of the last turn

  /** A thread of its own, which {@link #start} starts. */
  LoopThread(Transport transport, String name) {
    this.transport = transport;
    this.clock = System::nanoTime;
    this.lag = new LoopLag(clock.getAsLong());
    this.readRegion = transport.allocate(READ_SIZE);
    this.writeRegion = transport.allocate(GATHERING);
    this.thread = new Thread(this::runUntilClosed, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(LoopThread.class.getClassLoader());
  }

  /** Driven by the thread that makes it, one {@link #turn} after another. */
  LoopThread(Transport transport, LongSupplier clock) {
    this.transport = transport;
    this.clock = clock;
    this.lag = new LoopLag(clock.getAsLong());
    this.readRegion = transport.allocate(READ_SIZE);
    this.writeRegion = transport.allocate(GATHERING);
    this.thread = Thread.currentThread();
  }

  void start() {
    thread.start();
  }

  private void runUntilClosed() {
    while (!tryEnd()) {
      try {
        turn(/* mayBlock= */ true);
      } catch (Throwable thrown) {
        report(thrown); // the sockets that were ready are still, and are told again
      }
    }
  }

  /** Serves what is ready, timers that are due, and tasks that wait: each once. */
  void turn(boolean mayBlock) {
    long before = clock.getAsLong();
    asleep = mayBlock; // from now on whoever adds a task wakes this thread
    long nanos = mayBlock && !hasTasks() ? nanosToSleep(before) : 0;
    polling = true;
    transport.poll(nanos);
    if (polling) { // no listener has run
      polling = false;
      busySince = clock.getAsLong();
    }
    asleep = false;
    if (!unflushed.isEmpty()) {
      flushAll();
    }
    timers.run(before);
    runTasks();
    if (!unflushed.isEmpty()) {
      flushAll();
    }
    turned();
  }

  /** Keeps what others are told of this thread. */
  private void turned() {
    long now = clock.getAsLong();
    long busy = now - busySince;
    lag.add(busy, now);
    if (busy >= LoopLag.STALLED_NANOS) {
      FlightEvents.stalled(busy);
    }
    if (timerCount != timers.size()) {
      timerCount = timers.size();
    }
  }

  int timerCount() {
    return timerCount;
  }

  private long nanosToSleep(long now) {
    return timers.isEmpty() ? -1 : timers.nanosToNext(now);
  }

  /** Runs the tasks that wait, and those that other threads give meanwhile: not for ever. */
  private void runTasks() {
    if (!hasTasks()) {
      return;
    }
    long end = clock.getAsLong() + TASKS_NANOS;
    do {
      takeIncoming();
      for (int left = tasks.size(), run = 1; left > 0; left--, run++) {
        try {
          tasks.remove().run();
        } catch (Throwable thrown) {
          report(thrown);
        }
        if (run % TASKS_PER_LOOK == 0 && clock.getAsLong() - end > 0) {
          return;
        }
      }
    } while (!incoming.isEmpty() && clock.getAsLong() - end < 0);
  }

  /** Puts what other threads have given behind what waits already, so that all keep their order. */
  private void takeIncoming() {
    for (Runnable task = incoming.poll(); task != null; task = incoming.poll()) {
      tasks.add(task);
    }
  }

  /** Whether there is something to do without a socket or the time having changed. */
  boolean hasTasks() {
    return !tasks.isEmpty() || !incoming.isEmpty();
  }

  // Time.

  /** A clock that only goes forward, in nanoseconds. */
  long nanoTime() {
    return clock.getAsLong();
  }

  TimerQueue timers() {
    return timers;
  }

  /** Runs {@code task} on this thread in {@code millis} milliseconds. Loop thread. */
  TimerQueue.Entry schedule(Runnable task, long millis) {
    // A time beyond what the clock can hold is as good as never.
    long nanos = Math.min(millis, Long.MAX_VALUE / 2 / NANOS_PER_MILLI) * NANOS_PER_MILLI;
    return timers.schedule(task, clock.getAsLong() + nanos);
  }

  // Tasks.

  boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /** Runs {@code task} now when called on the loop thread, else puts it at the end of the queue. */
  void run(Runnable task) {
    if (inLoop()) {
      task.run();
    } else {
      later(task);
    }
  }

  /** Runs {@code task}, which emits, now if no listener is running, else after it has returned. */
  void emit(Runnable task) {
    if (listenersRunning == 0) {
      task.run();
    } else {
      later(task);
    }
  }

  /**
   * Runs {@code task} after everything that runs or waits on this thread now.
   *
   * @return false if it never will, since the loop was closed and its thread has ended; then
   *     nothing is left that the task could change
   */
  boolean later(Runnable task) {
    if (inLoop()) {
      takeIncoming();
      tasks.add(task);
      return true;
    }
    if (ended) {
      return false;
    }
    incoming.add(task);
    if (asleep) {
      asleep = false; // one of those who come together is enough to wake it
      transport.wakeUp();
    }
    return !ended || !incoming.remove(task);
  }

  // Listeners.

  /** To be called before a listener runs, with {@link #leave} in a finally block after it. */
  void enter() {
    if (listenersRunning++ == 0 && polling) {
      polling = false; // it does still, but does not sleep any more
      busySince = clock.getAsLong();
      if (asleep) {
        asleep = false;
      }
    }
  }

  void leave() {
    if (--listenersRunning == 0 && !unflushed.isEmpty()) {
      flushAll();
    }
  }

  /** Runs user code that belongs to no stream or server: a timer's, or a task's. */
  void call(Runnable listener) {
    enter();
    try {
      listener.run();
    } catch (Throwable thrown) {
      report(thrown);
    } finally {
      leave();
    }
  }

  /** Has {@code half} flushed when the listeners have returned, or when this turn ends. */
  void unflushed(WriteHalf half) {
    unflushed.add(half);
  }

  private void flushAll() {
    // A flush emits nothing and writes nothing to other streams, so the list is stable while it is
    // walked; it is swapped all the same, so that a later change of that stays harmless.
    ArrayList<WriteHalf> now = unflushed;
    unflushed = flushing;
    flushing = now;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).flush();
    }
    now.clear();
  }

  /** Where sockets of this thread are read into; what is in it counts until the next read. */
  ByteBuffer readRegion() {
    return readRegion;
  }

  /** Where small writes are put together; what is in it counts until the next write. */
  ByteBuffer writeRegion() {
    return writeRegion;
  }

  /** Where TLS takes encrypted bytes from the kernel; what is in it counts for one call. */
  ByteBuffer tlsRegion() {
    ByteBuffer region = tlsRegion;
    if (region == null) {
      region = transport.allocate(GATHERING);
      tlsRegion = region;
    }
    return region;
  }

  // Members.

  /**
   * Something that lives on this thread and is to end with it: a connection, a listening socket, a
   * timer. The members are a linked list of their own, so that walking it takes no memory.
   */
  abstract static class Member {
    private @Nullable Member before;
    private @Nullable Member after;
    private boolean joined;

    /** Ends it; it is to {@link LoopThread#leave(Member)} when that is done. */
    abstract void loopCloses();
  }

  /** Takes in a member. */
  void join(Member member) {
    if (member.joined) {
      return;
    }
    member.joined = true;
    member.after = members;
    if (members != null) {
      members.before = member;
    }
    members = member;
    if (closing) {
      later(member::loopCloses);
    }
  }

  /** A member has ended. */
  void leave(Member member) {
    if (!member.joined) {
      return;
    }
    member.joined = false;
    if (member.before == null) {
      members = member.after;
    } else {
      member.before.after = member.after;
    }
    if (member.after != null) {
      member.after.before = member.before;
    }
    member.before = null;
    member.after = null;
  }

  /** The members of a kind, such as the connections, or the servers that listen or are about to. */
  <T extends Member> List<T> members(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (Member member = members; member != null; member = member.after) {
      if (kind.isInstance(member)) {
        found.add(kind.cast(member));
      }
    }
    return found;
  }

  /** Memory has run out: the connection that has most to send gives way. */
  void relieveMemory() {
    Connection largest = null;
    for (Member member = members; member != null; member = member.after) {
      if (member instanceof Connection connection
          && (largest == null || connection.writeHalf.cost() > largest.writeHalf.cost())) {
        largest = connection;
      }
    }
    if (largest != null && largest.writeHalf.cost() > GATHERING) {
      largest.outOfMemory();
    }
  }

  /** Ends all members, then the thread. */
  void close() {
    if (!closing) {
      closing = true;
      for (Member member = members; member != null; member = member.after) {
        later(member::loopCloses);
      }
    }
  }

  /** Ends the thread, if the loop was closed and nothing is left to do; says whether it has. */
  boolean tryEnd() {
    if (!closing || members != null || hasTasks()) {
      return false;
    }
    if (!ended) {
      ended = true;
      if (!incoming.isEmpty()) { // given just before
        ended = false;
        return false;
      }
      transport.close();
    }
    return true;
  }

  /** Gives what a listener has thrown to this thread's uncaught-exception handler. */
  static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable ignored) {
      // A handler that throws has no one left to tell; the loop goes on (as the JVM does).
    }
  }
}
