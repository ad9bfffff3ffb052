package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection as the engine sees it: TCP and UNIX sockets of every {@link Transport} fill this
 * table, and so does TLS, which lies over another one.
 *
 * <p>No method blocks, none calls back, and after {@link #close} none does anything. A {@link
 * NetException} names the system call; after one from {@code write} there may still be bytes to
 * read.
 */
interface Socket {
  /** Says whom to call when this socket is ready. To be set before anything is wanted. */
  void handler(Handler handler);

  /**
   * Reads into the remaining room of {@code into}, of which there must be some.
   *
   * @return how many bytes that were; 0 if there is nothing now; -1 after the peer's FIN
   */
  int read(ByteBuffer into) throws NetException;

  /**
   * Gives the kernel as many of the remaining bytes as it takes.
   *
   * @return how many that were; fewer than there are means that the kernel is full
   */
  int write(ByteBuffer bytes) throws NetException;

  /**
   * Gives the kernel what this socket has taken by {@code write} or {@code shutdownOutput} and
   * still holds itself; a plain socket never holds anything.
   *
   * @return whether all of it is in the kernel
   */
  default boolean flush() throws NetException {
    return true;
  }

  /**
   * Says what to tell: {@link Handler#readable}, {@link Handler#writable}. At first nothing is, but
   * {@code writable} while the socket is connecting. A hang-up is told whatever is wanted, where
   * the kernel can.
   */
  void want(boolean read, boolean write);

  /**
   * Says how connecting went.
   *
   * @throws NetException why it failed; the socket is still to be closed
   */
  void finishConnect() throws NetException;

  /**
   * Sends FIN behind everything that was written. Does nothing where the peer has reset the
   * connection: that is for reading to tell, or a hang-up.
   */
  void shutdownOutput() throws NetException;

  /** Whether bytes may still be written after the peer's FIN, as on every plain socket. */
  default boolean halfCloses() {
    return true;
  }

  /** Has {@link #close} send RST, and drop what the kernel has not sent. Not on a UNIX socket. */
  default void resetOnClose() {}

  /** Closes the descriptor, exactly once. What the kernel has taken is still delivered. */
  void close();

  /** This end's address, which is asked of the kernel; null if that no longer knows it. */
  @Nullable SocketAddress localAddress();

  /** The peer's address; null if the kernel no longer knows it. */
  @Nullable SocketAddress remoteAddress();

  /** The descriptor; -1 where this transport does not show it. */
  int descriptor();

  /** Has no effect on a UNIX socket, or on one that was reset. */
  void setNoDelay(boolean on);

  /**
   * Has no effect on a UNIX socket, or on one that was reset.
   *
   * @param idleSeconds the time from the last data to the first probe, of which ten follow at
   *     intervals of one second; 0 leaves all three as they are
   */
  void setKeepAlive(boolean on, int idleSeconds);

  /** What is called when a socket is ready. */
  interface Handler {
    /** There is something to read: bytes, FIN or a failure. */
    void readable();

    /** The kernel takes bytes again, or has failed to; or connecting has come to its outcome. */
    void writable();

    /**
     * The peer has hung up while no one wanted to read, or the connection has failed. What has
     * arrived before can still be read, to the end. Called at most once for the one and once for
     * the other.
     *
     * @param cause what the socket has failed with; null if it has not, or that is still to be read
     */
    void hungUp(@Nullable NetException cause);
  }
}
