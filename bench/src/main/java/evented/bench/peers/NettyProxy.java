package evented.bench.peers;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;

/** The two sides of a connection through the Netty server; the slower one sets the pace. */
final class NettyProxy {
  private NettyProxy() {}

  /** Hands what comes in to the other side. */
  private static class Side extends ChannelInboundHandlerAdapter {
    Channel other;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      other.write(message, other.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      other.config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** The side of who has connected; it reads nothing before the target is there. */
  static final class Front extends Side {
    private final Class<? extends Channel> client;
    private final SocketAddress target;

    Front(Class<? extends Channel> client, SocketAddress target) {
      this.client = client;
      this.target = target;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context.channel().config().setAutoRead(false);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Side back = new Side();
      back.other = context.channel();
      ChannelFuture connecting =
          new Bootstrap()
              .group(context.channel().eventLoop())
              .channel(client)
              .handler(back)
              .connect(target);
      other = connecting.channel();
      connecting.addListener(
          done -> {
            if (done.isSuccess()) {
              context.channel().config().setAutoRead(true);
            } else {
              context.close();
            }
          });
    }
  }
}
