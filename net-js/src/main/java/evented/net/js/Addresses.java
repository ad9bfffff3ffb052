package evented.net.js;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/** Addresses as JavaScript gets them: [address, family, port] or [path]. */
final class Addresses {
  private Addresses() {}

  static @Nullable ProxyArray parts(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String text = text(inet);
      return list(text, text.indexOf(':') >= 0 ? "IPv6" : "IPv4", inet.getPort());
    }
    if (address instanceof UnixDomainSocketAddress unix) {
      return list(unix.getPath().toString());
    }
    return null;
  }

  /** The IP address without its zone. The JDK writes zeros that others shorten. */
  private static String text(InetSocketAddress address) {
    return IpText.of(address.getAddress());
  }

  static ProxyArray list(@Nullable Object... values) {
    return ProxyArray.fromList(Arrays.asList(values));
  }
}
