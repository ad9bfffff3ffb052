package evented.net;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

/**
 * Netty's epoll, with two mistakes of Netty 4.2 put right.
 *
 * <p>A channel that waits for nothing, such as one whose peer has ended while there is nothing to
 * write, is taken out of the epoll set by Netty, since the kernel would announce its hang-up for
 * ever. Netty forgets that it did so: as soon as a write has to wait again, it changes an entry
 * that is not there, and the write fails with ENOENT. Here the entry stays and is edge-triggered
 * meanwhile, so that a hang-up is announced once. And since Netty reads no more after the peer's
 * FIN, a reset that follows it is told to the connection here (semantics C11).
 */
final class NettyEpollHandler implements IoHandler {
  private final IoHandler epoll;

  private NettyEpollHandler(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory factory = EpollIoHandler.newFactory();
    return executor -> new NettyEpollHandler(factory.newHandler(executor));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Registration(epoll.register(new Handle((EpollIoHandle) handle)));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return epoll.isCompatible(handleType);
  }

  /** Passes events on, and tells a connection of a failure that Netty has no reader for. */
  @SuppressWarnings("try") // Netty's own interface: its close may be interrupted
  private record Handle(EpollIoHandle channel) implements EpollIoHandle {
    @Override
    public FileDescriptor fd() {
      return channel.fd();
    }

    @Override
    public void registered() {
      channel.registered();
    }

    @Override
    public void unregistered() {
      channel.unregistered();
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
      channel.handle(registration, event);
      if (((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLERR)
          && channel instanceof Channel.Unsafe unsafe) {
        NettyConnection connection =
            unsafe.voidPromise().channel().pipeline().get(NettyConnection.class);
        if (connection != null) {
          connection.failed(fd());
        }
      }
    }

    @Override
    public void close() throws Exception {
      channel.close();
    }
  }

  private static final class Registration implements IoRegistration {
    private final IoRegistration registration;

    /** Whether the descriptor is in the epoll set. Loop thread. */
    private boolean added;

    Registration(IoRegistration registration) {
      this.registration = registration;
    }

    @Override
    public long submit(IoOps ops) {
      boolean none = ops.equals(EpollIoOps.NONE);
      if (none && !added) {
        return 0;
      }
      added = true;
      return registration.submit(none ? EpollIoOps.EPOLLET : ops);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's own interface asks for it
    public <T> T attachment() {
      return registration.attachment();
    }

    @Override
    public boolean isValid() {
      return registration.isValid();
    }

    @Override
    public boolean cancel() {
      return registration.cancel();
    }
  }
}
