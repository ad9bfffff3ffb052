package evented.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Socket addresses as {@code sockaddr_in}, {@code sockaddr_in6} and {@code sockaddr_un}. */
final class EpollAddress {
  /** In which the JVM's file API passes names to the system. */
  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));

  private static final int FAMILY_SIZE = 2;
  private static final int INET_SIZE = 16;
  private static final int INET6_SIZE = 28;

  /** What {@code sun_path} holds, without its final zero. */
  private static final int MAX_PATH = 107;

  private static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");

  private EpollAddress() {}

  static int family(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress) {
      return Linux.AF_UNIX;
    }
    return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address
        ? Linux.AF_INET6
        : Linux.AF_INET;
  }

  /**
   * Writes an address down for {@code syscall}.
   *
   * @throws NetException if it cannot be expressed
   */
  static byte[] encode(String syscall, SocketAddress address) throws NetException {
    if (address instanceof UnixDomainSocketAddress unix) {
      return encodePath(syscall, unix);
    }
    if (!(address instanceof InetSocketAddress inet)) {
      throw NetException.of(syscall, ErrorCode.EAFNOSUPPORT, address, null);
    }
    InetAddress ip = inet.getAddress();
    if (ip == null) {
      throw NetException.of(syscall, ErrorCode.ENOTFOUND, address, null);
    }
    byte[] encoded = new byte[ip instanceof Inet6Address ? INET6_SIZE : INET_SIZE];
    ByteBuffer bytes = begin(encoded, family(address));
    putPort(bytes, inet.getPort());
    if (ip instanceof Inet6Address ip6) {
      bytes.putInt(0).put(ip.getAddress()).putInt(ip6.getScopeId());
    } else {
      bytes.put(ip.getAddress());
    }
    return encoded;
  }

  private static byte[] encodePath(String syscall, UnixDomainSocketAddress address)
      throws NetException {
    Path path = address.getPath();
    String text = path.toString();
    byte[] name = text.getBytes(FILE_NAMES);
    if (name.length == 0) {
      throw NetException.of(syscall, ErrorCode.ENOENT, address, null); // else Linux invents one
    }
    if (name.length > MAX_PATH) {
      throw NetException.of(syscall, ErrorCode.ENAMETOOLONG, address, null);
    }
    if (!Path.of(text).equals(path)) {
      // Its bytes are no text in this locale, and cannot be had from the path.
      throw NetException.of(syscall, ErrorCode.EINVAL, address, null);
    }
    byte[] encoded = new byte[FAMILY_SIZE + name.length + 1];
    begin(encoded, Linux.AF_UNIX).put(name);
    return encoded;
  }

  private static ByteBuffer begin(byte[] encoded, int family) {
    return ByteBuffer.wrap(encoded).order(ByteOrder.nativeOrder()).putShort((short) family);
  }

  /** Ports are big-endian everywhere. */
  private static void putPort(ByteBuffer bytes, int port) {
    bytes.put((byte) (port >> 8)).put((byte) port);
  }

  /** Reads what the kernel has written; null if it is of no kind that is known here. */
  static @Nullable SocketAddress decode(byte[] address) {
    if (address.length < FAMILY_SIZE) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
    return switch (bytes.getShort()) {
      case Linux.AF_UNIX -> decodePath(address);
      case Linux.AF_INET -> address.length < INET_SIZE ? null : decodeInet(bytes, new byte[4]);
      case Linux.AF_INET6 -> address.length < INET6_SIZE ? null : decodeInet(bytes, new byte[16]);
      default -> null;
    };
  }

  private static SocketAddress decodeInet(ByteBuffer bytes, byte[] ip) {
    int port = Byte.toUnsignedInt(bytes.get()) << 8 | Byte.toUnsignedInt(bytes.get());
    try {
      if (ip.length == 4) {
        bytes.get(ip);
        return new InetSocketAddress(InetAddress.getByAddress(ip), port);
      }
      bytes.getInt(); // the flow label
      bytes.get(ip);
      int scope = bytes.getInt();
      // An IPv4 address in IPv6's clothes comes out of the first as what it is.
      InetAddress address =
          scope == 0
              ? InetAddress.getByAddress(ip)
              : Inet6Address.getByAddress(/* host= */ null, ip, scope);
      return new InetSocketAddress(address, port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // for a wrong number of bytes alone
    }
  }

  /** A client's end has no name, and an abstract one is no path: both are the empty path. */
  private static @Nullable SocketAddress decodePath(byte[] address) {
    int end = FAMILY_SIZE;
    while (end < address.length && address[end] != 0) {
      end++;
    }
    if (end == FAMILY_SIZE) {
      return UNNAMED;
    }
    String text = new String(Arrays.copyOfRange(address, FAMILY_SIZE, end), FILE_NAMES);
    try {
      return UnixDomainSocketAddress.of(text);
    } catch (InvalidPathException e) {
      return null; // made in another locale
    }
  }
}
