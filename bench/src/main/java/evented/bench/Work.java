package evented.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server is asked to do.
 *
 * @param task such as {@code echo}
 * @param address a port, 0 for any, or the path of a UNIX socket
 * @param more what the task needs to know beyond that
 */
record Work(String task, String address, List<String> more) {
  static Work tcp(String task, Object... more) {
    return new Work(task, "0", List.of(more).stream().map(Object::toString).toList());
  }

  static Work unix(String task, Path socket) {
    return new Work(task, socket.toString(), List.of());
  }

  /** The same with another task. */
  Work as(String otherTask) {
    return new Work(otherTask, address, more);
  }

  /** The same at a certain port. */
  Work at(int port) {
    return new Work(task, Integer.toString(port), more);
  }

  boolean isUnix() {
    return address.startsWith("/");
  }

  /** What the servers of this module take as their last arguments. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(task, address));
    arguments.addAll(more);
    return arguments;
  }
}
