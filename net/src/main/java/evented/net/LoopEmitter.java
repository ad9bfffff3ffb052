package evented.net;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The one place that calls the listeners of a {@link Stream} or {@link Server}, on its loop thread.
 *
 * <p>It remembers which events have happened that happen once in a life, and tells a listener that
 * is added after it of them, in their order: a program's main thread attaches its listeners while
 * the loop already runs. It keeps what a listener throws from the others, and has what they all
 * have written flushed when the outermost has returned.
 */
final class LoopEmitter {
  /** Of a {@code data} listener that has no use for a chunk. */
  static final Object NOTHING = new Object();

  /** What decides on those events. */
  interface Owner {
    /** A listener has thrown {@code thrown}, which has been reported; the others were called. */
    void listenerThrew(@Nullable Object argument, Throwable thrown);

    /** Whether {@code life} is the present one. */
    boolean isCurrent(Life life);
  }

  /** Decides whether listeners that have not been called yet still are. */
  interface Life {
    boolean isOver();
  }

  /** Turns a chunk into what a listener for {@code data} wants. */
  interface View {
    Object of(Buffer chunk, Object listener);
  }

  private static final int LISTENING = 1;
  private static final int CONNECTED = 1 << 1;
  private static final int SECURED = 1 << 2;
  private static final int ENDED = 1 << 3;
  private static final int FAILED = 1 << 4;
  private static final int CLOSED = 1 << 5;

  private final LoopThread thread;
  private final EventEmitter<?> emitter;
  private final Owner owner;

  // Changed with the emitter's monitor held.
  private int happened;
  private @Nullable Object error;
  private @Nullable Object closeArgument;
  private volatile @Nullable ArrayDeque<Runnable> late;

  LoopEmitter(LoopThread thread, EventEmitter<?> emitter, Owner owner) {
    this.thread = thread;
    this.emitter = emitter;
    this.owner = owner;
  }

  /** A new life begins, in which nothing has happened. */
  void forget() {
    synchronized (emitter) {
      happened = 0;
      error = null;
      closeArgument = null;
    }
  }

  /** Whether the last event of the present life has been emitted. */
  boolean hasClosed() {
    synchronized (emitter) {
      return (happened & CLOSED) != 0;
    }
  }

  // Emitting; loop thread.

  /** Emits an event that may happen many times; no listener is called once {@code life} is over. */
  boolean emit(String event, @Nullable Object argument, @Nullable Life life) {
    callLate();
    Object[] listeners = emitter.find(event);
    call(event, listeners, argument, null, life);
    return listeners.length > 0;
  }

  /**
   * Emits an event that happens once in a life, and remembers it for listeners that come late.
   *
   * @param always whether listeners are called though {@code life} is over
   * @return whether there was a listener
   */
  boolean emitOnce(String event, @Nullable Object argument, Life life, boolean always) {
    Object[] listeners;
    synchronized (emitter) {
      if (owner.isCurrent(life)) { // else a listener for error has begun a new life
        remember(event, argument);
      }
      listeners = emitter.find(event);
    }
    callLate();
    call(event, listeners, argument, null, always ? null : life);
    return listeners.length > 0;
  }

  /** Emits {@code data}: to each listener what {@code view} makes of {@code chunk} for it. */
  void emitData(Object[] listeners, Buffer chunk, View view, Life life) {
    call("data", listeners, chunk, view, life);
  }

  private void call(
      String event,
      Object[] listeners,
      @Nullable Object argument,
      @Nullable View view,
      @Nullable Life life) {
    Throwable thrown = null;
    thread.enter();
    try {
      for (Object listener : listeners) {
        if (life != null && life.isOver()) {
          break;
        }
        try {
          Object given =
              view == null || argument == null ? argument : view.of((Buffer) argument, listener);
          if (given != NOTHING) {
            emitter.invoke(event, listener, given);
          }
        } catch (Throwable t) {
          // The other listeners get this event first, so that none of them is harmed.
          LoopThread.report(t);
          thrown = t;
        }
      }
    } finally {
      if (thrown != null) {
        owner.listenerThrew(argument, thrown);
      }
      thread.leave();
    }
  }

  // Listeners that come late.

  private static int bitOf(String event) {
    return switch (event) {
      case "listening" -> LISTENING;
      case "connect" -> CONNECTED;
      case "secure" -> SECURED;
      case "end" -> ENDED;
      case "error" -> FAILED;
      case "close" -> CLOSED;
      default -> 0;
    };
  }

  private void remember(String event, @Nullable Object argument) {
    int bit = bitOf(event);
    happened |= bit;
    if (bit == FAILED) {
      error = argument;
    } else if (bit == CLOSED) {
      closeArgument = argument;
    }
  }

  /** {@code listener} is being added; the emitter's monitor is held. */
  void adding(String event, Object listener) {
    int bit = bitOf(event);
    if ((happened & bit) == 0) {
      return;
    }
    Object argument = bit == FAILED ? error : bit == CLOSED ? closeArgument : null;
    ArrayDeque<Runnable> waiting = late == null ? new ArrayDeque<>(2) : late;
    waiting.add(
        () -> {
          if (emitter.has(event, listener)) {
            call(event, new Object[] {listener}, argument, null, null);
          }
        });
    late = waiting;
    thread.later(this::callLate);
  }

  /**
   * Calls listeners that came late. Happens before anything newer is emitted, so that they get
   * events in their order.
   */
  void callLate() {
    if (late == null) {
      return;
    }
    ArrayDeque<Runnable> waiting;
    synchronized (emitter) {
      waiting = late;
      late = null;
    }
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }
}
