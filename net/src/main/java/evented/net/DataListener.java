package evented.net;

/** A listener for {@code data} that gets bytes, or text, whatever the stream's encoding is. */
final class DataListener extends EventEmitter.Wrapped {
  /** What a listener for {@code data} gets. */
  enum Kind {
    BYTES,
    TEXT,
    /** What {@code setEncoding} says. */
    EITHER
  }

  private final Kind kind;

  DataListener(Object listener, Kind kind) {
    super(listener);
    this.kind = kind;
  }

  static Kind kindOf(Object stored) {
    return stored instanceof DataListener listener ? listener.kind : Kind.EITHER;
  }
}
