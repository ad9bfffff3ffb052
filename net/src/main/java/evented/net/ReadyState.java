package evented.net;

/**
 * What a {@link Stream} can do right now ({@code spec/net.md}, {@code stream.readyState}).
 *
 * <p>{@link #toString} gives the names of the specification: {@code "closed"}, {@code "opening"},
 * {@code "open"}, {@code "readOnly"}, {@code "writeOnly"}.
 */
public enum ReadyState {
  /** Not connected: never yet, or no longer. */
  CLOSED("closed"),
  /** {@code connect} was called and has neither succeeded nor failed yet. */
  OPENING("opening"),
  /** Both sides may send. */
  OPEN("open"),
  /** This side has ended; the peer may still send. */
  READ_ONLY("readOnly"),
  /** The peer has ended; this side may still send. */
  WRITE_ONLY("writeOnly");

  private final String text;

  ReadyState(String text) {
    this.text = text;
  }

  /** Returns the name that the specification uses. */
  @Override
  public String toString() {
    return text;
  }
}
