package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A script in a JVM that has few descriptors, and runs out of them (semantics S8). */
class OutOfDescriptorsTest {
  private static final Path SCRIPT = Path.of("src/test/js/rows/S8-out-of-descriptors.js");
  private static final String FEW = "ulimit -n 200; exec \"$0\" \"$@\"";

  private final List<String> lines = new ArrayList<>();
  private Process process;

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: only Linux tells the CPU");
  }

  @AfterEach
  void killWhatStillRuns() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void theServerWaitsAndGoesOn() throws Exception {
    process =
        new ProcessBuilder(OwnJvm.under(List.of("sh", "-c", FEW), OwnJvm.command(SCRIPT)))
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    await(output, "exhausted");
    Duration before = cpu();
    await(output, "measured");
    assertThat(cpu().minus(before)).as("CPU time of 1.5 s").isLessThan(Duration.ofMillis(700));
    await(output, null);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    assertThat(lines.stream().filter(line -> line.contains("Out of descriptors"))).hasSize(1);
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Reads until a line comes, or, without one, until the end. */
  private void await(BufferedReader output, String line) throws IOException {
    String read;
    do {
      read = output.readLine();
      if (read != null) {
        lines.add(read);
      }
    } while (read != null && !read.equals(line));
    assertThat(read).as(String.join("\n", lines)).isEqualTo(line);
  }
}
