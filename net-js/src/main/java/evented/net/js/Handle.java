package evented.net.js;

import org.graalvm.polyglot.proxy.Proxy;

/**
 * Something of a script's that may keep it going: a stream, a server, a timer, work on another
 * thread. Only on the loop thread.
 *
 * <p>A proxy without members: whatever access to Java a context allows, a script that gets hold of
 * one can do nothing with it.
 */
abstract class Handle implements Proxy {
  private final Script script;
  private boolean active;
  private boolean referenced = true;
  private boolean awaiting;
  private boolean idle;

  Handle(Script script) {
    this.script = script;
  }

  final Script script() {
    return script;
  }

  /** What JavaScript's own messages call it. */
  @Override
  public final String toString() {
    return "[handle]";
  }

  /** It opens, listens, runs. */
  final void activate() {
    if (!active) {
      active = true;
      script.handleOpened(this);
      if (counts()) {
        script.countActive(+1);
      }
    }
  }

  /** It has ended. */
  final void deactivate() {
    await(false);
    if (active) {
      active = false;
      script.handleClosed(this);
      if (counts()) {
        script.countActive(-1);
      }
    }
  }

  private boolean counts() {
    return referenced && !idle;
  }

  final boolean isActive() {
    return active;
  }

  final boolean keepsGoing() {
    return active && referenced;
  }

  /** What Node calls such a resource; empty for what it does not count. */
  String kind() {
    return "";
  }

  /** Its next event comes soon, so the script goes on until then, {@code unref} or not. */
  final void await(boolean on) {
    if (awaiting != on) {
      awaiting = on;
      script.countActive(on ? +1 : -1);
    }
  }

  /** What {@code ref} and {@code unref} do. */
  void reference(boolean on) {
    if (referenced != on) {
      referenced = on;
      if (active && !idle) {
        script.countActive(on ? +1 : -1);
      }
    }
  }

  /** Nothing that can happen to it is waited for, so it keeps no script going for now. */
  final void idle(boolean on) {
    if (idle != on) {
      idle = on;
      if (active && referenced) {
        script.countActive(on ? -1 : +1);
      }
    }
  }

  /** Hands to the kernel what is gathered. */
  void flush() {}

  /** Ends it at once, since its script ends. */
  abstract void release();
}
