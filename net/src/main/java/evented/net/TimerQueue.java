package evented.net;

import java.util.Arrays;

/**
 * What a loop thread is to do at a later time: a binary heap whose entries know their places, so
 * that scheduling and cancelling cost the logarithm of their number, and nothing is ever scanned.
 *
 * <p>Only on the loop thread.
 */
final class TimerQueue {
  private static final int FIRST_CAPACITY = 16;

  /** A task that waits for its time. */
  static final class Entry {
    private final Runnable task;
    private long due; // nanoseconds, on the loop's clock
    private long number;
    private int place = -1; // in the heap; -1: not there

    private Entry(Runnable task) {
      this.task = task;
    }
  }

  private Entry[] heap = new Entry[FIRST_CAPACITY];
  private int size;
  private long numbers;
  private long judgedAt;

  /** Has {@code task} run once the clock has reached {@code due} nanoseconds. */
  Entry schedule(Runnable task, long due) {
    Entry entry = new Entry(task);
    entry.due = due;
    entry.number = numbers++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    siftUp(size++, entry);
    return entry;
  }

  /** Harmless for an entry that has run or was cancelled. */
  void cancel(Entry entry) {
    int place = entry.place;
    if (place < 0) {
      return;
    }
    entry.place = -1;
    Entry last = heap[--size];
    heap[size] = null;
    if (last != entry) {
      siftUp(place, last);
      siftDown(last.place, last);
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** How long it is from {@code now} until the next entry is due: 0 or more. */
  long nanosToNext(long now) {
    return Math.max(0, heap[0].due - now);
  }

  /**
   * Runs what was due at {@code time}, in the order of its times, and of being scheduled where
   * those are equal; nothing that is scheduled meanwhile.
   */
  void run(long time) {
    judgedAt = time;
    long end = numbers;
    while (size > 0 && heap[0].due - time <= 0 && heap[0].number < end) {
      Entry entry = heap[0];
      cancel(entry);
      try {
        entry.task.run();
      } catch (Throwable thrown) {
        LoopThread.report(thrown);
      }
    }
  }

  /**
   * The time by which entries are judged at present. Whatever a socket held by then has been read,
   * however long the process was stopped since.
   */
  long judgedAt() {
    return judgedAt;
  }

  private void siftUp(int from, Entry entry) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!isBefore(entry, heap[parent])) {
        break;
      }
      put(place, heap[parent]);
      place = parent;
    }
    put(place, entry);
  }

  private void siftDown(int from, Entry entry) {
    int place = from;
    while (true) {
      int child = 2 * place + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], entry)) {
        break;
      }
      put(place, heap[child]);
      place = child;
    }
    put(place, entry);
  }

  private void put(int place, Entry entry) {
    heap[place] = entry;
    entry.place = place;
  }

  private static boolean isBefore(Entry one, Entry other) {
    long difference = one.due - other.due; // the clock may overflow
    return difference < 0 || (difference == 0 && one.number < other.number);
  }
}
