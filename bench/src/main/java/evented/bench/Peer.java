package evented.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One of the servers that are compared.
 *
 * @param name such as {@code netty:epoll}
 * @param flags those of its runtime, for the table
 * @param command how to start it for some work
 * @param environment variables that its process has beyond those of this one
 * @param tellsPort whether it prints {@code listening PORT}; one that does not is given a port, and
 *     is ready when that accepts
 * @param missing why it cannot be started here, if so
 */
record Peer(
    String name,
    String flags,
    Function<Work, List<String>> command,
    Map<String, String> environment,
    boolean tellsPort,
    Optional<String> missing) {

  /** A server of this module, which takes its work as its last arguments. */
  static Peer own(String name, String flags, List<String> command) {
    Function<Work, List<String>> full =
        work -> {
          List<String> words = new ArrayList<>(command);
          words.addAll(work.arguments());
          return words;
        };
    return new Peer(name, flags, full, Map.of(), true, Optional.empty());
  }

  /** A program that is not from here. */
  static Peer foreign(String name, String flags, Function<Work, List<String>> command) {
    return new Peer(name, flags, command, Map.of(), false, Optional.empty());
  }

  Peer with(Map<String, String> variables) {
    return new Peer(name, flags, command, variables, tellsPort, missing);
  }

  /** The same under another name, doing another task than it is asked for. */
  Peer doing(String otherName, String task) {
    return new Peer(
        otherName, flags, work -> command.apply(work.as(task)), environment, tellsPort, missing);
  }

  Peer missing(String reason) {
    return new Peer(name, flags, command, environment, tellsPort, Optional.of(reason));
  }

  /** The same, missing if a program is not installed. */
  Peer needing(String program) {
    return Executables.find(program).isPresent() ? this : missing(program + " is not installed");
  }
}
