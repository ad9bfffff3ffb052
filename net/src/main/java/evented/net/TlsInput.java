package evented.net;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The read half of a {@link TlsSocket}. Between two calls it holds part of a record at the most, or
 * what a small {@code into} had no room for, in arrays of their very size.
 */
final class TlsInput {
  /**
   * How many records without data a peer may send per second: session tickets, KeyUpdates, padding.
   * Servers begin with some tickets, and keys last for gigabytes, so this is far above what any
   * peer of good will sends; and far below what would cost a processor.
   */
  private static final int MAX_IDLE_RECORDS_PER_SECOND = 32;

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** How much of what the peer has sent is looked through for the alert behind a failed write. */
  private static final int MAX_SEARCHED = 64 * 1024;

  private static final byte[] ANY_RECORD = {23, 3, 3, 0, 1, 0};

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Socket plain;
  private final SSLEngine engine;
  private final ByteBuffer scratch;
  private final TlsOutput output;
  private final boolean toleratesTruncation;

  private ByteBuffer ciphertext = NOTHING; // taken from the kernel, not yet from us
  private boolean starved = true; // the engine needs more than that
  private ByteBuffer plaintext = NOTHING; // decrypted, and not yet handed out
  private boolean inputEnded; // FIN
  private boolean closeNotified;
  private @Nullable NetException failure;
  private boolean outcomeTold; // of the three above, whichever came

  private boolean idleBefore; // the engine did nothing when it was last called
  private boolean hungUp;
  private boolean receivedSinceShutdown;
  private boolean refusesHandshakes;
  private long secondBegan;
  private int idleRecords;

  /**
   * Reads from {@code plain}.
   *
   * @param toleratesTruncation whether the peer may hang up without a close_notify
   */
  TlsInput(
      Socket plain,
      SSLEngine engine,
      ByteBuffer scratch,
      TlsOutput output,
      boolean toleratesTruncation) {
    this.toleratesTruncation = toleratesTruncation;
    this.plain = plain;
    this.engine = engine;
    this.scratch = scratch;
    this.output = output;
  }

  /** Takes bytes that were read before. */
  void add(List<Buffer> first) {
    ciphertext = Buffer.concat(first).asByteBuffer();
    starved = !ciphertext.hasRemaining();
  }

  /** The kernel announces nothing more: what it holds is to be read to its end. */
  void hungUp() {
    hungUp = true;
  }

  /**
   * The handshake is done.
   *
   * @param refusesHandshakes whether the peer may no longer negotiate: TLS 1.2 knows no other use
   *     of its messages
   */
  void secured(boolean refusesHandshakes) {
    this.refusesHandshakes = refusesHandshakes;
    starved = !ciphertext.hasRemaining(); // else the engine is to say
    closeNotified = engine.isInboundDone(); // by a close_notify that came with the last of it
  }

  boolean isStarved() {
    return starved;
  }

  boolean isHungUp() {
    return hungUp;
  }

  /** Whether {@link #read} has something to tell that the kernel does not announce. */
  boolean hasMore() {
    boolean outcome = failure != null || closeNotified || inputEnded;
    return plaintext.hasRemaining() || (outcome ? !outcomeTold : !starved);
  }

  /** Whether the kernel's bytes are still of interest. */
  boolean isOpen() {
    return failure == null && !closeNotified && !inputEnded;
  }

  /** As {@link Socket#read}. It asks the kernel once, and so takes its fair share of time only. */
  int read(ByteBuffer into) throws NetException {
    int start = into.position();
    if (plaintext.hasRemaining()) {
      handOut(into);
    } else {
      decrypt(into);
    }
    int count = into.position() - start;
    if (count > 0) {
      receivedSinceShutdown = output.isShutDown();
      return count;
    }
    if (closeNotified) {
      outcomeTold = true;
      return -1;
    }
    if (inputEnded && failure == null) {
      outcomeTold = true;
      if (toleratesTruncation || (output.isShutDown() && !receivedSinceShutdown)) {
        // A peer that has our close_notify may well hang up without one of its own. Not so if it
        // has gone on sending: then its data may be cut.
        return -1;
      }
      failure =
          new NetException(
              "read ECONNRESET: the peer hung up without close_notify, so data may be missing",
              "ECONNRESET",
              "read",
              /* cause= */ null);
    }
    if (failure != null) {
      outcomeTold = true;
      throw failure;
    }
    return 0;
  }

  private void handOut(ByteBuffer into) {
    int count = Math.min(into.remaining(), plaintext.remaining());
    into.put(into.position(), plaintext, plaintext.position(), count);
    into.position(into.position() + count);
    plaintext.position(plaintext.position() + count);
    if (!plaintext.hasRemaining()) {
      plaintext = NOTHING;
    }
  }

  /** Decrypts into {@code into} what there is; the outcome, if it comes, is in the fields. */
  private void decrypt(ByteBuffer into) {
    if (!isOpen()) {
      return;
    }
    int start = into.position();
    ByteBuffer from = load();
    try {
      boolean more;
      do {
        more = !starved || fill(from);
        open(from, into);
      } while (more && hungUp && into.position() == start && isOpen());
    } catch (SSLException e) {
      output.sendAlert();
      failure = TlsErrors.toNetException("read", e);
    } catch (NetException e) {
      failure = e;
    } finally {
      keep(from);
    }
  }

  /** Puts the ciphertext where there is room for more; what is longer than that stays in place. */
  private ByteBuffer load() {
    int room = scratch.capacity() - TlsOutput.REGION;
    if (ciphertext.remaining() >= room) {
      return ciphertext;
    }
    return scratch.slice(0, room).put(ciphertext).flip();
  }

