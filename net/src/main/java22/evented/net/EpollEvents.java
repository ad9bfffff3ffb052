package evented.net;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The array of {@code struct epoll_event} that {@code epoll_wait} fills in. It is native memory,
 * since the collector may move the heap while the thread sleeps in the kernel.
 */
final class EpollEvents {
  /** On x86-64 alone the structure is packed, so that it is the same for 32-bit programs. */
  private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

  static final int SIZE = PACKED ? 12 : 16;
  static final int DATA_OFFSET = PACKED ? 4 : 8;

  private final MemorySegment array;
  private final int capacity;

  EpollEvents(int capacity) {
    this.capacity = capacity;
    array = Arena.ofAuto().allocate((long) capacity * SIZE, Long.BYTES);
  }

  MemorySegment array() {
    return array;
  }

  int capacity() {
    return capacity;
  }

  int events(int index) {
    return array.get(JAVA_INT_UNALIGNED, (long) index * SIZE);
  }

  long data(int index) {
    return array.get(JAVA_LONG_UNALIGNED, (long) index * SIZE + DATA_OFFSET);
  }
}
