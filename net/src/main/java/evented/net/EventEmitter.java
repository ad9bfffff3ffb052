package evented.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listeners by the name of their event, with the names and the behaviour of Node's {@code
 * EventEmitter}.
 *
 * <p>A listener is a {@link Runnable} or a {@link Consumer} of the event's argument; of an event
 * without an argument a {@code Consumer} gets null. Listeners run in the order in which they were
 * added. One that is added or removed while an event is emitted takes effect with the next one. The
 * same listener may be added several times and is then called as often.
 *
 * <p>All methods may be called from any thread. {@link #emit} runs the listeners on the calling
 * thread; the events of a {@link Stream} or {@link Server} run on its loop.
 *
 * @param <S> the class that extends this one, so that calls can be chained
 */
public class EventEmitter<S extends EventEmitter<S>> {
  private static final Object[] NONE = {};

  /**
   * Names and arrays of listeners in turn; copied on every change, so that reading needs no lock.
   */
  private volatile Object[] table = NONE;

  /** Creates an emitter without listeners. */
  public EventEmitter() {}

  /**
   * Adds a listener for {@code event}.
   *
   * <p>If someone listens for {@code newListener}, that is emitted first, with a {@link
   * NewListener}.
   *
   * @param event the name of the event
   * @param listener what to run
   * @return this
   */
  public S on(String event, Runnable listener) {
    return add(event, Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Adds a listener for {@code event} that takes its argument.
   *
   * @param event the name of the event
   * @param listener what to call
   * @param <T> the type of the argument; an event that comes with another one makes the listener
   *     throw {@link ClassCastException}
   * @return this
   */
  public <T> S on(String event, Consumer<T> listener) {
    return add(event, Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Does what {@link #on(String, Runnable)} does.
   *
   * @param event the name of the event
   * @param listener what to run
   * @return this
   */
  public S addListener(String event, Runnable listener) {
    return on(event, listener);
  }

  /**
   * Does what {@link #on(String, Consumer)} does.
   *
   * @param event the name of the event
   * @param listener what to call
   * @param <T> the type of the argument
   * @return this
   */
  public <T> S addListener(String event, Consumer<T> listener) {
    return on(event, listener);
  }

  /**
   * Adds a listener that is removed before it is called for the first time.
   *
   * @param event the name of the event
   * @param listener what to run
   * @return this
   */
  public S once(String event, Runnable listener) {
    return add(event, new Once(Objects.requireNonNull(listener, "listener")));
  }

  /**
   * Adds a listener that is removed before it is called for the first time.
   *
   * @param event the name of the event
   * @param listener what to call
   * @param <T> the type of the argument
   * @return this
   */
  public <T> S once(String event, Consumer<T> listener) {
    return add(event, new Once(Objects.requireNonNull(listener, "listener")));
  }

  /**
   * Removes a listener; of one that was added several times, the latest. Removing one that is not
   * there does nothing.
   *
   * @param event the name of the event
   * @param listener the object that was given to {@code on} or {@code once}
   * @return this
   */
  public S removeListener(String event, Object listener) {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(listener, "listener");
    synchronized (this) {
      Object[] before = find(event);
      for (int i = before.length - 1; i >= 0; i--) {
        if (before[i] == listener || original(before[i]) == listener) {
          Object[] after = new Object[before.length - 1];
          System.arraycopy(before, 0, after, 0, i);
          System.arraycopy(before, i + 1, after, i, after.length - i);
          replace(event, after);
          break;
        }
      }
    }
    return self();
  }

  /**
   * Removes every listener of every event.
   *
   * @return this
   */
  public S removeAllListeners() {
    synchronized (this) {
      table = NONE;
    }
    return self();
  }

  /**
   * Removes every listener of {@code event}.
   *
   * @param event the name of the event
   * @return this
   */
  public S removeAllListeners(String event) {
    Objects.requireNonNull(event, "event");
    synchronized (this) {
      replace(event, NONE);
    }
    return self();
  }

  /**
   * Returns the listeners of {@code event} as they were given, in their order; a copy.
   *
   * @param event the name of the event
   * @return the listeners, none if no one listens
   */
  public List<Object> listeners(String event) {
    Object[] listeners = find(Objects.requireNonNull(event, "event"));
    List<Object> originals = new ArrayList<>(listeners.length);
    for (Object listener : listeners) {
      originals.add(original(listener));
    }
    return originals;
  }

  /**
   * Returns how many listeners {@code event} has.
   *
   * @param event the name of the event
   * @return their number
   */
  public int listenerCount(String event) {
    return find(Objects.requireNonNull(event, "event")).length;
  }

  /**
   * Calls the listeners of {@code event} on this thread, without an argument. What a listener
   * throws goes to the caller, and those after it are not called.
   *
   * @param event the name of the event
   * @return whether there was a listener
   */
  public boolean emit(String event) {
    return emit(event, null);
  }

  /**
   * Calls the listeners of {@code event} on this thread. What a listener throws goes to the caller,
   * and those after it are not called.
   *
   * @param event the name of the event
   * @param argument what the listeners get
   * @return whether there was a listener
   */
  public boolean emit(String event, @Nullable Object argument) {
    Object[] listeners = find(Objects.requireNonNull(event, "event"));
    for (Object listener : listeners) {
      invoke(event, listener, argument);
    }
    return listeners.length > 0;
  }

  // What the engine uses.

  /** The listeners of {@code event}: a snapshot that never changes. */
  final Object[] find(String event) {
    Object[] table = this.table;
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] == event) { // the engine's own names are interned, so this nearly always hits
        return (Object[]) table[i + 1];
      }
    }
    for (int i = 0; i < table.length; i += 2) {
      if (event.equals(table[i])) {
        return (Object[]) table[i + 1];
      }
    }
    return NONE;
  }

  /** Whether {@code stored} is among the listeners of {@code event}, and was not removed. */
  final boolean has(String event, Object stored) {
    for (Object listener : find(event)) {
      if (listener == stored) {
        return true;
      }
    }
    return false;
  }

  /** Adds a listener: a Runnable, a Consumer, or a {@link Wrapped} one. */
  final S add(String event, Object listener) {
    Objects.requireNonNull(event, "event");
    if (find("newListener").length > 0) {
      emit("newListener", new NewListener(event, original(listener)));
    }
    synchronized (this) {
      Object[] before = find(event);
      Object[] after = Arrays.copyOf(before, before.length + 1);
      after[before.length] = listener;
      replace(event, after);
      adding(event, listener);
    }
    added(event);
    return self();
  }

  /** Called while a listener is being added, with this object's monitor held. */
  void adding(String event, Object listener) {}

  /** Called after a listener was added. */
  void added(String event) {}

  /** Calls one listener as it was stored, removing it first if it was to be called once. */
  final void invoke(String event, Object stored, @Nullable Object argument) {
    Object listener = stored;
    if (listener instanceof Wrapped wrapped) {
      if (wrapped instanceof Once once && !once.claim(this, event)) {
        return;
      }
      listener = wrapped.listener;
    }
    call(listener, argument);
  }

  @SuppressWarnings("unchecked")
  static void call(Object listener, @Nullable Object argument) {
    if (listener instanceof Consumer) {
      ((Consumer<@Nullable Object>) listener).accept(argument);
    } else {
      ((Runnable) listener).run();
    }
  }

  private static Object original(Object stored) {
    return stored instanceof Wrapped wrapped ? wrapped.listener : stored;
  }

  /** Puts {@code listeners} in the place of those of {@code event}; the monitor is held. */
  private void replace(String event, Object[] listeners) {
    Object[] before = table;
    for (int i = 0; i < before.length; i += 2) {
      if (event.equals(before[i])) {
        Object[] after = before.clone();
        after[i + 1] = listeners;
        table = after;
        return;
      }
    }
    if (listeners.length > 0) {
      Object[] after = Arrays.copyOf(before, before.length + 2);
      after[before.length] = event.intern();
      after[before.length + 1] = listeners;
      table = after;
    }
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }

  /** A listener that is stored together with how it is to be called. */
  static class Wrapped {
    final Object listener;

    Wrapped(Object listener) {
      this.listener = listener;
    }
  }

  /** A listener that is called at most once, whichever thread comes first. */
  private static final class Once extends Wrapped {
    private final AtomicBoolean called = new AtomicBoolean();

    Once(Object listener) {
      super(listener);
    }

    boolean claim(EventEmitter<?> emitter, String event) {
      if (!called.compareAndSet(false, true)) {
        return false;
      }
      emitter.removeListener(event, this);
      return true;
    }
  }
}
