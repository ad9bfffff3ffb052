package evented.net;

/** The eventfd by which any thread ends the sleep of a loop. */
final class EpollWakeUp {
  private final int eventfd;
  private boolean closed; // under the monitor, so that no write reaches the number's next owner

  EpollWakeUp(EpollSet set) throws NetException {
    eventfd = set.libc.eventfd();
    if (eventfd < 0) {
      throw EpollErrors.of("eventfd", -eventfd, /* address= */ null);
    }
    try {
      set.watchWakeUp(eventfd);
    } catch (NetException e) {
      Libc.close(eventfd);
      throw e;
    }
  }

  synchronized void signal() {
    if (!closed) {
      Libc.eventfdWrite(eventfd);
    }
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      Libc.close(eventfd);
    }
  }
}
