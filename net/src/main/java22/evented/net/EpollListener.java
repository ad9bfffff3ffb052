package evented.net;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A listening TCP or UNIX socket. */
final class EpollListener extends EpollDescriptor implements Listener {
  private final boolean tcp;
  private @Nullable Handler handler;
  private boolean wanted;
  private @Nullable NetException refusal; // for accept to throw, once

  EpollListener(EpollSet set, int descriptor, boolean tcp, boolean shared) {
    super(set, descriptor, shared);
    this.tcp = tcp;
  }

  @Override
  public void handler(Handler handler) {
    this.handler = handler;
  }

  @Override
  public @Nullable Socket accept() throws NetException {
    NetException refusal = this.refusal;
    if (refusal != null) {
      this.refusal = null;
      throw refusal;
    }
    while (!isClosed()) {
      int accepted = set.libc.accept(descriptor);
      if (accepted >= 0) {
        return EpollSocket.accepted(set, accepted, tcp, set.libc.address());
      }
      if (accepted == -Linux.EAGAIN) {
        return null;
      }
      if (!hasFailedBefore(-accepted)) {
        throw EpollErrors.of("accept", -accepted, /* address= */ null);
      }
    }
    return null;
  }

  /**
   * Whether it is the waiting connection that has failed: Linux returns from {@code accept} what
   * has happened to it meanwhile, and has then taken it off the queue.
   */
  private static boolean hasFailedBefore(int errno) {
    return switch (errno) {
      case Linux.EINTR,
          Linux.ECONNABORTED,
          Linux.EPROTO,
          Linux.ENOPROTOOPT,
          Linux.ENONET,
          Linux.ENETDOWN,
          Linux.ENETUNREACH,
          Linux.EHOSTDOWN,
          Linux.EHOSTUNREACH ->
          true;
      default -> false;
    };
  }

  @Override
  public void want(boolean accept) {
    wanted = accept;
    set.changed(this);
  }

  @Override
  int mask() {
    return wanted ? Linux.EPOLLIN : UNWATCHED;
  }

  @Override
  void ready(int events) {
    if (wanted && handler != null) {
      handler.acceptable(); // accept also tells why, if it is no longer a listening socket
    }
  }

  @Override
  void refused(NetException cause) {
    refusal = cause;
    ready(0);
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    return isClosed() ? null : EpollOptions.localAddress(descriptor);
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    closeOnce();
  }
}
