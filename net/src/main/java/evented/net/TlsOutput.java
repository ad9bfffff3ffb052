package evented.net;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The write half of a {@link TlsSocket}: encrypts, and keeps what the kernel has refused. That is
 * one record of the user's at most, and what the engine itself had to say behind it.
 */
final class TlsOutput {
  /** Room for a record of any engine, however it is wrapped: 16 KiB and some. */
  static final int REGION = 20 * 1024;

  /** How much may wait for a peer that has the engine answer and does not read the answers. */
  private static final int MAX_UNSENT = 64 * 1024;

  /** How many records are looked at for an alert: those of a server's first flight, and some. */
  private static final int MAX_ALERT_RECORDS = 8;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Socket plain;
  private final SSLEngine engine;
  private final ByteBuffer scratch;

  private @Nullable ByteBuffer unsent; // ciphertext, in an array of its very size
  private boolean shutDown;
  private boolean finDue; // FIN is to follow what is unsent
  private @Nullable NetException failure;

  TlsOutput(Socket plain, SSLEngine engine, ByteBuffer scratch) {
    this.plain = plain;
    this.engine = engine;
    this.scratch = scratch;
  }

  /** The part of the scratch memory in which records are made, and small ones opened. */
  static ByteBuffer region(ByteBuffer scratch) {
    return scratch.slice(scratch.capacity() - REGION, REGION);
  }

  /** Whether something waits for the kernel to take more. */
  boolean isBlocked() {
    return failure == null && (unsent != null || finDue);
  }

  /** Whether {@link #shutDown()} was called. */
  boolean isShutDown() {
    return shutDown;
  }

  /** Gives the kernel what it has refused before; says whether it has taken all. */
  boolean flush() throws NetException {
    if (failure != null) {
      throw failure;
    }
    try {
      ByteBuffer waiting = unsent;
      if (waiting != null) {
        plain.write(waiting);
        if (waiting.hasRemaining()) {
          return false;
        }
        unsent = null;
      }
      if (finDue) {
        finDue = false;
        plain.shutdownOutput();
      }
      return true;
    } catch (NetException e) {
      throw failed(e);
    }
  }

  /** Nothing can be sent any more, and the next who tries is to know why. */
  private NetException failed(NetException cause) {
    failure = cause;
    unsent = null;
    return cause;
  }

  /** Encrypts and sends as much of {@code bytes} as the kernel takes; returns how much that was. */
  int write(ByteBuffer bytes) throws NetException {
    int start = bytes.position();
    while (bytes.hasRemaining() && flush()) {
      SSLEngineResult result;
      try {
        result = wrap(bytes);
      } catch (SSLException e) {
        throw failed(TlsErrors.toNetException("write", e));
      }
      if (result.getStatus() == Status.CLOSED) {
        throw failed(NetException.of("write", ErrorCode.EPIPE, null, /* cause= */ null));
      }
    }
    return bytes.position() - start;
  }

  /** Sends one record of what the engine itself has to say, if it has. */
  SSLEngineResult wrap() throws SSLException, NetException {
    return wrap(NOTHING);
  }

  private SSLEngineResult wrap(ByteBuffer bytes) throws SSLException, NetException {
    ByteBuffer record = region(scratch);
    SSLEngineResult result = engine.wrap(bytes, record);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new SSLException("the engine makes records that are larger than TLS allows");
    }
    send(record.flip());
    return result;
  }

  private void send(ByteBuffer record) throws NetException {
    if (!record.hasRemaining() || failure != null) {
      return;
    }
    if (flush()) {
      try {
        plain.write(record);
      } catch (NetException e) {
        throw failed(e);
      }
    }
    if (record.hasRemaining()) {
      keep(record);
    }
  }

  private void keep(ByteBuffer record) throws NetException {
    ByteBuffer waiting = unsent == null ? NOTHING : unsent;
    int length = waiting.remaining() + record.remaining();
    if (length > MAX_UNSENT) {
      throw failed(
          new NetException(
              "write EPROTO: the peer makes TLS answer and does not read the answers",
              "EPROTO",
              "write",
              /* cause= */ null));
    }
    unsent = ByteBuffer.allocate(length).put(waiting).put(record).flip();
  }

  /** Sends what the engine has left to say: an answer, or the alert that says what went wrong. */
  void wrapAll() throws SSLException, NetException {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      SSLEngineResult result = wrap();
      if (result.bytesProduced() == 0) {
        return;
      }
    }
  }

  /** Sends the alert for what the engine has just thrown, if there is one and it can be sent. */
  void sendAlert() {
    for (int attempts = 0; attempts < MAX_ALERT_RECORDS; attempts++) {
      try {
        SSLEngineResult result = wrap();
        // Records of the handshake that had been made before may lie in front of it.
        if (engine.isOutboundDone() || result.getStatus() == Status.CLOSED) {
          return;
        }
      } catch (SSLException e) {
        // The engine throws the same once more before it lets the alert out.
      } catch (NetException e) {
        return; // that it was not told is the peer's own loss
      }
    }
  }

  /** Sends close_notify. */
  void closeNotify() throws NetException {
    if (shutDown) {
      return;
    }
    shutDown = true;
    engine.closeOutbound();
    try {
      while (!engine.isOutboundDone() && wrap().bytesProduced() > 0) {
        // until all is said
      }
    } catch (SSLException e) {
      throw failed(TlsErrors.toNetException("shutdown", e));
    }
  }

  /** Sends close_notify, and FIN behind all that has been written. */
  void shutDown() throws NetException {
    closeNotify();
    finDue = true;
    flush();
  }

  void clear() {
    unsent = null;
    finDue = false;
  }
}
