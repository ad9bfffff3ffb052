package evented.bench.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import java.util.Arrays;

/** What the Netty server does with what comes in. Each flushes once per read. */
final class NettyHandlers {
  private NettyHandlers() {}

  /** What is common to them. */
  abstract static class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  static final class Echo extends Handler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message, context.voidPromise());
    }
  }

  /** Answers every 64 bytes with a message of its own. */
  static final class Reply extends Handler {
    private static final int MESSAGE = 64;
    private static final ByteBuf ANSWER = answer();

    private int partial;

    private static ByteBuf answer() {
      byte[] bytes = new byte[MESSAGE];
      Arrays.fill(bytes, (byte) 'y');
      return Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(MESSAGE).writeBytes(bytes).asReadOnly());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      partial += bytes.readableBytes();
      bytes.release();
      for (; partial >= MESSAGE; partial -= MESSAGE) {
        context.write(ANSWER.duplicate(), context.voidPromise());
      }
    }
  }

  static final class Broadcast extends Handler {
    private final ChannelGroup group;

    Broadcast(ChannelGroup group) {
      this.group = group;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      group.add(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      group.writeAndFlush(message);
    }
  }
}
