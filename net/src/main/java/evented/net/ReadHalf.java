package evented.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The read half of one {@link Connection}: what has arrived and may not be emitted yet.
 *
 * <p>A chunk goes straight to the listeners while the stream flows. While it is paused, or no one
 * has claimed its data yet, chunks are held, up to 64 KiB; then the socket is left unread, and TCP
 * pushes back on the peer.
 *
 * <p>Only on the loop thread.
 */
final class ReadHalf implements LoopEmitter.View {
  /** How much of the peer's data is held in memory, in bytes. */
  static final int LIMIT = 64 * 1024;

  /** What a held chunk costs beside its bytes, so that many small ones cannot pile up. */
  private static final int CHUNK_OVERHEAD = 64;

  private final Connection connection;
  private final StreamEngine stream;

  private @Nullable ArrayDeque<Buffer> held;
  private int heldCost;
  private int lastRead;
  private boolean deliveryScheduled;
  private @Nullable List<Buffer> diverted; // from setSecure until TLS takes over
  private @Nullable TextDecoder decoder;
  private @Nullable Encoding decoderEncoding;
  private @Nullable String text; // of the chunk that is being emitted

  ReadHalf(Connection connection) {
    this.connection = connection;
    this.stream = connection.stream;
  }

  /** Whether data may be emitted now. */
  private boolean flows() {
    return stream.isClaimed()
        && !stream.isPaused()
        && connection.isOpen()
        && !connection.isTlsDue();
  }

  /** Whether the socket should be read. */
  boolean wantsInput() {
    return heldCost < LIMIT;
  }

  /** Whether no chunk is held. */
  boolean isEmpty() {
    return held == null || held.isEmpty();
  }

  // From the socket.

  /**
   * Reads once and emits or holds what has arrived.
   *
   * @return false after the peer's FIN
   */
  boolean read(Socket socket) throws NetException {
    boolean flows = isEmpty() && flows();
    ByteBuffer region = connection.thread.readRegion().clear();
    if (!flows && wantsInput()) { // else the peer has hung up, and all is read now
      region.limit(Math.min(region.capacity(), LIMIT - heldCost));
    }
    lastRead = socket.read(region);
    if (lastRead <= 0) {
      return lastRead == 0;
    }
    arrived(lastRead);
    region.flip();
    if (!flows) {
      hold(Buffer.of(region));
    } else if (!pipe(region)) {
      deliver(Buffer.of(region));
    }
    return true;
  }

  /**
   * Reads once and holds what has arrived.
   *
   * @return whether it is worth while to read again
   */
  boolean hold(Socket socket) throws NetException {
    ByteBuffer region = connection.thread.readRegion().clear();
    lastRead = socket.read(region);
    if (lastRead > 0) {
      arrived(lastRead);
      hold(Buffer.of(region.flip()));
    }
    return lastRead > 0;
  }

  /** How many bytes the last read has brought; -1 for FIN. */
  int lastRead() {
    return lastRead;
  }

  private void arrived(int count) {
    stream.countRead(count);
    stream.idleTimer.touch();
  }

  /**
   * Passes bytes on as they are, if all that is to be done with them is to write them elsewhere.
   */
  private boolean pipe(ByteBuffer bytes) {
    StreamPipe pipe = stream.onlyPipe();
    return pipe != null && pipe.pass(bytes);
  }

  // What is held.

  private void hold(Buffer chunk) {
    queue().addLast(chunk);
    heldCost += cost(chunk);
  }

  /** Puts bytes back before everything that is held. */
  void unshift(Buffer chunk) {
    if (chunk.isEmpty()) {
      return;
    }
    queue().addFirst(chunk);
    heldCost += cost(chunk);
    connection.updateInterest();
    flowChanged();
  }

  private ArrayDeque<Buffer> queue() {
    ArrayDeque<Buffer> queue = held;
    if (queue == null) {
      queue = new ArrayDeque<>(4);
      held = queue;
    }
    return queue;
  }

  private static int cost(Buffer chunk) {
    return chunk.length() + CHUNK_OVERHEAD;
  }

  /** Gives up what is held. */
  void discard() {
    held = null;
    heldCost = 0;
  }

  void close() {
    discard();
    diverted = null;
  }

  /** Whatever has not been emitted yet belongs to TLS from now on. */
  void divert() {
    diverted = held == null ? new ArrayList<>() : new ArrayList<>(held);
    discard();
    decoder = null; // half a character of plain text must not come out with the first secret one
  }

  /** TLS takes over: gives it what was diverted. */
  List<Buffer> diverted() {
    List<Buffer> bytes = diverted == null ? List.of() : diverted;
    diverted = null;
    return bytes;
  }

  /** Whether the stream flows may have changed: what is held is delivered, but not in this call. */
  void flowChanged() {
    if (!deliveryScheduled && flows()) {
      deliveryScheduled = true;
      connection.thread.later(this::deliverHeld);
    }
  }

  private void deliverHeld() {
    deliveryScheduled = false;
    while (!isEmpty() && flows()) { // a listener may call setSecure, which empties it
      Buffer chunk = queue().removeFirst();
      heldCost -= cost(chunk);
      deliver(chunk);
    }
    connection.updateInterest();
    connection.advance();
  }

  // To the listeners.

  /** Emits {@code data}. */
  private void deliver(Buffer chunk) {
    LoopEmitter emitter = stream.emitter;
    emitter.callLate();
    if (!flows()) {
      unshift(chunk); // a listener that came late has paused the stream, or ended it
      return;
    }
    Object[] listeners = stream.stream.find("data");
    if (listeners.length == 0) {
      return; // as in the day of the specification: no one listens, so it is dropped
    }
    Encoding encoding = stream.encoding;
    text = encoding == null ? null : decoder(encoding).decode(chunk);
    emitter.emitData(listeners, chunk, this, connection);
    text = null;
  }

  /** What one of the listeners gets of {@code chunk}. */
  @Override
  public Object of(Buffer chunk, Object listener) {
    if (!wantsText(listener)) {
      return chunk;
    }
    String text = this.text;
    if (text == null) {
      text = decoder(Encoding.UTF8).decode(chunk);
      this.text = text;
    }
    return text.isEmpty() ? LoopEmitter.NOTHING : text;
  }

  private boolean wantsText(Object listener) {
    return switch (DataListener.kindOf(listener)) {
      case BYTES -> false;
      case TEXT -> true;
      case EITHER -> stream.encoding != null;
    };
  }

  /**
   * Emits the rest of a character that the peer cut short, before {@code end}.
   *
   * @return false if it cannot be emitted now, since the stream is paused
   */
  boolean deliverRest() {
    TextDecoder decoder = this.decoder;
    if (decoder == null || !decoder.hasRest()) {
      return true;
    }
    if (!flows()) {
      return false;
    }
    String rest = decoder.end();
    LoopEmitter emitter = stream.emitter;
    emitter.callLate();
    emitter.emitData(
        stream.stream.find("data"),
        Buffer.of(new byte[0]),
        (chunk, listener) -> wantsText(listener) && !rest.isEmpty() ? rest : LoopEmitter.NOTHING,
        connection);
    return true;
  }

  private TextDecoder decoder(Encoding encoding) {
    TextDecoder decoder = this.decoder;
    if (decoder == null || decoderEncoding != encoding) {
      decoder = decoder == null ? new TextDecoder(encoding) : new TextDecoder(encoding, decoder);
      this.decoder = decoder;
      decoderEncoding = encoding;
    }
    return decoder;
  }
}
