package evented.net;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code source.pipe(destination)} between two streams (semantics R6). */
final class StreamPipe {
  private final Stream source;
  private final Stream destination;
  private final boolean endsDestination;

  // One object each, so that they can be removed again.
  private final Consumer<Buffer> onData = this::data;
  private final DataListener dataListener = new DataListener(onData, DataListener.Kind.BYTES);
  private final Runnable onDrain;
  private final Runnable onEnd = this::ended;
  private final Consumer<Boolean> onSourceClose = this::sourceClosed;
  private final Consumer<Boolean> onDestinationClose = this::destinationClosed;

  StreamPipe(Stream source, Stream destination, boolean endsDestination) {
    this.source = source;
    this.destination = destination;
    this.endsDestination = endsDestination;
    this.onDrain = source::resume;
  }

  void start() {
    destination.on("drain", onDrain);
    destination.on("close", onDestinationClose);
    source.on("end", onEnd);
    source.on("close", onSourceClose);
    source.add("data", dataListener);
    source.pipes(this);
  }

  /** Whether {@code listeners} for the source's data are this pipe's and no one else's. */
  boolean isOnlyListener(Object[] listeners) {
    return listeners.length == 1 && listeners[0] == dataListener;
  }

  /** Where the source's bytes may go as they are, when no one else wants to see them. */
  LegacyTransport.@Nullable Connection directDestination() {
    return destination.thread() == source.thread() && destination.maxBufferSize() == 0
        ? destination.direct()
        : null;
  }

  /** Bytes went to {@link #directDestination}. */
  void passed(int count, boolean calm) {
    if (!destination.passed(count, calm)) {
      source.pause();
    }
  }

  private void data(Buffer chunk) {
    if (destination.isEnded() || destination.write(chunk)) {
      return;
    }
    source.pause();
    if (destination.thread() != source.thread()) {
      // The drain may have come between the write and the pause; its own thread knows.
      destination.thread().later(() -> destination.resumeUnlessWaiting(source));
    }
  }

  private void ended() {
    if (endsDestination) {
      destination.end();
    }
    remove();
  }

  private void sourceClosed(boolean hadError) {
    remove();
    if (endsDestination && hadError && destination != source) {
      destination.destroy(); // an end would pass what was cut off for the whole
    }
  }

  private void destinationClosed(boolean hadError) {
    remove();
    source.resume(); // no one else will, and the source must be able to come to its end
  }

  private void remove() {
    source.removeListener("data", onData);
    source.removeListener("end", onEnd);
    source.removeListener("close", onSourceClose);
    destination.removeListener("drain", onDrain);
    destination.removeListener("close", onDestinationClose);
  }
}
