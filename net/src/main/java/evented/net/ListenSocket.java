package evented.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One life of a server, from {@code listen} to {@code close}. Only on the loop thread, except for
 * the volatile fields.
 */
final class ListenSocket extends LoopThread.Member implements Listener.Handler, LoopEmitter.Life {
  /** Whose listening socket it is. */
  interface Owner {
    int backlog();

    /** Whether others may listen on the same port. */
    boolean reusePort();

    /** Whether the address {@code ::} is for IPv6 alone. */
    boolean ipv6Only();

    /** It listens. */
    void opened(ListenSocket opened);

    /** How many connections are open. */
    int connections();

    /** A connection was accepted, which now belongs to the owner. */
    void accepted(Socket socket);

    /** It has come to its end, perhaps by {@code failure}. */
    void closed(ListenSocket closed, @Nullable NetException failure);
  }

  /** How many connections are accepted before other sockets have their turn. */
  private static final int ACCEPTS_IN_A_ROW = 64;

  /** How long nothing is accepted when the system refuses: at first, and in the end. */
  private static final long FIRST_PAUSE_MILLIS = 50;

  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /** How often that is warned of at the most. */
  private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How often, and how long apart, another process is waited for that takes a path. */
  private static final int LOCK_TRIES = 200;

  private static final long LOCK_RETRY_MILLIS = 5;

  static {
    // What is only needed when descriptors have run out is loaded while there are some: from a
    // folder, loading a class takes a descriptor.
    IOException sample = new IOException(ErrorCode.EMFILE.text());
    var unused = NetException.of("accept", null, sample);
    Reports.prepare();
    FlightEvents.prepare();
  }

  private final Owner owner;
  private final LoopThread thread;

  /** The listener that {@code listen} was given, which is for this life alone. */
  @Nullable Runnable callback;

  /** {@code close} was called; the server's monitor is held. */
  boolean closeRequested;

  volatile @Nullable SocketAddress address;
  volatile int descriptor = -1;

  private @Nullable Listener listener;
  private @Nullable UnixSocketFile file;
  private TimerQueue.@Nullable Entry userPause; // of Server.pause
  private TimerQueue.@Nullable Entry systemPause; // since accepting has failed
  private long nextPauseMillis = FIRST_PAUSE_MILLIS;
  private long lastWarning;
  private boolean hasWarned;
  private boolean closing;

  ListenSocket(Owner owner, LoopThread thread) {
    this.owner = owner;
    this.thread = thread;
  }

  @Override
  public boolean isOver() {
    return closing;
  }

  // Opening.

  void open(Endpoint endpoint) {
    thread.join(this);
    if (closing) {
      return;
    }
    String path = endpoint.path();
    if (path != null) {
      openPath(path);
      return;
    }
    Resolver.resolve(
        thread,
        endpoint.host(),
        (addresses, failure) -> {
          if (closing) {
            return;
          }
          if (failure != null) {
            finish(failure);
          } else {
            listenOn(new InetSocketAddress(addresses.get(0), endpoint.port()));
          }
        });
  }

  private void listenOn(InetSocketAddress address) {
    try {
      opened(listen(address));
    } catch (NetException e) {
      finish(e);
    }
  }

  private void openPath(String path) {
    ErrorCode problem = Endpoint.problemOf(path);
    if (problem != null) {
      finish(NetException.ofPath("listen", problem, path));
      return;
    }
    openPath(UnixDomainSocketAddress.of(path), LOCK_TRIES);
  }

  /** Tries to take the place, again and again while another process is about to. */
  private void openPath(UnixDomainSocketAddress address, int tries) {
    if (closing) {
      return;
    }
    try {
      boolean tried =
          UnixSocketLock.tryRun(
              address.getPath().toAbsolutePath(),
              () -> {
                UnixSocketFile.makeRoom(thread.transport, address);
                Listener listener = listen(address);
                file = UnixSocketFile.own(address.getPath().toString());
                opened(listener);
              });
      if (tried) {
        return;
      }
    } catch (NetException e) {
      finish(e);
      return;
    }
    if (tries > 1) {
      thread.schedule(() -> openPath(address, tries - 1), LOCK_RETRY_MILLIS);
    } else {
      finish(NetException.of("listen", ErrorCode.EADDRINUSE, address, /* cause= */ null));
    }
  }

