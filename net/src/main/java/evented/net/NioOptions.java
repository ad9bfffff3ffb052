package evented.net;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** Socket options, as far as the kind of socket and the system have them. */
final class NioOptions {
  private static final int PROBE_SECONDS = 1;
  private static final int PROBES = 10;

  private NioOptions() {}

  static void setNoDelay(SocketChannel channel, boolean on) {
    set(channel, StandardSocketOptions.TCP_NODELAY, on);
  }

  static void setKeepAlive(SocketChannel channel, boolean on, int idleSeconds) {
    if (idleSeconds > 0) {
      set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, idleSeconds);
      set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_SECONDS);
      set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }
    set(channel, StandardSocketOptions.SO_KEEPALIVE, on);
  }

  /** Has closing drop what has not been sent. */
  static void setNoLinger(SocketChannel channel) {
    set(channel, StandardSocketOptions.SO_LINGER, 0);
  }

  /** A UNIX socket supports none of these. */
  private static <T> void set(SocketChannel channel, SocketOption<T> option, T value) {
    if (channel.supportedOptions().contains(option)) {
      try {
        channel.setOption(option, value);
      } catch (IOException ignored) {
        // it was reset or closed, and needs no option any more
      }
    }
  }
}
