package evented.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A socket as another process would hand it down: known by its descriptor. It is a channel of the
 * JDK's, whose insides the test's JVM has opened.
 */
final class HandedDownSocket implements AutoCloseable {
  private final NetworkChannel channel;
  private final int number;

  private HandedDownSocket(NetworkChannel channel) {
    this.channel = channel;
    this.number = numberOf(channel);
  }

  static HandedDownSocket listening(SocketAddress address) throws IOException {
    return new HandedDownSocket(
        (address instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open(StandardProtocolFamily.INET))
            .bind(address));
  }

  static HandedDownSocket bound(SocketAddress address) throws IOException {
    return new HandedDownSocket(
        open(address instanceof UnixDomainSocketAddress ? Wire.UNIX : Wire.TCP).bind(address));
  }

  static HandedDownSocket unconnected(Wire wire) throws IOException {
    return new HandedDownSocket(open(wire));
  }

  static HandedDownSocket connected(SocketAddress address) throws IOException {
    return new HandedDownSocket(Wire.rawSocket(address));
  }

  static HandedDownSocket datagram() throws IOException {
    return new HandedDownSocket(
        DatagramChannel.open(StandardProtocolFamily.INET)
            .bind(new InetSocketAddress("127.0.0.1", 0)));
  }

  private static SocketChannel open(Wire wire) throws IOException {
    return SocketChannel.open(
        wire == Wire.UNIX ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
  }

  int number() {
    return number;
  }

  SocketAddress address() throws IOException {
    return channel.getLocalAddress();
  }

  /** Has a bound socket listen. */
  void listen() {
    invokeNet("listen", new Class<?>[] {FileDescriptor.class, int.class}, fileOf(number), 16);
  }

  boolean isOpen() throws IOException {
    return java.nio.file.Files.exists(java.nio.file.Path.of("/proc/self/fd/" + number));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The descriptor behind a channel. */
  static int numberOf(Channel channel) {
    try {
      Method number = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      number.setAccessible(true);
      return (int) number.invoke(channel);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** A socket option of a descriptor, as the kernel has it. */
  static Object option(int descriptor, SocketOption<?> option) {
    return invokeNet(
        "getSocketOption",
        new Class<?>[] {FileDescriptor.class, SocketOption.class},
        fileOf(descriptor),
        option);
  }

  private static FileDescriptor fileOf(int descriptor) {
    try {
      FileDescriptor file = new FileDescriptor();
      Field number = FileDescriptor.class.getDeclaredField("fd");
      number.setAccessible(true);
      number.setInt(file, descriptor);
      return file;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object invokeNet(String name, Class<?>[] types, Object... arguments) {
    try {
      Method method = Class.forName("sun.nio.ch.Net").getDeclaredMethod(name, types);
      method.setAccessible(true);
      return method.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
