package evented.net.js;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a script may reach.
 *
 * @param modules the core modules that it may require; null for all
 * @param files which files it may reach; given real paths, as {@link RealFiles} finds them
 * @param everything whether nothing is forbidden
 * @param network what of the network it may reach
 */
record Permissions(
    Set<String> modules, Predicate<Path> files, boolean everything, NetworkAccess network) {
  /** What an embedded script gets: nothing that reaches beyond the script. */
  static final Set<String> DEFAULT_MODULES =
      Set.of(
          "assert",
          "async_hooks",
          "buffer",
          "child_process",
          "cluster",
          "console",
          "crypto",
          "dgram",
          "diagnostics_channel",
          "domain",
          "events",
          "http",
          "http2",
          "https",
          "inspector",
          "module",
          "net",
          "path",
          "perf_hooks",
          "process",
          "punycode",
          "querystring",
          "readline",
          "repl",
          "sea",
          "sqlite",
          "stream",
          "string_decoder",
          "sys",
          "test",
          "timers",
          "tls",
          "trace_events",
          "tty",
          "url",
          "util",
          "vm",
          "wasi",
          "worker_threads",
          "zlib");

  boolean mayUse(String module) {
    int slash = module.indexOf('/'); // fs/promises goes with fs
    return everything
        || modules.contains(module)
        || (slash > 0 && modules.contains(module.substring(0, slash)));
  }

  boolean mayReach(Path file) {
    if (everything) {
      return true;
    }
    try {
      return files.test(RealFiles.follow(file));
    } catch (IOException e) {
      return false; // it leads nowhere
    }
  }

  /** The path to use for a file; within {@link RealFiles#use}, so that it is the one checked. */
  Path reach(String what, Path file) throws IOException {
    if (everything) {
      return file;
    }
    checkFile(what, file);
    return RealFiles.refuseLink(RealFiles.follow(file));
  }

  /** As {@link #reach}, but a link that the path ends in is meant itself. */
  Path reachName(String what, Path file) throws IOException {
    if (everything) {
      return file;
    }
    checkName(what, file);
    return RealFiles.followAllButLast(file);
  }

  void checkFile(String what, Path file) {
    if (!mayReach(file)) {
      throw denied(what, file);
    }
  }

  /** As {@link #checkFile}, but a link that the path ends in is meant itself. */
  void checkName(String what, Path file) {
    boolean allowed = everything;
    if (!allowed) {
      try {
        allowed = files.test(RealFiles.followAllButLast(file));
      } catch (IOException e) {
        allowed = false; // it leads nowhere
      }
    }
    if (!allowed) {
      throw denied(what, file);
    }
  }

  private static AccessDeniedError denied(String what, Path file) {
    return new AccessDeniedError(
        "This script may not " + what + " " + file + ": its host does not allow that file");
  }

  /** What a core module asks of Java is given to scripts that may require it, and to no others. */
  void checkModule(String module) {
    if (!mayUse(module)) {
      throw new AccessDeniedError(
          "This script may not use the module '" + module + "': its host does not allow it");
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
