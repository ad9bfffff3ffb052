package evented.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client says first, to know the name of the server that it wants before there is an
 * engine: which one that is depends on the name. It holds no more than a ClientHello may have.
 */
final class TlsHelloReader implements Socket.Handler {
  /** Is told once, and may close the socket in it. */
  interface Handler {
    /**
     * As much is known as there is to know.
     *
     * @param serverName the name; null if the client has sent none
     * @param bytes all that was read, which belongs to the engine
     */
    void helloRead(@Nullable String serverName, List<Buffer> bytes);

    /** The client has gone. */
    void handshakeFailed(NetException cause);
  }

  /** Room for the message and the headers of the records that it may come in. */
  private static final int LIMIT = TlsClientHello.MAX_LENGTH + 1024;

  private static final int FIRST_ROOM = 2048;

  private final Socket plain;
  private final Handler handler;
  private byte[] bytes;
  private int length;
  private int needed = 1;
  private boolean done;

  /**
   * Reads from {@code plain}.
   *
   * @param first bytes that were read before
   */
  TlsHelloReader(Socket plain, List<Buffer> first, Handler handler) {
    this.plain = plain;
    this.handler = handler;
    this.bytes = Buffer.concat(first).toByteArray();
    this.length = bytes.length;
  }

  /** Begins; may tell the handler at once. */
  void start() {
    plain.handler(this);
    if (!look()) {
      plain.want(/* read= */ true, /* write= */ false);
    }
  }

  /** Nothing is told any more. */
  void cancel() {
    done = true;
  }

  private boolean look() {
    if (length < needed) {
      return false;
    }
    TlsClientHello hello = TlsClientHello.in(bytes, length);
    needed = hello.needed;
    if (needed > 0 && needed <= LIMIT) {
      return false;
    }
    done = true;
    plain.want(/* read= */ false, /* write= */ false);
    handler.helloRead(hello.serverName, List.of(Buffer.of(ByteBuffer.wrap(bytes, 0, length))));
    return true;
  }

  @Override
  public void readable() {
    if (done) {
      return;
    }
    try {
      if (read() < 0) {
        fail(null);
      } else {
        look();
      }
    } catch (NetException e) {
      fail(e);
    }
  }

  private int read() throws NetException {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(FIRST_ROOM, 2 * length)));
    }
    int count = plain.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
    length += Math.max(0, count);
    return count;
  }

  @Override
  public void writable() {}

  @Override
  public void hungUp(@Nullable NetException cause) {
    if (done) {
      return;
    }
    try {
      while (!done && read() > 0) { // what it said before it went may still get an answer
        look();
      }
    } catch (NetException e) {
      // It has gone all the same.
    }
    if (!done) {
      fail(cause);
    }
  }

  private void fail(@Nullable NetException cause) {
    done = true;
    handler.handshakeFailed(
        NetException.of("handshake", ErrorCode.ECONNRESET, /* address= */ null, cause));
  }
}
