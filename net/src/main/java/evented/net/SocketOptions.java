package evented.net;

/**
 * The socket options that a user has set, kept so that they can be set before there is a socket
 * (semantics W7). Any thread.
 */
final class SocketOptions {
  private boolean noDelaySet;
  private boolean noDelay;
  private boolean keepAliveSet;
  private boolean keepAlive;
  private long keepAliveDelayMillis;

  synchronized void setNoDelay(boolean on) {
    noDelaySet = true;
    noDelay = on;
  }

  synchronized void setKeepAlive(boolean on, long initialDelayMillis) {
    keepAliveSet = true;
    keepAlive = on;
    if (initialDelayMillis > 0) {
      keepAliveDelayMillis = initialDelayMillis;
    }
  }

  synchronized void applyTo(LegacyTransport.Connection connection) {
    if (noDelaySet) {
      connection.setNoDelay(noDelay);
    }
    if (keepAliveSet) {
      connection.setKeepAlive(keepAlive, keepAliveDelayMillis);
    }
  }
}
