package evented.bench.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * A hand-written Netty server: {@code NettyServer epoll|io_uring echo|reply|broadcast|proxy|tls
 * PORT_OR_PATH [target port | key certificate]}.
 */
public final class NettyServer {
  private final boolean uring;
  private final String[] arguments;

  private NettyServer(String[] arguments) {
    this.uring = arguments[0].equals("io_uring");
    this.arguments = arguments;
  }

  public static void main(String[] arguments) throws SSLException, InterruptedException {
    new NettyServer(arguments).listen();
  }

  private void listen() throws SSLException, InterruptedException {
    boolean unix = arguments[2].startsWith("/");
    Consumer<Channel> initializer = task();
    Channel server =
        new ServerBootstrap()
            .group(
                new MultiThreadIoEventLoopGroup(
                    1, uring ? IoUringIoHandler.newFactory() : EpollIoHandler.newFactory()))
            .channel(unix ? unixChannel() : tcpChannel())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initializer.accept(channel);
                  }
                })
            .bind(unix ? new DomainSocketAddress(arguments[2]) : loopback(arguments[2]))
            .sync()
            .channel();
    System.out.println(
        "listening "
            + (server.localAddress() instanceof InetSocketAddress tcp ? tcp.getPort() : "there"));
  }

  private Class<? extends ServerChannel> tcpChannel() {
    return uring ? IoUringServerSocketChannel.class : EpollServerSocketChannel.class;
  }

  private Class<? extends ServerChannel> unixChannel() {
    return uring ? IoUringServerDomainSocketChannel.class : EpollServerDomainSocketChannel.class;
  }

  private static SocketAddress loopback(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }

  /** Returns what puts the handlers of a new connection in place. */
  private Consumer<Channel> task() throws SSLException {
    return switch (arguments[1]) {
      case "echo" -> channel -> channel.pipeline().addLast(new NettyHandlers.Echo());
      case "reply" -> channel -> channel.pipeline().addLast(new NettyHandlers.Reply());
      case "broadcast" -> broadcast();
      case "proxy" -> proxy(loopback(arguments[3]));
      case "tls" -> secureEcho(new File(arguments[3]), new File(arguments[4]));
      default -> throw new IllegalArgumentException(arguments[1]);
    };
  }

  private static Consumer<Channel> broadcast() {
    ChannelGroup group = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    return channel -> channel.pipeline().addLast(new NettyHandlers.Broadcast(group));
  }

  private Consumer<Channel> proxy(SocketAddress target) {
    Class<? extends Channel> client = uring ? IoUringSocketChannel.class : EpollSocketChannel.class;
    return channel -> channel.pipeline().addLast(new NettyProxy.Front(client, target));
  }

  private static Consumer<Channel> secureEcho(File key, File certificate) throws SSLException {
    SslContext context =
        SslContextBuilder.forServer(certificate, key).sslProvider(SslProvider.OPENSSL).build();
    return channel ->
        channel.pipeline().addLast(context.newHandler(channel.alloc()), new NettyHandlers.Echo());
  }
}
