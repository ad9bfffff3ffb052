package evented.net;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * One thread of a {@link Loop}: its transport, and the one funnel through which every listener
 * runs.
 *
 * <p>The funnel keeps two promises. While a listener runs, nothing the engine has to say is said:
 * it is put off until the listener has returned (semantics O1). And when it has returned, what the
 * listeners wrote leaves together (semantics W2).
 */
final class LoopThread {
  final Loop loop;
  final LegacyTransport transport;
  volatile Resolver.Lookup lookup = Resolver.Lookup.SYSTEM;

  // Only on the loop thread.
  private int listenersRunning;
  private ArrayList<Outbox> unflushed = new ArrayList<>();
  private ArrayList<Outbox> flushing = new ArrayList<>();
  private boolean flushScheduled;
  private final Runnable flushTask = this::runFlushTask;
  private final Set<Member> members = new HashSet<>();
  private boolean closing;

  LoopThread(Loop loop, LegacyTransport transport) {
    this.loop = loop;
    this.transport = transport;
  }

  boolean inLoop() {
    return transport.inLoop();
  }

  /** Runs {@code task} now when called on the loop thread, else puts it at the end of the queue. */
  void run(Runnable task) {
    if (transport.inLoop()) {
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
      transport.execute(task);
    }
  }

  /**
   * Runs {@code task} after everything that runs or waits on this thread now; never, if the loop
   * was closed and its thread has ended, since nothing is left then that the task could change.
   */
  void later(Runnable task) {
    try {
      transport.execute(task);
    } catch (RejectedExecutionException e) {
      if (!loop.isClosed()) {
        throw e;
      }
    }
  }

  /** Refuses to begin what a closed loop would never carry out. */
  void checkOpen() {
    if (loop.isClosed()) {
      throw new IllegalStateException("the loop is closed");
    }
  }

  /** To be called before a listener runs, with {@link #leave} in a finally block after it. */
  void enter() {
    listenersRunning++;
  }

  void leave() {
    if (--listenersRunning == 0 && !unflushed.isEmpty()) {
      flushAll();
    }
  }

  /**
   * Remembers that {@code outbox} has something to hand to the kernel when the listeners return.
   */
  void unflushed(Outbox outbox) {
    unflushed.add(outbox);
    if (listenersRunning == 0 && !flushScheduled) {
      // No listener runs: another thread's call is being carried out, or the engine's own. The
      // task goes behind what other threads have queued by now, so that all of it leaves together.
      flushScheduled = true;
      transport.execute(flushTask);
    }
  }

  private void runFlushTask() {
    flushScheduled = false;
    flushAll();
  }

  private void flushAll() {
    // A flush emits nothing and writes nothing to other streams, so the list is stable while it is
    // walked; it is swapped all the same, so that a later change of that stays harmless.
    ArrayList<Outbox> now = unflushed;
    unflushed = flushing;
    flushing = now;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).flush();
    }
    now.clear();
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

  /**
   * Something that lives on this thread and is to end with it: a stream's life, a server, a timer.
   */
  interface Member {
    /** Ends it; it is to {@link LoopThread#leave(Member)} when that is done. */
    void loopCloses();
  }

  /** Takes in a member. */
  void join(Member member) {
    members.add(member);
    if (closing) {
      later(member::loopCloses);
    }
  }

  /** A member has ended. */
  void leave(Member member) {
    members.remove(member);
    stopWhenEmpty();
  }

  /** Ends all members, then the thread. */
  void close() {
    if (!closing) {
      closing = true;
      for (Member member : List.copyOf(members)) {
        member.loopCloses();
      }
      stopWhenEmpty();
    }
  }

  private void stopWhenEmpty() {
    if (closing && members.isEmpty()) {
      transport.close();
    }
  }

  /**
   * Gives what a listener has thrown to this thread's uncaught-exception handler (semantics O5).
   */
  static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable ignored) {
      // A handler that throws has no one left to tell; the loop goes on (as the JVM does).
    }
  }
}
