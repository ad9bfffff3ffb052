package evented.net.js;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a script may reach.
 *
 * @param modules the core modules that it may require; null for all
 * @param files which files it may reach; given absolute, normalized paths
 * @param everything whether nothing is forbidden
 * @param network what of the network it may reach
 */
record Permissions(
    Set<String> modules, Predicate<Path> files, boolean everything, NetworkAccess network) {
  /** What an embedded script gets: nothing that reaches beyond the script. */
  static final Set<String> DEFAULT_MODULES =
      Set.of(
          "assert",
          "buffer",
          "console",
          "crypto",
          "events",
          "module",
          "net",
          "path",
          "process",
          "punycode",
          "querystring",
          "stream",
          "string_decoder",
          "sys",
          "timers",
          "tty",
          "url",
          "util");

  boolean mayUse(String module) {
    int slash = module.indexOf('/'); // fs/promises goes with fs
    return everything
        || modules.contains(module)
        || (slash > 0 && modules.contains(module.substring(0, slash)));
  }

  boolean mayReach(Path file) {
    return everything || files.test(file.toAbsolutePath().normalize());
  }

  void checkFile(String what, Path file) {
    if (!mayReach(file)) {
      throw new AccessDeniedError(
          "This script may not " + what + " " + file + ": its host does not allow that file");
    }
  }

  void checkNet(String what) {
    if (!mayUse("net")) {
      throw new AccessDeniedError("This script may not " + what + ": its host does not allow net");
    }
  }

  /** Becomes an Error with the code ERR_ACCESS_DENIED. */
  static final class AccessDeniedError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AccessDeniedError(String message) {
      super(message);
    }
  }
}
