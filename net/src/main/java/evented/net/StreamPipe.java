package evented.net;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** {@code source.pipe(destination)} between two streams. */
final class StreamPipe {
  private final StreamEngine source;
  private final StreamEngine destination;
  private final boolean endsDestination;

  // One object each, so that they can be removed again.
  private final Consumer<Buffer> onData = this::data;
  private final DataListener dataListener = new DataListener(onData, DataListener.Kind.BYTES);
  private final Runnable onDrain;
  private final Runnable onEnd = this::ended;
  private final Consumer<Boolean> onSourceClose = this::sourceClosed;
  private final Consumer<Boolean> onDestinationClose = this::destinationClosed;

  StreamPipe(StreamEngine source, StreamEngine destination, boolean endsDestination) {
    this.source = source;
    this.destination = destination;
    this.endsDestination = endsDestination;
    this.onDrain = source::resume;
  }

  void start() {
    destination.stream.on("drain", onDrain);
    destination.stream.on("close", onDestinationClose);
    source.stream.on("end", onEnd);
    source.stream.on("close", onSourceClose);
    source.stream.add("data", dataListener);
    source.pipes(this);
  }

  /** Whether {@code listeners} for the source's data are this pipe's and no one else's. */
  boolean isOnlyListener(Object[] listeners) {
    return listeners.length == 1 && listeners[0] == dataListener;
  }

  /**
   * Writes bytes to the destination from where they were read into, if it can take them so.
   *
   * @return false if it cannot, and nothing was done
   */
  boolean pass(ByteBuffer bytes) {
    if (destination.thread != source.thread
        || destination.maxBufferSize > 0
        || !destination.connection().writeHalf.isDirect()) {
      return false;
    }
    if (!destination.connection().writeHalf.writeDirect(bytes)) {
      source.pause();
    }
    return true;
  }

  private void data(Buffer chunk) {
    if (destination.connection().hasEnded() || destination.write(chunk)) {
      return;
    }
    source.pause();
    if (destination.thread != source.thread) {
      // The drain may have come between the write and the pause; its own thread knows.
      destination.thread.later(() -> destination.resumeUnlessWaiting(source));
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
      destination.destroy(null); // an end would pass what was cut off for the whole
    }
  }

  private void destinationClosed(boolean hadError) {
    remove();
    source.resume(); // no one else will, and the source must be able to come to its end
  }

  private void remove() {
    source.stream.removeListener("data", onData);
    source.stream.removeListener("end", onEnd);
    source.stream.removeListener("close", onSourceClose);
    destination.stream.removeListener("drain", onDrain);
    destination.stream.removeListener("close", onDestinationClose);
  }
}
