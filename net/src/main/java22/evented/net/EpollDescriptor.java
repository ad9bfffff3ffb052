package evented.net;

/**
 * A descriptor that an {@link EpollSet} watches, and what the two have to remember of each other.
 */
abstract sealed class EpollDescriptor permits EpollSocket, EpollListener {
  /** In place of a mask: not watched at all. */
  static final int UNWATCHED = -1;

  final int descriptor;

  /** Whether other processes may have it, too, so that closing it here ends nothing. */
  private final boolean shared;

  EpollSet set;
  private boolean closed;

  // Belong to the set.
  int watched = UNWATCHED; // the mask that the kernel has
  long token; // what the kernel returns with an event, while it is watched
  boolean changed; // waits for the set to ask for the mask

  EpollDescriptor(EpollSet set, int descriptor, boolean shared) {
    this.set = set;
    this.descriptor = descriptor;
    this.shared = shared;
  }

  /** What the kernel should watch it for by now: a mask, or {@link #UNWATCHED}. */
  abstract int mask();

  /** Something that is watched has happened. */
  abstract void ready(int events);

  /** The kernel does not watch it. */
  abstract void refused(NetException cause);

  final boolean isClosed() {
    return closed;
  }

  final void closeOnce() {
    if (closed) {
      return;
    }
    closed = true;
    set.forget(this, shared);
    Libc.close(descriptor);
  }
}
