package evented.examples;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./evented} with the real Maven and JDK, in a folder whose name is not plain. */
@DisabledOnOs(OS.WINDOWS)
class LauncherFolderTest {
  /** The shell makes the folder: a JVM in the POSIX locale could not, and this one may be in it. */
  private static final String COPY_AND_RUN =
      """
      set -e
      folder=$1/$(printf 'h\\303\\266hle \\342\\202\\254')
      mkdir -p "$folder"
      cd "$2"
      for part in evented pom.xml .mvn net/pom.xml net/src/main net-js/pom.xml net-micrometer/pom.xml examples/pom.xml examples/Echo.java \\
        bench/pom.xml; do
        mkdir -p "$folder/$(dirname "$part")"
        cp -R "$part" "$folder/$part"
      done
      export LC_ALL=C
      exec "$folder/evented" "$folder/examples/Echo.java" 0
      """;

  @TempDir Path folder;

  @Test
  void itBuildsAndRunsWhereNamesHaveBlanksAndOtherLettersInThePosixLocale() {
    Path root = Path.of("").toAbsolutePath().getParent();
    try (RunningProgram echo =
        Program.named("sh").with("-c", COPY_AND_RUN, "sh", folder, root).start()) {
      echo.within(Duration.ofMinutes(8)); // it builds the library
      int port = echo.awaitNumber("listening on (\\d+)\n");
      assertThat(Program.named("nc").with("-N", "localhost", port).run("hi\r\n"))
          .isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
    }
  }
}
