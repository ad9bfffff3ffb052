package evented.bench;

import evented.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tests measure with: built once, and scripts without the launcher and its build. */
final class TestBench {
  private static Workbench workbench;

  private TestBench() {}

  /** The C programs; without a compiler the test is skipped, except where nothing may be. */
  static synchronized Workbench workbench() {
    if (workbench == null) {
      Program.named("cc");
      try {
        // Test classes run beside one another, each in its own process.
        workbench =
            Workbench.build(
                Path.of("src/main"),
                Path.of("target", "workbench-" + ProcessHandle.current().pid()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return workbench;
  }

  /** With flags for lives that last a second. */
  static Peers peers() {
    String flags = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";
    List<String> launcher = new ArrayList<>();
    launcher.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    launcher.addAll(List.of(flags.split(" ", -1)));
    launcher.addAll(List.of("-cp", System.getProperty("java.class.path"), "evented.net.js.Main"));
    return new Peers(workbench(), launcher).with(flags, "");
  }
}
