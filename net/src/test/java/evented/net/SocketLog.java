package evented.net;

import org.jspecify.annotations.Nullable;

/** Counts what a socket tells, and does on each occasion what the test says. */
final class SocketLog implements Socket.Handler {
  int readable;
  int writable;
  int hangUps;
  @Nullable NetException hangUpCause;
  Runnable onReadable = () -> {};
  Runnable onWritable = () -> {};

  @Override
  public void readable() {
    readable++;
    onReadable.run();
  }

  @Override
  public void writable() {
    writable++;
    onWritable.run();
  }

  @Override
  public void hungUp(@Nullable NetException cause) {
    hangUps++;
    hangUpCause = cause;
  }

  int calls() {
    return readable + writable + hangUps;
  }
}
