package evented.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connection of one {@link Session}: resolves the name off the loop, then tries address
 * after address until one answers (semantics C1). Only on the loop thread.
 */
final class Connector {
  private final LoopThread thread;
  private final Endpoint endpoint;
  private final Session session;

  private List<? extends SocketAddress> addresses = List.of();
  private int next;
  private LegacyTransport.@Nullable Connection connection;
  private @Nullable NetException firstFailure;
  private boolean cancelled;

  Connector(LoopThread thread, Endpoint endpoint, Session session) {
    this.thread = thread;
    this.endpoint = endpoint;
    this.session = session;
  }

  void start() {
    String path = endpoint.path();
    if (path != null) {
      ErrorCode problem = Endpoint.problemOf(path);
      if (problem != null) {
        session.openingFailed(NetException.ofPath("connect", problem, path));
      } else {
        tryAll(List.of(UnixDomainSocketAddress.of(path)));
      }
      return;
    }
    Resolver.resolve(
        thread,
        endpoint.host(),
        (resolved, failure) -> {
          if (cancelled) {
            return;
          }
          if (failure != null) {
            session.openingFailed(failure);
          } else {
            tryAll(resolved.stream().map(this::withPort).toList());
          }
        });
  }

  private InetSocketAddress withPort(InetAddress address) {
    return new InetSocketAddress(address, endpoint.port());
  }

  private void tryAll(List<? extends SocketAddress> addresses) {
    this.addresses = addresses;
    tryNext();
  }

  private void tryNext() {
    connection = thread.transport.connect(addresses.get(next++), session);
  }

  /** The address that was tried last did not answer. */
  void failed(NetException cause) {
    if (firstFailure == null) {
      firstFailure = cause;
    } else {
      firstFailure.addSuppressed(cause);
    }
    if (next < addresses.size()) {
      tryNext();
    } else {
      session.openingFailed(firstFailure);
    }
  }

  LegacyTransport.@Nullable Connection connection() {
    return connection;
  }

  /** Frees the descriptor of an attempt that is under way. */
  void cancel() {
    cancelled = true;
    if (connection != null) {
      connection.close();
    }
  }
}
