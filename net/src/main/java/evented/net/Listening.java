package evented.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One life of a {@link Server}, from {@code listen} to {@code close}. Only on the loop thread,
 * except for the volatile fields.
 */
final class Listening implements LegacyTransport.AcceptorEvents, LoopThread.Member {
  private final Server server;
  private final LoopThread thread;

  /** The listener that {@code listen} was given, which is for this life alone. */
  @Nullable Runnable callback;

  /** {@code close} was called; guarded by the server's monitor. */
  boolean closeRequested;

  volatile @Nullable SocketAddress address;
  volatile int descriptor = -1;

  private LegacyTransport.@Nullable Acceptor acceptor;
  private @Nullable UnixSocketFile file;
  private LegacyTransport.@Nullable Scheduled pause; // while nothing is accepted
  private boolean closing;
  private boolean over;

  Listening(Server server, LoopThread thread) {
    this.server = server;
    this.thread = thread;
  }

  void open(Endpoint endpoint) {
    thread.join(this);
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
            bind(new InetSocketAddress(addresses.get(0), endpoint.port()));
          }
        });
  }

  private void openPath(String path) {
    ErrorCode problem = Endpoint.problemOf(path);
    if (problem != null) {
      finish(NetException.ofPath("listen", problem, path));
      return;
    }
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    NetException inUse =
        NetException.of("listen", ErrorCode.EADDRINUSE, address, /* cause= */ null);
    // Asked before the bind, since Netty's bind removes whatever file is in its way.
    if (UnixSocketFile.isSocket(path)) {
      removeIfDead(address, inUse);
    } else if (UnixSocketFile.exists(path)) {
      finish(inUse);
    } else {
      boundToPath(path, tryBind(address));
    }
  }

  /** A socket file is in the way: whether anyone serves it shows by connecting to it. */
  private void removeIfDead(UnixDomainSocketAddress address, NetException inUse) {
    new UnixSocketProbe(thread.transport)
        .probe(
            address,
            dead -> {
              if (closing) {
                return;
              }
              String path = address.getPath().toString();
              if (!dead || !UnixSocketFile.remove(path)) {
                finish(inUse);
              } else {
                boundToPath(path, tryBind(address));
              }
            });
  }

  private void boundToPath(String path, @Nullable NetException failure) {
    if (failure == null) {
      file = UnixSocketFile.own(path);
      thread.emit(this::listening);
    } else {
      finish(failure);
    }
  }

  private void bind(SocketAddress address) {
    NetException failure = tryBind(address);
    if (failure == null) {
      thread.emit(this::listening);
    } else {
      finish(failure);
    }
  }

  private @Nullable NetException tryBind(SocketAddress address) {
    try {
      opened(thread.transport.listen(address, server.backlog(), this));
      return null;
    } catch (NetException e) {
      return e;
    }
  }

  void adopt(int fd) {
    thread.join(this);
    try {
      opened(thread.transport.adopt(fd, this));
    } catch (NetException e) {
      finish(e);
      return;
    }
    thread.emit(this::listening);
  }

  private void opened(LegacyTransport.Acceptor acceptor) {
    this.acceptor = acceptor;
    if (pause != null) {
      acceptor.setAccepting(false);
    }
    address = acceptor.localAddress();
    descriptor = acceptor.descriptor();
  }

  private void listening() {
    if (!closing) {
      server.emitListening();
    }
  }

  @Override
  public LegacyTransport.@Nullable Accepted accepted(
      @Nullable SocketAddress local, @Nullable SocketAddress remote) {
    if (closing) {
      return null;
    }
    if (!server.admit()) {
      thread.emit(() -> server.emitDrop(new DroppedConnection(local, remote)));
      return null;
    }
    return Stream.accepted(server);
  }

  /** Accepts nothing for so long from now on; a pause that lasts already is replaced. */
  void pause(long millis) {
    if (closing) {
      return;
    }
    endPause();
    if (millis > 0) {
      pause = thread.transport.schedule(this::resume, millis);
    }
    setAccepting(millis == 0);
  }

  private void resume() {
    pause = null;
    setAccepting(true);
  }

  private void setAccepting(boolean on) {
    if (acceptor != null) {
      acceptor.setAccepting(on);
    }
  }

  private void endPause() {
    if (pause != null) {
      pause.cancel();
      pause = null;
    }
  }

  void close() {
    if (!closing) {
      closing = true;
      endPause();
      if (acceptor == null) {
        finish(null);
      } else {
        acceptor.close();
      }
    }
  }

  @Override
  public void loopCloses() {
    close();
  }

  @Override
  public void closed() {
    finish(null);
  }

  private void finish(@Nullable NetException failure) {
    if (over) {
      return;
    }
    over = true;
    closing = true;
    endPause();
    if (file != null) {
      file.remove();
    }
    thread.later(
        () -> {
          server.emitClose(this, failure);
          thread.leave(this);
        });
  }
}
