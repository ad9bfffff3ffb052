package evented.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes IP addresses as text, without ever resolving a name (semantics §7).
 *
 * <p>IPv4 is four decimal parts from 0 to 255 without leading zeros. IPv6 is the text of RFC 4291,
 * also with an embedded IPv4 address, and may carry a zone id ({@code fe80::1%eth0}, RFC 4007). On
 * text without a {@code %} this agrees with {@code inet_pton(3)}, and {@link #format} with {@code
 * inet_ntop(3)}, of the GNU C library.
 *
 * <p>Nothing here throws for bad text, and {@link #version} allocates nothing: the parsers write to
 * an array only if they are given one.
 */
final class IpAddress {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private IpAddress() {}

  /** Returns 4 or 6 if {@code text} is an address of that IP version, else 0. */
  static int version(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (parse4(text, 0, text.length(), null, 0)) {
      return 4;
    }
    int end = addressEnd(text);
    return end >= 0 && parse6(text, end, null) ? 6 : 0;
  }

  /** Returns the 4 or 16 bytes of the address, without its zone, or null if it is no address. */
  static byte @Nullable [] parse(@Nullable String text) {
    int version = version(text);
    if (text == null || version == 0) {
      return null;
    }
    if (version == 4) {
      var bytes = new byte[IPV4_BYTES];
      parse4(text, 0, text.length(), bytes, 0);
      return bytes;
    }
    var bytes = new byte[IPV6_BYTES];
    parse6(text, addressEnd(text), bytes);
    return bytes;
  }

  /** Returns the zone id after the {@code %} of an IPv6 address, or null if there is none. */
  static @Nullable String zone(@Nullable String text) {
    if (text == null || version(text) != 6) {
      return null;
    }
    int end = addressEnd(text);
    return end == text.length() ? null : text.substring(end + 1);
  }

  /**
   * Returns the usual text of an address of 4 or 16 bytes: IPv6 with its longest run of zeros
   * shortened to {@code ::} (RFC 5952), and with IPv4 at its end where {@code inet_ntop} writes it
   * so.
   */
  static String format(byte[] address) {
    if (address.length == IPV4_BYTES) {
      return format4(address, 0);
    }
    if (address.length != IPV6_BYTES) {
      throw new IllegalArgumentException("An IP address has no " + address.length + " bytes");
    }
    int zerosFrom = 8; // the first longest run of at least two zero groups; 8 if there is none
    int zeros = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && group(address, i + run) == 0) {
        run++;
      }
      if (run > zeros) {
        zerosFrom = i;
        zeros = run;
      }
    }
    boolean embedsIpv4 =
        zerosFrom == 0 && (zeros == 6 || (zeros == 5 && group(address, 5) == 0xFFFF));
    int groups = embedsIpv4 ? 6 : 8;
    var text = new StringBuilder(39);
    for (int i = 0; i < groups; i++) {
      if (i == zerosFrom) {
        text.append("::");
        i += zeros - 1;
      } else {
        separate(text).append(Integer.toHexString(group(address, i)));
      }
    }
    return embedsIpv4 ? separate(text).append(format4(address, 12)).toString() : text.toString();
  }

  private static StringBuilder separate(StringBuilder text) {
    boolean begins = text.length() == 0 || text.charAt(text.length() - 1) == ':';
    return begins ? text : text.append(':');
  }

  private static int group(byte[] address, int index) {
    return ((address[2 * index] & 0xff) << 8) | (address[2 * index + 1] & 0xff);
  }

  private static String format4(byte[] bytes, int at) {
    return (bytes[at] & 0xFF)
        + "."
        + (bytes[at + 1] & 0xFF)
        + "."
        + (bytes[at + 2] & 0xFF)
        + "."
        + (bytes[at + 3] & 0xFF);
  }

  /** Where the zone id begins, or the end if there is none; -1 if what follows % is no zone id. */
  private static int addressEnd(String text) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return text.length();
    }
    for (int i = percent + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 127 || c == '%' || c == '/' || Character.isWhitespace(c)) {
        return -1; // in no name of an interface; "fe80::1%eth0/64" is a network
      }
    }
    return percent + 1 < text.length() ? percent : -1;
  }

  private static boolean parse4(String s, int from, int to, byte @Nullable [] out, int at) {
    int i = from;
    for (int part = 0; part < IPV4_BYTES; part++) {
      if (part > 0 && (i == to || s.charAt(i++) != '.')) {
        return false;
      }
      int begin = i;
      int value = 0;
      while (i < to && isDecimal(s.charAt(i))) {
        if (i > begin && value == 0) {
          return false; // a leading zero, which some read as octal
        }
        value = 10 * value + s.charAt(i++) - '0';
        if (value > 255) {
          return false;
        }
      }
      if (i == begin) {
        return false;
      }
      if (out != null) {
        out[at + part] = (byte) value;
      }
    }
    return i == to;
  }

  private static boolean parse6(String s, int to, byte @Nullable [] out) {
    int i = 0;
    int filled = 0; // bytes read so far
    int gap = -1; // bytes read before the "::"
    if (s.startsWith("::") && to >= 2) {
      gap = 0;
      i = 2;
    }
    while (i < to) {
      int begin = i;
      int value = 0;
      while (i < to
          && i < begin + 4
          && Character.digit(s.charAt(i), 16) >= 0
          && s.charAt(i) < 128) {
        value = value << 4 | Character.digit(s.charAt(i++), 16);
      }
      if (i < to && s.charAt(i) == '.') {
        if (filled + IPV4_BYTES > IPV6_BYTES || !parse4(s, begin, to, out, filled)) {
          return false;
        }
        filled += IPV4_BYTES;
        break;
      }
      if (i == begin || filled == IPV6_BYTES) {
        return false;
      }
      if (out != null) {
        out[filled] = (byte) (value >> 8);
        out[filled + 1] = (byte) value;
      }
      filled += 2;
      if (i == to) {
        break;
      }
      if (s.charAt(i++) != ':' || i == to) {
        return false;
      }
      if (s.charAt(i) == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = filled;
        i++;
      }
    }
    if (gap < 0) {
      return filled == IPV6_BYTES;
    }
    if (out != null) {
      int moved = filled - gap;
      System.arraycopy(out, gap, out, IPV6_BYTES - moved, moved);
      Arrays.fill(out, gap, IPV6_BYTES - moved, (byte) 0);
    }
    return filled < IPV6_BYTES; // "::" stands for one group of zeros or more
  }

  private static boolean isDecimal(char c) {
    return c >= '0' && c <= '9';
  }
}
