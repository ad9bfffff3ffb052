package evented.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that wait in user memory until the kernel takes them, first in, first out.
 *
 * <p>What leaves soon is {@linkplain #link linked} in as it is. Of what waits longer, small writes
 * are copied together into chunks that grow by doubling from {@value #MIN_CHUNK} to {@value
 * #MAX_CHUNK} bytes, and a {@link Buffer} of {@value #LARGE} bytes or more is linked. So a million
 * small writes cost about their bytes, not a million objects, and no large write is copied.
 *
 * <p>Not thread-safe: one stream's queue belongs to its loop thread.
 */
final class WriteQueue {
  /** From this many bytes on a write gets a chunk of its own. */
  static final int LARGE = 2 * 1024;

  /** The capacities in bytes of the smallest and of the largest chunk for small writes. */
  static final int MIN_CHUNK = 256;

  static final int MAX_CHUNK = 16 * 1024;

  /** What the objects around a chunk's bytes cost, in bytes: the chunk, an array's header. */
  static final int CHUNK_OVERHEAD = 64;

  /** How much of one large chunk is written at a time, in bytes. */
  private static final int MAX_WRITE = 1024 * 1024;

  /** An empty queue keeps no spare array above this size; idle streams should weigh little. */
  private static final int MAX_IDLE_SPARE = 1024;

  /** The chunks in order, a linked list: from {@code head} to {@code tail}, none of them empty. */
  private @Nullable Chunk head;

  private @Nullable Chunk tail;

  /** A drained chunk of ours, to be used again. */
  private @Nullable Chunk spare;

  private long size;
  private long cost;

  /** Appends the bytes of {@code buffer}, to wait for long: large ones are not copied. */
  void add(Buffer buffer) {
    if (buffer.length() < LARGE) {
      int from = buffer.offset();
      addSmall(buffer.array(), from, from + buffer.length());
      size += buffer.length();
    } else {
      link(buffer);
    }
  }

  /** Appends the bytes of {@code buffer}, without a copy. */
  void link(Buffer buffer) {
    if (!buffer.isEmpty()) {
      int from = buffer.offset();
      link(new Chunk(buffer.array(), from, from + buffer.length(), false));
      size += buffer.length();
    }
  }

  /** Takes all that {@code other} holds; only while this queue is empty. */
  void takeOver(WriteQueue other) {
    head = other.head;
    tail = other.tail;
    size = other.size;
    cost = other.cost;
    other.clear();
  }

  /** Returns how many bytes wait. */
  long size() {
    return size;
  }

  /**
   * Returns how many bytes of memory the waiting bytes really occupy: the whole arrays, since a
   * slice keeps all of its parent alive, and {@value #CHUNK_OVERHEAD} bytes for each chunk. Slices
   * of one array that are written one after another count it once. An empty queue costs 0; the one
   * spare array that a queue may keep is not counted.
   */
  long cost() {
    return cost;
  }

  /** Returns whether no byte waits. */
  boolean isEmpty() {
    return head == null;
  }

  /**
   * Returns bytes from the front, to be written at once: all that wait, put together in {@code
   * region}, where they fit; otherwise a large chunk as it lies there, or as many small ones as
   * fit. The queue must not be empty; the bytes stay in it until they are {@link #remove}d.
   */
  ByteBuffer front(ByteBuffer region) {
    Chunk first = head;
    if (first == null) {
      throw new IllegalStateException("empty");
    }
    boolean alone = first.next == null || size > region.capacity();
    if (alone && first.length() >= LARGE) {
      return ByteBuffer.wrap(first.array, first.from, Math.min(first.length(), MAX_WRITE));
    }
    region.clear();
    for (Chunk chunk = first; chunk != null && region.hasRemaining(); chunk = chunk.next) {
      region.put(chunk.array, chunk.from, Math.min(chunk.length(), region.remaining()));
    }
    return region.flip();
  }

  /** Removes {@code count} bytes from the front. */
  void remove(int count) {
    size -= count;
    int left = count;
    while (left > 0 && head != null) {
      int part = Math.min(left, head.length());
      head.from += part;
      left -= part;
      if (head.length() == 0) {
        unlinkHead(head);
      }
    }
  }

  /** Forgets all bytes and gives all memory back. */
  void clear() {
    head = null;
    tail = null;
    spare = null;
    size = 0;
    cost = 0;
  }

  private void addSmall(byte[] bytes, int from, int to) {
    int at = from;
    if (tail != null && tail.growable) {
      makeRoom(tail, to - at);
      int count = Math.min(tail.room(), to - at);
      tail.append(bytes, at, count);
      at += count;
    }
    if (at < to) {
      Chunk chunk = takeChunk(to - at);
      chunk.append(bytes, at, to - at);
      link(chunk);
    }
  }

  /** Makes room for {@code more} bytes at the end of {@code chunk}, or as many as may ever fit. */
  private void makeRoom(Chunk chunk, int more) {
    if (chunk.room() >= more) {
      return;
    }
    int needed = chunk.length() + more;
    if (needed <= chunk.array.length / 2) {
      chunk.moveToFront(chunk.array); // at least half is free, so a byte is moved once on average
    } else if (chunk.array.length < MAX_CHUNK) {
      int before = chunk.array.length;
      chunk.moveToFront(new byte[capacityFor(Math.max(needed, 2 * before))]);
      chunk.charge += chunk.array.length - before;
      cost += chunk.array.length - before;
    }
  }

  private Chunk takeChunk(int length) {
    Chunk chunk = spare;
    if (chunk != null && chunk.array.length >= length) {
      spare = null;
      return chunk;
    }
    return new Chunk(new byte[capacityFor(length)], 0, 0, true);
  }

  /** The power of two that holds {@code length} bytes, within the limits of a chunk. */
  private static int capacityFor(int length) {
    int powerOfTwo = Integer.highestOneBit(Math.max(length, 2) - 1) << 1;
    return Math.max(MIN_CHUNK, Math.min(MAX_CHUNK, powerOfTwo));
  }

  private void link(Chunk chunk) {
    boolean countedBefore = tail != null && tail.array == chunk.array;
    chunk.charge = CHUNK_OVERHEAD + (countedBefore ? 0L : chunk.array.length);
    cost += chunk.charge;
    if (tail == null) {
      head = chunk;
    } else {
      tail.next = chunk;
    }
    tail = chunk;
  }

  private void unlinkHead(Chunk drained) {
    Chunk next = drained.next;
    cost -= drained.charge;
    if (next != null && next.array == drained.array) { // the array stays, and next pays for it
      next.charge += drained.array.length;
      cost += drained.array.length;
    }
    head = next;
    drained.next = null;
    if (drained.growable && (spare == null || spare.array.length < drained.array.length)) {
      drained.from = 0;
      drained.to = 0;
      spare = drained;
    }
    if (next == null) {
      tail = null;
      if (spare != null && spare.array.length > MAX_IDLE_SPARE) {
        spare = null;
      }
    }
  }

  /** A run of bytes within an array: one of ours that grows at its end, or one linked as it is. */
  private static final class Chunk {
    byte[] array;
    int from;
    int to;
    final boolean growable;

    /** What this chunk adds to {@link #cost()}. */
    long charge;

    @Nullable Chunk next;

    Chunk(byte[] array, int from, int to, boolean growable) {
      this.array = array;
      this.from = from;
      this.to = to;
      this.growable = growable;
    }

    int length() {
      return to - from;
    }

    int room() {
      return array.length - to;
    }

    void append(byte[] bytes, int at, int count) {
      System.arraycopy(bytes, at, array, to, count);
      to += count;
    }

    void moveToFront(byte[] target) {
      System.arraycopy(array, from, target, 0, length());
      to -= from;
      from = 0;
      array = target;
    }
  }
}
