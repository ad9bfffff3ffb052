package evented.net;

/**
 * The socket options that a user has set, kept so that they can be set before there is a socket.
 * Any thread.
 */
final class SocketOptions {
  /** The longest idle time that Linux takes. */
  private static final int MAX_SECONDS = 32767;

  private boolean noDelaySet;
  private boolean noDelay;
  private boolean keepAliveSet;
  private boolean keepAlive;
  private int keepAliveSeconds;

  synchronized void setNoDelay(boolean on) {
    noDelaySet = true;
    noDelay = on;
  }

  synchronized void setKeepAlive(boolean on, long initialDelayMillis) {
    keepAliveSet = true;
    keepAlive = on;
    if (initialDelayMillis > 0) {
      keepAliveSeconds = (int) ((Math.min(initialDelayMillis, MAX_SECONDS * 1000L) + 999) / 1000);
    }
  }

  synchronized void applyTo(Socket socket) {
    if (noDelaySet) {
      socket.setNoDelay(noDelay);
    }
    if (keepAliveSet) {
      socket.setKeepAlive(keepAlive, keepAliveSeconds);
    }
  }
}
