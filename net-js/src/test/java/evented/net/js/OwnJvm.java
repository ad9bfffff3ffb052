package evented.net.js;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script in a JVM of its own, started as the launcher starts it. */
final class OwnJvm {
  private OwnJvm() {}

  /** The command for that. */
  static List<String> command(Path script, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Devented.transport=" + System.getProperty("evented.transport", ""));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add(script.toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The same, as what {@code program}, with its arguments, is to start. */
  static List<String> under(List<String> program, List<String> command) {
    List<String> all = new ArrayList<>(program);
    all.addAll(command);
    return all;
  }
}
