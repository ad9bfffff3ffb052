package evented.net;

import java.util.ArrayList;
import java.util.List;

/**
 * What a stream must have come to once its loop is idle, in the plainest of words: counts of bytes
 * and the four states. It knows nothing of queues, halves or turns.
 *
 * <p>The peer's bytes and the stream's are numbered through, so that a count says which they are.
 */
final class StreamModel {
  /** What the user and the peer have done. */
  long sent; // by the peer

  boolean peerEnded;
  boolean peerReset;
  long written; // by the user, and accepted
  boolean userEnded;
  boolean destroyed;
  boolean paused;
  final boolean allowHalfOpen;

  /** How much of the stream's data the peer has taken, and how much more the kernel holds. */
  long taken;

  long room;

  /** What must have happened. */
  final List<String> events = new ArrayList<>(List.of("connect"));

  long delivered;
  boolean endDelivered;
  boolean selfEnded;
  boolean closed;
  long failedAt = -1; // milliseconds; what had arrived is held since then
  private long now;

  StreamModel(boolean allowHalfOpen, long room) {
    this.allowHalfOpen = allowHalfOpen;
    this.room = room;
  }

  /** Whether the user may still write without an exception or a refusal. */
  boolean isWritable() {
    return !closed && !destroyed && !userEnded && !selfEnded && failedAt < 0;
  }

  long inKernel() {
    return Math.min(written, taken + room);
  }

  /** How many bytes must wait in user memory. */
  long waiting() {
    return closed || failedAt >= 0 ? 0 : written - inKernel();
  }

  void advance(long millis) {
    now += millis;
  }

  /** Draws the consequences. */
  void settle() {
    if (closed) {
      return;
    }
    if (destroyed) {
      close(false, null);
      return;
    }
    if (!paused) {
      delivered = sent;
    }
    if (peerReset) {
      if (failedAt < 0) {
        failedAt = now;
      }
      if (delivered == sent || now - failedAt >= 5000) {
        close(true, "ECONNRESET");
      }
      return;
    }
    if (peerEnded && delivered == sent && !endDelivered) {
      endDelivered = true;
      events.add("end");
      selfEnded = !allowHalfOpen;
    }
    if (endDelivered && isOutputFinished()) {
      close(false, null);
    }
  }

  private boolean isOutputFinished() {
    return (userEnded || selfEnded) && waiting() == 0;
  }

  private void close(boolean hadError, String code) {
    closed = true;
    if (code != null) {
      events.add("error " + code);
    }
    events.add("close " + hadError);
  }

  ReadyState readyState() {
    if (closed) {
      return ReadyState.CLOSED;
    }
    boolean reads = !endDelivered;
    boolean writes = !userEnded && !selfEnded && failedAt < 0;
    if (reads) {
      return writes ? ReadyState.OPEN : ReadyState.READ_ONLY;
    }
    return writes ? ReadyState.WRITE_ONLY : ReadyState.CLOSED;
  }
}
