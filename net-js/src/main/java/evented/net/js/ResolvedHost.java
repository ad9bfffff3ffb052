package evented.net.js;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.proxy.Proxy;
import org.graalvm.polyglot.proxy.ProxyArray;

/**
 * What the system's resolver has found for a name. A proxy without members: since a script cannot
 * make one, it stands for the permission to reach the addresses that the name has, and no others.
 *
 * @param name the host
 * @param addresses one or more
 */
record ResolvedHost(String name, List<InetAddress> addresses) implements Proxy {
  static ResolvedHost find(String name) throws FileBinding.LookupException {
    try {
      return new ResolvedHost(name, List.of(InetAddress.getAllByName(name)));
    } catch (UnknownHostException e) {
      throw new FileBinding.LookupException(name);
    }
  }

  /** The text of an address with its zone. */
  String address(int index) {
    return addresses.get(index).getHostAddress();
  }

  /** Itself, and behind it the addresses as texts. */
  ProxyArray toScript() {
    List<Object> all = new ArrayList<>(List.of(this));
    addresses.forEach(address -> all.add(IpText.of(address)));
    return ProxyArray.fromList(all);
  }

  @Override
  public String toString() {
    return "[host]";
  }
}
