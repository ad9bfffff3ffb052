package evented.net;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Accepts one connection for each time that epoll announces some: on a descriptor in blocking mode
 * a second accept could block the loop.
 */
final class NettyOneAtATime extends DefaultMaxMessagesRecvByteBufAllocator {
  NettyOneAtATime() {
    super(1);
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own interface asks for it
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return 1;
      }
    };
  }
}
