package evented.net;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors that one epoll instance watches.
 *
 * <p>Changes of what is wanted are collected, and told to the kernel before the next wait: a
 * connection that is served and closed at once costs a single {@code epoll_ctl}, and going back and
 * forth within a callback none.
 *
 * <p>The kernel returns a token with each event: the slot in which the descriptor is found, and a
 * number that no other user of that slot has had. So an event that is left from a closed descriptor
 * never reaches the one that has its number now.
 */
final class EpollSet {
  private static final int FIRST_CAPACITY = 64;
  private static final long WAKE_UP_TOKEN = -1; // no slot has this number

  final Libc libc = new Libc(Arena.ofAuto());
  private final int epoll;

  private @Nullable EpollDescriptor[] slots = new @Nullable EpollDescriptor[FIRST_CAPACITY];
  private int[] freeSlots = new int[FIRST_CAPACITY];
  private int freeCount;
  private int slotCount; // used at one time or another
  private int lastNumber;

  private @Nullable EpollDescriptor[] changes = new @Nullable EpollDescriptor[FIRST_CAPACITY];
  private int changeCount;

  private EpollEvents events = new EpollEvents(FIRST_CAPACITY);

  EpollSet() throws NetException {
    epoll = libc.epollCreate();
    if (epoll < 0) {
      throw EpollErrors.of("epoll_create1", -epoll, /* address= */ null);
    }
  }

  /**
   * Watches an eventfd, which just ends a wait. Being edge-triggered, it never has to be read: a
   * write to it is an event of its own.
   */
  void watchWakeUp(int eventfd) throws NetException {
    int events = Linux.EPOLLIN | Linux.EPOLLET;
    int outcome = libc.epollControl(epoll, Linux.EPOLL_CTL_ADD, eventfd, events, WAKE_UP_TOKEN);
    if (outcome < 0) {
      throw EpollErrors.of("epoll_ctl", -outcome, /* address= */ null);
    }
  }

  /** The mask of {@code descriptor} may have changed. */
  void changed(EpollDescriptor descriptor) {
    if (descriptor.changed) {
      return;
    }
    descriptor.changed = true;
    if (changeCount == changes.length) {
      changes = Arrays.copyOf(changes, 2 * changeCount);
    }
    changes[changeCount++] = descriptor;
  }

  /**
   * A descriptor is about to be closed, which takes it out of the kernel's set.
   *
   * @param shared whether it does not, since another process has it, too
   */
  void forget(EpollDescriptor descriptor, boolean shared) {
    if (descriptor.watched == EpollDescriptor.UNWATCHED) {
      return;
    }
    if (shared) {
      libc.epollControl(epoll, Linux.EPOLL_CTL_DEL, descriptor.descriptor, 0, 0);
    }
    freeSlot(descriptor);
  }

  /**
   * Waits until something is ready, and calls it.
   *
   * @param millis -1 for as long as it takes
   */
  void poll(int millis) {
    boolean mayWait = applyChanges();
    EpollEvents events = this.events;
    int count = libc.epollWait(epoll, events, mayWait ? millis : 0);
    if (count < 0) {
      if (count == -Linux.EINTR) {
        return;
      }
      throw new IllegalStateException("epoll_wait failed with errno " + -count);
    }
    for (int i = 0; i < count; i++) {
      long token = events.data(i);
      if (token != WAKE_UP_TOKEN) {
        EpollDescriptor descriptor = slots[(int) token];
        if (descriptor != null && descriptor.token == token) {
          descriptor.ready(events.events(i));
        }
      }
    }
  }

  void close() {
    Libc.close(epoll);
  }

  /** Returns false if something has been called, so that there is no time to wait. */
  private boolean applyChanges() {
    boolean silent = true;
    while (changeCount > 0) {
      EpollDescriptor descriptor = changes[--changeCount];
      changes[changeCount] = null;
      if (descriptor == null) {
        continue;
      }
      descriptor.changed = false;
      int outcome = descriptor.isClosed() ? 0 : apply(descriptor, descriptor.mask());
      if (outcome < 0) {
        silent = false;
        descriptor.refused(EpollErrors.of("epoll_ctl", -outcome, /* address= */ null));
      }
    }
    if (slotCount >= events.capacity()) {
      // So that a single wait returns all that is ready, and the wake-up.
      events = new EpollEvents(2 * slots.length);
    }
    return silent;
  }

  private int apply(EpollDescriptor descriptor, int mask) {
    int watched = descriptor.watched;
    if (mask == watched) {
      return 0;
    }
    int operation = Linux.EPOLL_CTL_MOD;
    if (mask == EpollDescriptor.UNWATCHED) {
      operation = Linux.EPOLL_CTL_DEL;
    } else if (watched == EpollDescriptor.UNWATCHED) {
      operation = Linux.EPOLL_CTL_ADD;
      takeSlot(descriptor);
    }
    int outcome =
        libc.epollControl(epoll, operation, descriptor.descriptor, mask, descriptor.token);
    descriptor.watched = mask;
    if (outcome < 0 || mask == EpollDescriptor.UNWATCHED) {
      freeSlot(descriptor);
    }
    return outcome;
  }

  private void takeSlot(EpollDescriptor descriptor) {
    int slot;
    if (freeCount > 0) {
      slot = freeSlots[--freeCount];
    } else {
      slot = slotCount++;
      if (slot == slots.length) {
        slots = Arrays.copyOf(slots, 2 * slot);
        freeSlots = Arrays.copyOf(freeSlots, 2 * slot);
      }
    }
    slots[slot] = descriptor;
    descriptor.token = (long) (++lastNumber & Integer.MAX_VALUE) << 32 | slot;
  }

  private void freeSlot(EpollDescriptor descriptor) {
    int slot = (int) descriptor.token;
    slots[slot] = null;
    freeSlots[freeCount++] = slot;
    descriptor.watched = EpollDescriptor.UNWATCHED;
  }
}
