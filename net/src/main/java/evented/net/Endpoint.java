package evented.net;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect to or to listen, as the user said it.
 *
 * @param host a name or an address; null for a UNIX path
 * @param port the TCP port; -1 for a UNIX path
 * @param path the path of a UNIX socket; null for TCP
 */
record Endpoint(@Nullable String host, int port, @Nullable String path) {
  /** How many bytes a UNIX path may have: {@code sun_path} without its final zero. */
  private static final int MAX_PATH_BYTES =
      System.getProperty("os.name", "").startsWith("Mac") ? 103 : 107;

  /** How the JVM turns a name into the bytes that the kernel sees. */
  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  static Endpoint tcp(int port, String host) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0..65535, was " + port);
    }
    if (host == null) {
      throw new NullPointerException("host must be a name or an address, was null");
    }
    return new Endpoint(host.isEmpty() ? "localhost" : host, port, null);
  }

  static Endpoint unix(String path) {
    if (path == null) {
      throw new NullPointerException("path must be the path of a UNIX socket, was null");
    }
    if (path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("path must not contain a zero character, was " + path);
    }
    try {
      var unused = Path.of(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "path "
              + path
              + " cannot be expressed in this system's encoding of file names ("
              + System.getProperty("sun.jnu.encoding")
              + "); choose another name, or a UTF-8 locale",
          e);
    }
    return new Endpoint(null, -1, path);
  }

  /** What the system would say of a path that it cannot even be asked for; null if it is fine. */
  static @Nullable ErrorCode problemOf(String path) {
    if (path.isEmpty()) {
      return ErrorCode.ENOENT;
    }
    if (path.getBytes(FILE_NAMES).length > MAX_PATH_BYTES) {
      return ErrorCode.ENAMETOOLONG;
    }
    return null;
  }
}
