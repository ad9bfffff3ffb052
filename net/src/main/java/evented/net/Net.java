package evented.net;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the module, on the {@linkplain Loop#shared shared loop}.
 *
 * <pre>{@code
 * var server = Net.createServer(stream -> {
 *   stream.setEncoding("utf8");
 *   stream.on("connect", () -> stream.write("hello\r\n"));
 *   stream.on("data", (String data) -> stream.write(data));
 *   stream.on("end", () -> {
 *     stream.write("goodbye\r\n");
 *     stream.end();
 *   });
 * });
 * server.listen(8124, "localhost");
 * }</pre>
 */
public final class Net {
  private Net() {}

  /**
   * Creates a server ({@code net.createServer}).
   *
   * @return a server that does not listen yet
   */
  public static Server createServer() {
    return Loop.shared().createServer();
  }

  /**
   * Creates a server ({@code net.createServer}).
   *
   * @param connectionListener a listener for {@code connection}
   * @return a server that does not listen yet
   */
  public static Server createServer(Consumer<Stream> connectionListener) {
    return Loop.shared().createServer(connectionListener);
  }

  /**
   * Connects to a TCP port of {@code localhost} ({@code net.createConnection}).
   *
   * @param port 0 to 65535
   * @return a stream that is opening; {@code connect} or {@code error} tells how it went
   */
  public static Stream createConnection(int port) {
    return Loop.shared().createConnection(port);
  }

  /**
   * Connects to a TCP port ({@code net.createConnection}).
   *
   * @param port 0 to 65535
   * @param host a name, which is resolved off the loop, or an address
   * @return a stream that is opening; {@code connect} or {@code error} tells how it went
   */
  public static Stream createConnection(int port, String host) {
    return Loop.shared().createConnection(port, host);
  }

  /**
   * Connects to a UNIX socket ({@code net.createConnection}).
   *
   * @param path its path
   * @return a stream that is opening; {@code connect} or {@code error} tells how it went
   */
  public static Stream createConnection(String path) {
    return Loop.shared().createConnection(path);
  }

  /**
   * Tells whether a text is an IP address ({@code net.isIP}). Never resolves and never throws.
   *
   * @param input the text; null is no address
   * @return 4, 6, or 0 for anything else
   */
  public static int isIP(@Nullable String input) {
    return IpAddress.version(input);
  }

  /**
   * Tells whether a text is an IPv4 address ({@code net.isIPv4}).
   *
   * @param input the text; null is no address
   * @return whether it is
   */
  public static boolean isIPv4(@Nullable String input) {
    return IpAddress.version(input) == 4;
  }

  /**
   * Tells whether a text is an IPv6 address ({@code net.isIPv6}).
   *
   * @param input the text; null is no address
   * @return whether it is
   */
  public static boolean isIPv6(@Nullable String input) {
    return IpAddress.version(input) == 6;
  }
}
