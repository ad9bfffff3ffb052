package evented.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens one {@link Connection}: resolves the name off the loop, then races its addresses (RFC
 * 8305): the two families take turns, and as soon as an address has failed, or has not answered for
 * 250 ms, the next one is tried beside those that are under way. The first to answer wins.
 *
 * <p>Only on the loop thread. Calls the connection back once, unless it is cancelled.
 */
final class Connector {
  /** How long an address has for itself, in milliseconds. */
  static final long ATTEMPT_DELAY_MILLIS = 250;

  private final LoopThread thread;
  private final Endpoint endpoint;
  private final Predicate<InetAddress> accepted;
  private final @Nullable SocketAddress local;
  private final Connection connection;

  private final Queue<SocketAddress> untried = new ArrayDeque<>();
  private final List<Attempt> underWay = new ArrayList<>();
  private final List<NetException> failures = new ArrayList<>();
  private TimerQueue.@Nullable Entry nextAttempt;
  private boolean done;

  Connector(
      LoopThread thread,
      Endpoint endpoint,
      Predicate<InetAddress> accepted,
      @Nullable SocketAddress local,
      Connection connection) {
    this.thread = thread;
    this.endpoint = endpoint;
    this.accepted = accepted;
    this.local = local;
    this.connection = connection;
  }

  void start() {
    String path = endpoint.path();
    if (path != null) {
      ErrorCode problem = Endpoint.problemOf(path);
      if (problem != null) {
        fail(NetException.ofPath("connect", problem, path));
      } else {
        untried.add(UnixDomainSocketAddress.of(path));
        tryNext();
      }
      return;
    }
    Resolver.resolve(
        thread,
        endpoint.host(),
        (addresses, failure) -> {
          if (done) {
            return;
          }
          if (failure != null) {
            fail(failure);
          } else {
            tryAccepted(addresses);
          }
        });
  }

  private void tryAccepted(List<InetAddress> addresses) {
    List<InetAddress> left = addresses.stream().filter(accepted).toList();
    if (left.isEmpty()) {
      InetSocketAddress refused = new InetSocketAddress(addresses.get(0), endpoint.port());
      fail(NetException.of("connect", ErrorCode.EACCES, refused, null));
    } else {
      untried.addAll(inTurns(left));
      tryNext();
    }
  }

  /** The addresses in their order, but the families in turns, the first one's first. */
  private List<InetSocketAddress> inTurns(List<InetAddress> addresses) {
    Class<?> first = addresses.get(0).getClass();
    ArrayDeque<InetAddress> preferred = new ArrayDeque<>();
    ArrayDeque<InetAddress> others = new ArrayDeque<>();
    for (InetAddress address : addresses) {
      (address.getClass() == first ? preferred : others).add(address);
    }
    List<InetSocketAddress> inTurns = new ArrayList<>();
    while (!preferred.isEmpty() || !others.isEmpty()) {
      for (ArrayDeque<InetAddress> family : List.of(preferred, others)) {
        if (!family.isEmpty()) {
          inTurns.add(new InetSocketAddress(family.remove(), endpoint.port()));
        }
      }
    }
    return inTurns;
  }

  private void tryNext() {
    cancelTimer();
    while (!done) {
      SocketAddress address = untried.poll();
      if (address == null) {
        if (underWay.isEmpty()) {
          fail(NetException.ofAttempts(failures));
        }
        return;
      }
      try {
        underWay.add(new Attempt(thread.transport.connect(address, from(address))));
      } catch (NetException e) {
        failures.add(e);
        continue;
      }
      if (!untried.isEmpty()) {
        nextAttempt = thread.schedule(this::tryNext, ATTEMPT_DELAY_MILLIS);
      }
      return;
    }
  }

  /** This end's address, for a connection to {@code remote}. */
  private @Nullable SocketAddress from(SocketAddress remote) {
    return remote instanceof InetSocketAddress ? local : null;
  }

  private void fail(NetException cause) {
    done = true;
    connection.connectFailed(cause);
  }

  /** Frees the descriptors of all attempts that are under way. */
  void cancel() {
    done = true;
    cancelTimer();
    underWay.forEach(attempt -> attempt.socket.close());
    underWay.clear();
  }

  private void cancelTimer() {
    if (nextAttempt != null) {
      thread.timers().cancel(nextAttempt);
      nextAttempt = null;
    }
  }

  /** One address that has not answered yet. */
  private final class Attempt implements Socket.Handler {
    final Socket socket;

    Attempt(Socket socket) {
      this.socket = socket;
      socket.handler(this);
    }

    @Override
    public void writable() {
      if (done) {
        return;
      }
      underWay.remove(this);
      try {
        socket.finishConnect();
      } catch (NetException e) {
        socket.close();
        failures.add(e);
        tryNext();
        return;
      }
      cancel(); // the others
      connection.connected(socket);
    }

    @Override
    public void readable() {}

    @Override
    public void hungUp(@Nullable NetException cause) {}
  }
}
