package evented.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong on the network: the argument of every {@code error} event.
 *
 * <p>The message names the system call, the code and the address, as in Node:
 *
 * <pre>
 * connect ECONNREFUSED 127.0.0.1:8124
 * connect ENOENT /tmp/echo.sock
 * listen EADDRINUSE [::1]:8124
 * getaddrinfo ENOTFOUND some.host
 * read ECONNRESET
 * </pre>
 *
 * <p>The same parts can be asked for one by one. Programs should decide on {@link #code()}.
 */
public class NetException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int NO_PORT = -1;

  /** The code, e.g. {@code ECONNREFUSED}, or null. */
  private final @Nullable String code;

  /** The system call, e.g. {@code connect}, or null. */
  private final @Nullable String syscall;

  /** The IP address, host name or path, or null. */
  private final @Nullable String address;

  /** The port, or {@link #NO_PORT}. */
  private final int port;

  /**
   * Makes an exception that has a message and perhaps a code, but no system call and no address.
   * Streams and servers make richer ones themselves; this one is for tests and for {@code
   * destroy(cause)}.
   *
   * @param message the message
   * @param code the code, such as {@code ETIMEDOUT}; null for none
   */
  public NetException(String message, @Nullable String code) {
    this(message, code, null, null, NO_PORT, null);
  }

  /** Makes the exception for something that is no system call of the kernel's, such as TLS. */
  NetException(String message, String code, String syscall, @Nullable Throwable cause) {
    this(message, code, syscall, null, NO_PORT, cause);
  }

  private NetException(
      String message,
      @Nullable String code,
      @Nullable String syscall,
      @Nullable String address,
      int port,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.syscall = syscall;
    this.address = address;
    this.port = port;
  }

  /**
   * Makes the exception for a failed system call; the address may be the local or the remote one.
   */
  static NetException of(
      String syscall, ErrorCode code, @Nullable SocketAddress address, @Nullable Throwable cause) {
    String host = host(address);
    int port = address instanceof InetSocketAddress inet ? inet.getPort() : NO_PORT;
    String message = syscall + " " + code;
    if (host != null) {
      message += " " + (port == NO_PORT ? host : hostAndPort(host, port));
    }
    return new NetException(message, code.name(), syscall, host, port, cause);
  }

  /**
   * Makes the exception for a failed system call from what the JDK or the transport threw. If that
   * tells no code, there is none, and the message is the cause's own after the system call.
   */
  static NetException of(String syscall, @Nullable SocketAddress address, Throwable cause) {
    ErrorCode code = ErrorCode.of(cause);
    if (code != null) {
      return of(syscall, code, address, cause);
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    int port = address instanceof InetSocketAddress inet ? inet.getPort() : NO_PORT;
    return new NetException(syscall + " " + reason, null, syscall, host(address), port, cause);
  }

  /**
   * Makes the exception for what the user's own code has thrown, or the JVM for lack of memory; it
   * is the cause.
   */
  static NetException of(Throwable cause) {
    String code = cause instanceof OutOfMemoryError ? ErrorCode.ENOMEM.name() : null;
    return new NetException(String.valueOf(cause), code, null, null, NO_PORT, cause);
  }

  /**
   * Makes the exception for a name of which every address was tried in vain: it tells of all of
   * them, and is otherwise the first one's.
   */
  static NetException ofAttempts(List<NetException> failures) {
    NetException first = failures.get(0);
    if (failures.size() == 1) {
      return first;
    }
    String message =
        failures.stream().map(NetException::getMessage).collect(Collectors.joining("; "));
    NetException all =
        new NetException(message, first.code, first.syscall, first.address, first.port, first);
    failures.stream().skip(1).forEach(all::addSuppressed);
    return all;
  }

  /** Makes the exception for a connection that was not established in the time that it had. */
  static NetException connectTimeout(Endpoint endpoint) {
    String host = endpoint.host();
    String place =
        host == null ? String.valueOf(endpoint.path()) : hostAndPort(host, endpoint.port());
    String address = host == null ? endpoint.path() : host;
    return new NetException(
        "connect ETIMEDOUT " + place,
        ErrorCode.ETIMEDOUT.name(),
        "connect",
        address,
        endpoint.port(),
        null);
  }

  /** Makes the exception for a host name that did not resolve ({@code getaddrinfo}). */
  static NetException ofHost(String host, ErrorCode code, @Nullable Throwable cause) {
    return new NetException(
        "getaddrinfo " + code + " " + host, code.name(), "getaddrinfo", host, NO_PORT, cause);
  }

  /** Makes the exception for a path that the system cannot even be asked for. */
  static NetException ofPath(String syscall, ErrorCode code, String path) {
    return new NetException(
        syscall + " " + code + " " + path, code.name(), syscall, path, NO_PORT, null);
  }

  /**
   * Returns the code of the trouble, such as {@code ECONNREFUSED}: what programs should decide on.
   *
   * @return the code; null if there is none for it
   */
  public @Nullable String code() {
    return code;
  }

  /**
   * Returns the system call that failed, such as {@code connect}.
   *
   * @return its name; null if no single one failed
   */
  public @Nullable String syscall() {
    return syscall;
  }

  /**
   * Returns the IP address, host name or UNIX path in question.
   *
   * @return the text; null if there is none
   */
  public @Nullable String address() {
    return address;
  }

  /**
   * Returns the TCP port in question.
   *
   * @return the port; -1 if there is none
   */
  public int port() {
    return port;
  }

  private static @Nullable String host(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      InetAddress ip = inet.getAddress();
      return ip == null ? inet.getHostString() : text(ip);
    }
    if (address instanceof UnixDomainSocketAddress unix) {
      String path = unix.getPath().toString();
      return path.isEmpty() ? null : path; // the client's end of a UNIX stream has no name
    }
    return address == null ? null : address.toString();
  }

  private static String text(InetAddress ip) {
    String text = IpAddress.format(ip.getAddress());
    String zone = ip instanceof Inet6Address ? IpAddress.zone(ip.getHostAddress()) : null;
    return zone == null ? text : text + "%" + zone;
  }

  private static String hostAndPort(String host, int port) {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
