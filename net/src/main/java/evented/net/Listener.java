package evented.net;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One listening socket of a {@link Transport}. */
interface Listener {
  /** Says whom to call. To be set before anything is wanted. */
  void handler(Handler handler);

  /**
   * Accepts one connection, which is then to be {@linkplain Transport#register registered} or
   * closed.
   *
   * @return the socket; null if none waits
   * @throws NetException why none could be accepted, though one may wait: out of descriptors, for
   *     one. A connection that has failed before it was accepted is passed over in silence.
   */
  @Nullable Socket accept() throws NetException;

  /** Says whether to tell that connections wait; not at first. */
  void want(boolean accept);

  /** The address as the operating system tells it. */
  @Nullable SocketAddress localAddress();

  /** The descriptor; -1 where this transport does not show it. */
  int descriptor();

  /** Closes the descriptor, exactly once. */
  void close();

  /** What is called when connections wait. */
  interface Handler {
    void acceptable();
  }
}
