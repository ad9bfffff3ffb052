package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** A transport without sockets, whose sleep ends as a kernel's does: when it is woken. */
final class StressTransport implements Transport {
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0); // nothing is ever read

  private volatile boolean woken;

  /** Set when all that could wake the sleeper has been done. */
  volatile boolean nothingElseComes;

  /** Whether a sleep had to be given up, since nothing was left that would have ended it. */
  volatile boolean sleptForEver;

  @Override
  public void poll(long nanos) {
    if (nanos == 0) {
      return;
    }
    while (!woken) {
      if (nothingElseComes && !woken) {
        sleptForEver = true;
        return;
      }
      Thread.onSpinWait();
    }
    woken = false;
  }

  @Override
  public void wakeUp() {
    woken = true;
  }

  @Override
  public ByteBuffer allocate(int capacity) {
    return NO_BYTES;
  }

  @Override
  public void close() {}

  @Override
  public Socket connect(SocketAddress remote) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket adopt(int descriptor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Listener listen(SocketAddress local, int backlog, boolean reusePort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Listener adoptListener(int descriptor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void register(Socket accepted) {
    throw new UnsupportedOperationException();
  }
}