  private static boolean isIpv6(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
  }

  private Listener listen(SocketAddress address) throws NetException {
    return thread.transport.listen(
        address, owner.backlog(), owner.reusePort(), isIpv6(address) && owner.ipv6Only());
  }

  void adopt(int fd) {
    thread.join(this);
    if (!closing) {
      try {
        opened(thread.transport.adoptListener(fd));
      } catch (NetException e) {
        finish(e);
      }
    }
  }

  private void opened(Listener listener) {
    this.listener = listener;
    address = listener.localAddress();
    descriptor = listener.descriptor();
    listener.handler(this);
    updateInterest();
    thread.emit(
        () -> {
          if (!closing) {
            owner.opened(this);
          }
        });
  }

  private void updateInterest() {
    if (listener != null && !closing) {
      listener.want(userPause == null && systemPause == null);
    }
  }

  // Accepting.

  @Override
  public void acceptable() {
    Listener listener = this.listener;
    for (int i = 0; i < ACCEPTS_IN_A_ROW && listener != null && !closing; i++) {
      if (userPause != null) {
        return; // a listener for connection has asked for it
      }
      try {
        Socket socket = listener.accept();
        if (socket == null) {
          return;
        }
        nextPauseMillis = FIRST_PAUSE_MILLIS;
        owner.accepted(socket);
      } catch (NetException e) {
        pauseAfter(e);
        return;
      }
    }
  }

  /** The kernel would announce the waiting connection again and again: look away for a while. */
  private void pauseAfter(NetException cause) {
    long now = thread.nanoTime();
    if (!hasWarned || now - lastWarning >= WARNING_NANOS) {
      hasWarned = true;
      lastWarning = now;
      Reports.warn(warning(cause));
    }
    systemPause =
        thread.schedule(
            () -> {
              systemPause = null;
              updateInterest();
            },
            nextPauseMillis);
    FlightEvents.acceptPaused(address, TimeUnit.MILLISECONDS.toNanos(nextPauseMillis), cause);
    nextPauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * nextPauseMillis);
    updateInterest();
  }

  private String warning(NetException cause) {
    boolean descriptors = "EMFILE".equals(cause.code()) || "ENFILE".equals(cause.code());
    return (descriptors ? "Out of descriptors: connections to " : "Cannot accept: connections to ")
        + address
        + (descriptors ? " wait until one is free (" : " wait (")
        + cause.getMessage()
        + ")";
  }

  /** Accepts nothing for so long from now on; a pause that lasts already is replaced. */
  void pause(long millis) {
    if (closing) {
      return;
    }
    userPause = cancel(userPause);
    if (millis > 0) {
      userPause =
          thread.schedule(
              () -> {
                userPause = null;
                updateInterest();
              },
              millis);
    }
    updateInterest();
  }

  private TimerQueue.@Nullable Entry cancel(TimerQueue.@Nullable Entry pause) {
    if (pause != null) {
      thread.timers().cancel(pause);
    }
    return null;
  }

  // Closing.

  /**
   * Closes, but accepts first who is connected already, as the kernel sees it: closing would reset
   * them, and lose what they may have sent.
   */
  void closeWhenAccepted() {
    Listener listener = this.listener;
    try {
      int most = owner.backlog() + 1; // who connects meanwhile may be refused
      for (int i = 0; i < most && listener != null && !closing; i++) {
        Socket socket = listener.accept();
        if (socket == null) {
          break;
        }
        owner.accepted(socket);
      }
    } catch (NetException e) {
      Reports.warn(warning(e));
    }
    finish(null);
  }

  Owner owner() {
    return owner;
  }

  void close() {
    finish(null);
  }

  @Override
  void loopCloses() {
    finish(null);
  }

  private void finish(@Nullable NetException failure) {
    if (closing) {
      return;
    }
    closing = true;
    userPause = cancel(userPause);
    systemPause = cancel(systemPause);
    if (listener != null) {
      listener.close();
    }
    if (file != null) {
      file.remove();
    }
    thread.later(
        () -> {
          owner.closed(this, failure);
          thread.leave(this);
        });
  }
}
