package evented.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs of this machine. */
final class Jdks {
  private Jdks() {}

  /** The home of the JDK that runs this program. */
  static Path current() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Finds a JDK of a major version: this one, one that the environment names, or one beside it. */
  static Optional<Path> find(int version) {
    return candidates()
        .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
        .filter(home -> release(home).startsWith(Integer.toString(version)))
        .findFirst();
  }

  private static Stream<Path> candidates() {
    List<Path> homes = new ArrayList<>(List.of(current()));
    // Hosted runners set JAVA_HOME_21_X64 and the like.
    System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
        .map(Map.Entry::getValue)
        .map(Path::of)
        .forEach(homes::add);
    try (Stream<Path> beside = Files.list(current().toRealPath().getParent())) {
      beside.sorted().forEach(homes::add);
    } catch (IOException unreadable) {
      // Then there are none beside.
    }
    return homes.stream();
  }

  /** The version of a JDK, such as 17.0.15; empty if its folder does not tell. */
  static String release(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("JAVA_VERSION=|\"", ""))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
