package evented.net;

import java.lang.foreign.Arena;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What is asked and set seldom, and by any thread: each call brings its own memory. */
final class EpollOptions {
  /** How long Linux lets the first probe wait, in seconds. */
  private static final int LONGEST_IDLE_SECONDS = 32767;

  private static final int PROBE_INTERVAL_SECONDS = 1;
  private static final int PROBES = 10;

  private EpollOptions() {}

  static @Nullable SocketAddress localAddress(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      return libc.getsockname(descriptor) < 0 ? null : EpollAddress.decode(libc.address());
    }
  }

  // A socket that was reset may refuse its options; it is on its way out anyhow.

  static void setNoDelay(int descriptor, boolean on) {
    try (Arena arena = Arena.ofConfined()) {
      int value = on ? 1 : 0;
      new Libc(arena).setOption(descriptor, Linux.IPPROTO_TCP, Linux.TCP_NODELAY, value);
    }
  }

  /** Has closing drop what has not been sent. */
  static void setNoLinger(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      new Libc(arena).setLinger(descriptor, 0);
    }
  }

  static void setKeepAlive(int descriptor, boolean on, int idleSeconds) {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      if (idleSeconds > 0) {
        int idle = Math.min(idleSeconds, LONGEST_IDLE_SECONDS);
        libc.setOption(descriptor, Linux.IPPROTO_TCP, Linux.TCP_KEEPIDLE, idle);
        libc.setOption(descriptor, Linux.IPPROTO_TCP, Linux.TCP_KEEPINTVL, PROBE_INTERVAL_SECONDS);
        libc.setOption(descriptor, Linux.IPPROTO_TCP, Linux.TCP_KEEPCNT, PROBES);
      }
      libc.setOption(descriptor, Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, on ? 1 : 0);
    }
  }
}
