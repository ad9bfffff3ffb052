package evented.net.js;

import evented.net.Net;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list of allowed addresses: {@code host}, {@code host:port} or {@code
 * host:first-last}; the host is a name, an address, a block in CIDR notation, or {@code *}.
 *
 * @param name a name in lower case, {@code *} for every host; null for a block
 * @param block the first of the addresses; null for a name
 * @param bits how many bits of the block count
 * @param firstPort the lowest port
 * @param lastPort the highest port
 */
record AddressRule(
    @Nullable String name, @Nullable InetAddress block, int bits, int firstPort, int lastPort) {
  private static final int MAX_PORT = 65535;

  static AddressRule parse(String text) {
    String host = text;
    String ports = "*";
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    String unbracketed = bracket > 0 ? text.substring(1, bracket) : text;
    int colon = text.lastIndexOf(':');
    if (bracket > 0) {
      host = unbracketed;
      String rest = text.substring(bracket + 1);
      if (rest.startsWith("/")) {
        int end = rest.indexOf(':');
        host += end < 0 ? rest : rest.substring(0, end);
        rest = end < 0 ? "" : rest.substring(end);
      }
      if (!rest.isEmpty()) {
        if (rest.charAt(0) != ':') {
          throw malformed(text);
        }
        ports = rest.substring(1);
      }
    } else if (colon >= 0 && text.indexOf(':') == colon) {
      host = text.substring(0, colon);
      ports = text.substring(colon + 1);
    }
    return ofHost(text, host, ports);
  }

  private static AddressRule ofHost(String text, String host, String ports) {
    int dash = ports.indexOf('-');
    int first = ports.equals("*") ? 0 : number(text, dash < 0 ? ports : ports.substring(0, dash));
    int last =
        ports.equals("*") ? MAX_PORT : dash < 0 ? first : number(text, ports.substring(dash + 1));
    int slash = host.indexOf('/');
    String address = slash < 0 ? host : host.substring(0, slash);
    if (first > last || last > MAX_PORT || host.isEmpty()) {
      throw malformed(text);
    }
    if (Net.isIP(address) == 0) {
      if (slash >= 0 || address.indexOf(':') >= 0) {
        throw malformed(text);
      }
      return new AddressRule(address.toLowerCase(Locale.ROOT), null, 0, first, last);
    }
    InetAddress block = literal(address);
    int allBits = block.getAddress().length * 8;
    int bits = slash < 0 ? allBits : number(text, host.substring(slash + 1));
    if (bits > allBits) {
      throw malformed(text);
    }
    return new AddressRule(null, block, bits, first, last);
  }

  /** The address that a text writes out, without any look-up. */
  static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) { // a zone that this machine does not have
      throw new IllegalArgumentException("no such address: " + address, e);
    }
  }

  private static int number(String text, String digits) {
    try {
      int number = Integer.parseInt(digits);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw malformed(text);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "expected a host, host:port or host:first-last, whose host is a name, an address, "
            + "a CIDR block or *, was "
            + text);
  }

  boolean holdsPort(int port) {
    return firstPort <= port && port <= lastPort;
  }

  /** Whether it allows a host by how it is named. */
  boolean holdsName(String host) {
    return name != null && (name.equals("*") || name.equals(host.toLowerCase(Locale.ROOT)));
  }

  boolean isBlock() {
    return block != null;
  }

  /** Whether it allows an address, whatever its name; an address within IPv6 counts as itself. */
  boolean holdsAddress(InetAddress address) {
    if (block == null) {
      return false;
    }
    byte[] first = block.getAddress();
    byte[] bytes = address.getAddress();
    if (first.length != bytes.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((bytes[bit >> 3] ^ first[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
