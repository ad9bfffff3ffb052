package evented.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of one {@link Session}: what has arrived and may not be emitted yet.
 *
 * <p>A chunk goes straight to the listeners while the stream flows. While it is paused, or no one
 * has claimed its data yet (semantics R1, R4), chunks are held, up to 64 KiB; then the socket is
 * left unread and TCP pushes back on the peer. Reading on until then is what lets a hang-up be
 * noticed behind a pause (C12).
 *
 * <p>Only on the loop thread.
 */
final class Inbox {
  /** How much of the peer's data is held in memory, in bytes. */
  static final int LIMIT = 64 * 1024;

  /** What a held chunk costs beside its bytes, so that many small ones cannot pile up. */
  private static final int CHUNK_OVERHEAD = 64;

  private final Session session;
  private final LoopThread thread;

  private LegacyTransport.@Nullable Connection connection;
  private @Nullable ArrayDeque<Buffer> held;
  private int heldCost;
  private boolean reading;
  private boolean over; // the peer's FIN or a failure: nothing more arrives
  private boolean deliveryScheduled;
  private @Nullable List<Buffer> forTls; // from setSecure until TLS takes over
  private @Nullable TextDecoder decoder;
  private @Nullable Encoding decoderEncoding;

  Inbox(Session session, LoopThread thread) {
    this.session = session;
    this.thread = thread;
  }

  /**
   * Begins to read. Some may be held already: a peer that speaks and ends while the connection is
   * being established is read together with that news.
   */
  void open(LegacyTransport.Connection connection) {
    this.connection = connection;
    updateReading();
    flowChanged(); // the kernel may have told of a hang-up, with its bytes, before this turn came
  }

  /** Bytes from the wire. */
  void received(Buffer chunk) {
    if (forTls != null) {
      forTls.add(chunk);
    } else if (isEmpty() && session.flows()) {
      deliver(chunk);
    } else {
      hold(chunk);
      updateReading();
    }
  }

  /** Whatever has not been emitted yet belongs to TLS from now on (semantics T1, R7). */
  void divert() {
    forTls = held == null ? new ArrayList<>() : new ArrayList<>(held);
    discard();
    decoder = null; // half a character of plain text must not come out with the first secret one
    updateReading();
  }

  boolean isDiverted() {
    return forTls != null;
  }

  /** TLS takes over: gives it what was diverted. */
  List<Buffer> diverted() {
    List<Buffer> bytes = forTls == null ? List.of() : forTls;
    forTls = null;
    return bytes;
  }

  /** Puts bytes back before everything that is held (semantics R7). */
  void unshift(Buffer chunk) {
    if (chunk.isEmpty()) {
      return;
    }
    queue().addFirst(chunk);
    heldCost += cost(chunk);
    updateReading();
    flowChanged();
  }

  private void hold(Buffer chunk) {
    queue().addLast(chunk);
    heldCost += cost(chunk);
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

  /** Whether the stream flows may have changed: what is held is delivered, but not in this call. */
  void flowChanged() {
    if (deliveryScheduled) {
      return;
    }
    boolean something = !isEmpty() || over || !reading;
    if (something && session.flows()) {
      deliveryScheduled = true;
      thread.later(this::deliverHeld);
    }
  }

  private void deliverHeld() {
    deliveryScheduled = false;
    while (!isEmpty() && session.flows()) { // a listener may call setSecure, which empties it
      Buffer chunk = queue().removeFirst();
      heldCost -= cost(chunk);
      deliver(chunk);
    }
    updateReading();
    session.settle();
  }

  /** Gives up what is held. */
  void discard() {
    held = null;
    heldCost = 0;
  }

  /** Nothing more will arrive. */
  void over() {
    over = true;
    updateReading();
  }

  boolean isOver() {
    return over;
  }

  /** Whether no chunk is held. */
  boolean isEmpty() {
    return held == null || held.isEmpty();
  }

  /** How much may be read at the next go, in bytes: what can be emitted at once has no limit. */
  int budget() {
    return isEmpty() && session.flows() ? Integer.MAX_VALUE : Math.max(1, LIMIT - heldCost);
  }

  private void updateReading() {
    boolean wanted = !over && heldCost < LIMIT;
    if (connection != null && wanted != reading) {
      reading = wanted;
      connection.setReading(wanted);
    }
  }

  void close() {
    over = true;
    connection = null;
    reading = false;
    discard();
  }

  /** Emits {@code data}. */
  private void deliver(Buffer chunk) {
    Stream stream = session.stream;
    stream.tellLate();
    if (!session.flows()) {
      unshift(chunk); // a listener that came late has paused the stream, or ended it
      return;
    }
    Object[] listeners = stream.find("data");
    if (listeners.length == 0) {
      return; // as in the day of the specification: no one listens, so it is dropped (R1)
    }
    Encoding encoding = stream.encoding();
    String text = null;
    if (encoding != null) {
      text = decoder(encoding).decode(chunk);
    }
    thread.enter();
    try {
      for (Object listener : listeners) {
        if (session.isOver()) {
          return;
        }
        DataListener.Kind kind = DataListener.kindOf(listener);
        if (kind == DataListener.Kind.BYTES
            || (kind == DataListener.Kind.EITHER && encoding == null)) {
          stream.callDataListener(listener, chunk);
        } else {
          if (text == null) {
            text = decoder(Encoding.UTF8).decode(chunk);
          }
          if (!text.isEmpty()) {
            stream.callDataListener(listener, text);
          }
        }
      }
    } finally {
      stream.leave();
    }
  }

  /**
   * Emits the rest of a character that the peer cut short, before {@code end} (semantics R3).
   *
   * @return false if it cannot be emitted now, since the stream is paused
   */
  boolean deliverRest() {
    TextDecoder decoder = this.decoder;
    if (decoder == null || !decoder.hasRest()) {
      return true;
    }
    if (!session.flows()) {
      return false;
    }
    String text = decoder.end();
    Stream stream = session.stream;
    stream.tellLate();
    thread.enter();
    try {
      for (Object listener : stream.find("data")) {
        DataListener.Kind kind = DataListener.kindOf(listener);
        boolean wantsText =
            kind == DataListener.Kind.TEXT
                || (kind == DataListener.Kind.EITHER && stream.encoding() != null);
        if (wantsText && !text.isEmpty() && !session.isOver()) {
          stream.callDataListener(listener, text);
        }
      }
    } finally {
      stream.leave();
    }
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
