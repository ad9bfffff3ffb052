package evented.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;

/** The option IPV6_V6ONLY, which the JDK has no public name for. */
final class NioIpv6 {
  // As in the system's <netinet/in.h>.
  private static final boolean MACOS = System.getProperty("os.name", "").startsWith("Mac");
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = MACOS ? 27 : 26;

  private NioIpv6() {}

  /**
   * Keeps IPv4 away from a socket that is not bound yet.
   *
   * @throws NetException if the JDK's internals are closed, or the system refuses
   */
  static void only(ServerSocketChannel channel, SocketAddress local) throws NetException {
    try {
      Class<?> net = Class.forName("sun.nio.ch.Net");
      Method set =
          net.getDeclaredMethod(
              "setIntOption0",
              FileDescriptor.class,
              boolean.class,
              int.class,
              int.class,
              int.class,
              boolean.class);
      set.setAccessible(true);
      Method descriptor = channel.getClass().getMethod("getFD");
      descriptor.setAccessible(true);
      set.invoke(
          /* static */ null,
          descriptor.invoke(channel),
          /* mayNeedConversion */ false,
          IPPROTO_IPV6,
          IPV6_V6ONLY,
          1,
          /* isIPv6 */ true);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException cause) {
        throw NetException.of("listen", local, cause);
      }
      throw NetException.of("listen", ErrorCode.EOPNOTSUPP, local, e);
    } catch (InaccessibleObjectException | ReflectiveOperationException e) {
      throw NetException.of("listen", ErrorCode.EOPNOTSUPP, local, e);
    }
  }
}
