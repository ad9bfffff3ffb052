package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One kernel interface on one loop thread: it says which sockets are ready, and nothing else.
 *
 * <p>Everything here, and everything of {@link Socket} and {@link Listener}, is called on the loop
 * thread, but {@link #wakeUp}. Handlers are called from within {@link #poll} alone, so no other
 * method ever calls back. Readiness is level-triggered: what is wanted and still possible is told
 * again with the next {@code poll}.
 */
interface Transport {
  /**
   * Begins to connect. {@link Socket.Handler#writable} tells that the outcome is known; then {@link
   * Socket#finishConnect} says what it is.
   *
   * @throws NetException a failure that is known at once, as every one is on a UNIX socket; no
   *     descriptor is left behind
   */
  Socket connect(SocketAddress remote) throws NetException;

  /**
   * As {@link #connect(SocketAddress)}, from an address of this end's.
   *
   * @param local what to bind to first; null to leave that to the system
   * @throws NetException also if that address cannot be had: the system call is then {@code bind}
   */
  default Socket connect(SocketAddress remote, @Nullable SocketAddress local) throws NetException {
    if (local != null) {
      throw NetException.of("bind", ErrorCode.EOPNOTSUPP, local, /* cause= */ null);
    }
    return connect(remote);
  }

  /**
   * Takes over a descriptor that is connected already. On failure it is left as it was.
   *
   * @throws NetException if it is no connected stream socket, or this transport cannot take it
   */
  Socket adopt(int descriptor) throws NetException;

  /**
   * Binds and listens. Nothing is accepted before {@link Listener#want}.
   *
   * @param reusePort whether other sockets that ask for the same may listen there too
   * @throws NetException what the system said
   */
  Listener listen(SocketAddress local, int backlog, boolean reusePort) throws NetException;

  /**
   * As {@link #listen(SocketAddress, int, boolean)}, on an IPv6 address.
   *
   * @param ipv6Only whether IPv4 is refused at {@code ::}
   * @throws NetException also if this transport cannot do that: {@code EOPNOTSUPP}
   */
  default Listener listen(SocketAddress local, int backlog, boolean reusePort, boolean ipv6Only)
      throws NetException {
    if (ipv6Only) {
      throw NetException.of("listen", ErrorCode.EOPNOTSUPP, local, /* cause= */ null);
    }
    return listen(local, backlog, reusePort);
  }

  /**
   * Takes over a descriptor that listens already. On failure it is left as it was.
   *
   * @throws NetException if it is no listening stream socket, or this transport cannot take it
   */
  Listener adoptListener(int descriptor) throws NetException;

  /**
   * Takes in a socket that {@link Listener#accept} of this kind of transport has returned, perhaps
   * on another loop thread. Before that, nothing but its addresses and {@link Socket#close} may be
   * used.
   *
   * @throws NetException if the kernel cannot watch one more; the socket is closed then
   */
  void register(Socket accepted) throws NetException;

  /** Memory that this kernel interface reads into and writes from without a copy of its own. */
  ByteBuffer allocate(int capacity);

  /**
   * Sleeps until something is ready, {@link #wakeUp} is called, or {@code nanos} have passed; then
   * calls the handler of every socket and listener that was ready. What a handler throws is its own
   * fault, and ends the call.
   *
   * @param nanos 0 not to sleep, a negative number to sleep without a limit
   */
  void poll(long nanos);

  /** Ends the present or the next sleep of {@link #poll}. From any thread. */
  void wakeUp();

  /** Frees what this transport itself holds; all sockets and listeners have been closed before. */
  void close();
}