  private void keep(ByteBuffer from) {
    if (!from.hasRemaining() || !isOpen()) {
      ciphertext = NOTHING;
      starved = true;
    } else {
      ciphertext = ByteBuffer.allocate(from.remaining()).put(from).flip();
    }
  }

  /** Asks the kernel for more; says whether there was. */
  private boolean fill(ByteBuffer from) throws SSLException, NetException {
    if (from.remaining() >= scratch.capacity() - TlsOutput.REGION) {
      throw new SSLException("the peer sends something that is no TLS");
    }
    from.compact();
    try {
      int count = plain.read(from);
      inputEnded = count < 0;
      starved = count <= 0;
    } finally {
      from.flip();
    }
    return !starved;
  }

  /** Opens records until {@code from} has no whole one left, or {@code into} no room. */
  private void open(ByteBuffer from, ByteBuffer into) throws SSLException, NetException {
    int start = into.position();
    while (!starved && isOpen()) {
      boolean direct = into.remaining() >= TlsRecord.length(from);
      if (!direct && into.position() > start) {
        return;
      }
      ByteBuffer target = direct ? into : TlsOutput.region(scratch);
      SSLEngineResult result = unwrap(from, target);
      if (!direct) {
        plaintext = target.flip();
        handOut(into);
        plaintext = copy(plaintext);
      }
      if (engine.isInboundDone()) { // the status tells of either direction
        closeNotified = true;
        output.wrapAll(); // the answer, where both directions close at once
        return;
      }
      if (result.bytesConsumed() > 0 && result.bytesProduced() == 0) {
        countIdleRecord();
      }
      serve(result.getHandshakeStatus());
    }
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return bytes.hasRemaining()
        ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()
        : NOTHING;
  }

  /** Does what the engine wants in return for a record, such as to answer a KeyUpdate. */
  private void serve(HandshakeStatus status) throws SSLException, NetException {
    if (status == HandshakeStatus.NEED_TASK) {
      runTasks();
    } else if (status == HandshakeStatus.NEED_WRAP
        && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
      throwRefusal();
    }
    if (status != HandshakeStatus.NOT_HANDSHAKING) {
      output.wrapAll();
    }
  }

  /**
   * BoringSSL's engine has refused a record: it wants to send an alert, and says what was wrong to
   * whoever gives it another one.
   */
  private void throwRefusal() throws SSLException, NetException {
    output.wrap();
    engine.unwrap(ByteBuffer.wrap(ANY_RECORD), TlsOutput.region(scratch));
    throw new SSLException("the engine has refused a record");
  }

  void runTasks() {
    Runnable task;
    while ((task = engine.getDelegatedTask()) != null) {
      task.run();
    }
  }

  private void countIdleRecord() throws SSLException {
    long now = System.nanoTime();
    if (idleRecords == 0 || now - secondBegan > SECOND_NANOS) {
      secondBegan = now;
      idleRecords = 0;
    }
    if (++idleRecords > MAX_IDLE_RECORDS_PER_SECOND) {
      throw new SSLException(
          "the peer sends more than "
              + MAX_IDLE_RECORDS_PER_SECOND
              + " TLS records without data a second, such as KeyUpdates");
    }
  }

  /**
   * Gives the engine one record of the handshake. If there is no whole one, it is asked all the
   * same: BoringSSL's says only then that it has finished.
   *
   * @param mayAsk whether to ask the kernel for more
   */
  SSLEngineResult handshake(boolean mayAsk) throws SSLException, NetException {
    ByteBuffer from = load();
    try {
      if (starved && mayAsk) {
        fill(from);
      }
      ByteBuffer target = TlsOutput.region(scratch);
      SSLEngineResult result = unwrap(from, target);
      plaintext = copy(target.flip());
      return result;
    } finally {
      keep(from);
    }
  }

  boolean hasEnded() {
    return inputEnded;
  }

  private SSLEngineResult unwrap(ByteBuffer from, ByteBuffer into) throws SSLException {
    TlsRecord.check(from, refusesHandshakes);
    SSLEngineResult result = engine.unwrap(from, into);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new SSLException("a record is larger than TLS allows");
    }
    HandshakeStatus status = result.getHandshakeStatus();
    boolean wantsOther = status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK;
    // BoringSSL's reports an underflow as CLOSED once this side has closed.
    boolean idle = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
    starved = !from.hasRemaining() || (idle && !(wantsOther && !idleBefore));
    idleBefore = idle;
    return result;
  }

  /**
   * A peer that refuses us says so in an alert before it hangs up. Where a write has failed, that
   * alert may lie in the kernel unread, and says more than {@code EPIPE}.
   *
   * @return the alert, or {@code cause}
   */
  NetException alertBehind(NetException cause) {
    ByteBuffer found = ByteBuffer.allocate(MAX_SEARCHED);
    handOut(found);
    hungUp = true;
    int before;
    do {
      before = found.position();
      decrypt(found);
    } while (found.position() > before && !plaintext.hasRemaining());
    ByteBuffer rest = plaintext;
    found.flip();
    if (found.hasRemaining()) {
      plaintext =
          ByteBuffer.allocate(found.remaining() + rest.remaining()).put(found).put(rest).flip();
    }
    NetException other = failure;
    return other != null && "EPROTO".equals(other.code()) ? other : cause;
  }

  void clear() {
    ciphertext = NOTHING;
    plaintext = NOTHING;
    starved = true;
  }
}
