package evented.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK itself uses to make a channel of the descriptor that it inherits: the same on JDK 17
 * to 25, on Linux and macOS.
 */
final class NioInternals {
  /** What the user must open. */
  static final String PACKAGE = "java.base/sun.nio.ch";

  /** Families as {@code InheritedChannel} numbers them. */
  private static final int INET = 1;

  private static final int INET6 = 2;
  private static final int UNIX = 3;

  private final Method newFileDescriptor = method("IOUtil", "newFD", int.class);
  private final Method option =
      method("Net", "getIntOption0", FileDescriptor.class, boolean.class, int.class, int.class);
  private final Method family = method("InheritedChannel", "addressFamily", int.class);
  private final Method isConnected = method("InheritedChannel", "isConnected", int.class);
  private final Method peerAddress = method("Net", "remoteAddress", FileDescriptor.class);
  private final Method peerPath = method("InheritedChannel", "unixPeerAddress0", int.class);
  private final Constructor<?> socketChannel =
      constructor("SocketChannelImpl", SocketAddress.class);
  private final Constructor<?> serverSocketChannel =
      constructor("ServerSocketChannelImpl", boolean.class);

  private NioInternals() throws ReflectiveOperationException {}

  /**
   * Finds them.
   *
   * @throws InaccessibleObjectException if the user has not opened {@link #PACKAGE}
   * @throws ReflectiveOperationException if this JDK has others
   */
  static NioInternals open() throws ReflectiveOperationException {
    return new NioInternals();
  }

  private static Class<?> type(String name) throws ReflectiveOperationException {
    return Class.forName("sun.nio.ch." + name);
  }

  private static Method method(String type, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    Method method = type(type).getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static Constructor<?> constructor(String type, Class<?> last)
      throws ReflectiveOperationException {
    Constructor<?> constructor =
        type(type)
            .getDeclaredConstructor(
                SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, last);
    constructor.setAccessible(true);
    return constructor;
  }

  /** Asks for a socket option that is a number. */
  int option(int descriptor, int level, int name) throws IOException {
    Object fileDescriptor = invoke(newFileDescriptor, descriptor);
    return (int) invoke(option, fileDescriptor, /* mayNeedConversion */ false, level, name);
  }

  /** The family of a socket; null if it is of none that is known here. */
  @Nullable StandardProtocolFamily family(int descriptor) throws IOException {
    return switch ((int) invoke(family, descriptor)) {
      case INET -> StandardProtocolFamily.INET;
      case INET6 -> StandardProtocolFamily.INET6;
      case UNIX -> StandardProtocolFamily.UNIX;
      default -> null;
    };
  }

  boolean isConnected(int descriptor) throws IOException {
    return (boolean) invoke(isConnected, descriptor);
  }

  SocketChannel socketChannel(int descriptor, StandardProtocolFamily family) throws IOException {
    Object fileDescriptor = invoke(newFileDescriptor, descriptor);
    SelectorProvider provider = SelectorProvider.provider();
    SocketAddress remote = remoteAddress(descriptor, family);
    return (SocketChannel) create(socketChannel, provider, family, fileDescriptor, remote);
  }

  ServerSocketChannel serverSocketChannel(int descriptor, StandardProtocolFamily family)
      throws IOException {
    Object fileDescriptor = invoke(newFileDescriptor, descriptor);
    SelectorProvider provider = SelectorProvider.provider();
    return (ServerSocketChannel)
        create(serverSocketChannel, provider, family, fileDescriptor, /* bound */ true);
  }

  private SocketAddress remoteAddress(int descriptor, StandardProtocolFamily family)
      throws IOException {
    if (family == StandardProtocolFamily.UNIX) {
      byte[] path = (byte[]) invoke(peerPath, descriptor);
      return UnixDomainSocketAddress.of(new String(path, Charset.defaultCharset()));
    }
    return (SocketAddress) invoke(peerAddress, invoke(newFileDescriptor, descriptor));
  }

  private static Object invoke(Method method, Object... arguments) throws IOException {
    try {
      return method.invoke(/* static */ null, arguments);
    } catch (ReflectiveOperationException e) {
      throw unwrapped(e);
    }
  }

  private static Object create(Constructor<?> constructor, Object... arguments) throws IOException {
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw unwrapped(e);
    }
  }

  private static IOException unwrapped(ReflectiveOperationException thrown) {
    return thrown instanceof InvocationTargetException && thrown.getCause() instanceof IOException e
        ? e
        : new IOException(thrown);
  }
}
