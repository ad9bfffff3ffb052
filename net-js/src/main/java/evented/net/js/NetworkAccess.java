package evented.net.js;

import evented.net.Net;
import evented.net.js.Permissions.AccessDeniedError;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * What of the network and of the process's descriptors a script may reach.
 *
 * @param connect where it may connect to
 * @param listen where it may listen
 * @param paths the folders, resolved, in which it may use UNIX sockets
 * @param descriptors whether it may adopt descriptors
 * @param everything whether nothing is forbidden
 */
record NetworkAccess(
    List<AddressRule> connect,
    List<AddressRule> listen,
    List<Path> paths,
    boolean descriptors,
    boolean everything) {
  static final NetworkAccess NONE =
      new NetworkAccess(List.of(), List.of(), List.of(), false, false);

  /**
   * Refuses what can be refused without a look-up of the name, which would tell its server of the
   * script.
   *
   * @return what the addresses that the name leads to are to be tested with
   */
  Predicate<InetAddress> checkConnect(int port, String host) {
    String named = host.isEmpty() ? "localhost" : host;
    if (everything) {
      return address -> true;
    }
    List<AddressRule> rules = connect.stream().filter(rule -> rule.holdsPort(port)).toList();
    if (rules.stream().anyMatch(rule -> rule.holdsName(named))) {
      return address -> true;
    }
    Predicate<InetAddress> test =
        address -> rules.stream().anyMatch(rule -> rule.holdsAddress(address));
    boolean possible =
        Net.isIP(named) == 0 ? rules.stream().anyMatch(AddressRule::isBlock) : holds(test, named);
    if (!possible) {
      throw denied("connect to " + named + " port " + port, "allowConnect");
    }
    return test;
  }

  /** Whether a test accepts the address that a text writes out; not if its zone is none of ours. */
  private static boolean holds(Predicate<InetAddress> test, String address) {
    try {
      return test.test(AddressRule.literal(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  void checkListen(int port, String host) {
    boolean allowed =
        everything
            || listen.stream()
                .filter(rule -> rule.holdsPort(port))
                .anyMatch(
                    rule ->
                        rule.holdsName(host)
                            || (Net.isIP(host) != 0 && holds(rule::holdsAddress, host)));
    if (!allowed) {
      throw denied("listen on " + host + " port " + port, "allowListen");
    }
  }

  /**
   * Checks a UNIX path.
   *
   * @return the path to use: the folder is resolved, so that no link leads out of it later
   */
  String checkPath(String what, String path) {
    if (everything) {
      return path;
    }
    try {
      Path file = Path.of(path).toAbsolutePath();
      Path folder = file.getParent();
      Path name = file.getFileName();
      if (folder != null && name != null && !name.toString().equals("..")) {
        Path resolved = folder.toRealPath().resolve(name);
        boolean link = Files.isSymbolicLink(resolved);
        if (!link && paths.stream().anyMatch(resolved::startsWith)) {
          return resolved.toString();
        }
      }
    } catch (IOException | InvalidPathException e) {
      // What cannot be resolved lies in no allowed folder.
    }
    throw denied(what + " " + path, "allowUnixSockets");
  }

  void checkDescriptor(String what, int descriptor) {
    if (!everything && !descriptors) {
      throw denied(what + " descriptor " + descriptor, "allowDescriptors");
    }
  }

  private static AccessDeniedError denied(String what, String method) {
    return new AccessDeniedError(
        "This script may not " + what + ": its host does not allow that (" + method + ")");
  }
}
