package evented.net;

import java.net.IDN;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to the name that a client has sent: what is kept for that very name, else for
 * a pattern whose {@code *} stands for its whole first label (RFC 9525, 6.3).
 */
final class TlsServerNames<T> {
  private static final String ANY = "*.";

  private final Map<String, T> byName = new HashMap<>();

  /**
   * Keeps {@code value} for {@code pattern}.
   *
   * @throws IllegalArgumentException if it is no name, and no pattern of the form {@code
   *     *.example.org}; or if something is kept for it already
   */
  void put(String pattern, T value) {
    boolean any = pattern.startsWith(ANY);
    String name = canonical(any ? pattern.substring(ANY.length()) : pattern);
    if (name == null || name.isEmpty() || name.indexOf('*') >= 0 || IpAddress.parse(name) != null) {
      throw new IllegalArgumentException(
          "serverName must be a host name, or a pattern such as *.example.org, was " + pattern);
    }
    if (byName.putIfAbsent(any ? ANY + name : name, value) != null) {
      throw new IllegalArgumentException("serverName was given twice: " + pattern);
    }
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** What is kept for a name; null if nothing is. */
  @Nullable T find(String serverName) {
    String name = canonical(serverName);
    if (name == null || name.startsWith(ANY)) {
      return null;
    }
    T exact = byName.get(name);
    int dot = name.indexOf('.');
    return exact != null || dot <= 0 ? exact : byName.get("*" + name.substring(dot));
  }

  /** In lower case, in ASCII, without the dot of the root; null if that cannot be. */
  private static @Nullable String canonical(String name) {
    try {
      String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
      return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
