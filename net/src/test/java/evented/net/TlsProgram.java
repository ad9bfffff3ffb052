package evented.net;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that speaks TLS and that we did not write: {@code openssl}, {@code node}. Its output
 * and its error output are one text. Where it is not installed the test is skipped, with a message;
 * under {@code CI=true} it fails.
 */
final class TlsProgram implements AutoCloseable {
  private final Process process;
  private final StringBuilder output = new StringBuilder();
  private boolean ended;

  private TlsProgram(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of a program");
    reader.setDaemon(true);
    reader.start();
  }

  static TlsProgram start(Path folder, Object... command) {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    try {
      return new TlsProgram(
          new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start());
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError("CI must have the program " + words.get(0), e);
      }
      return abort("skipped: there is no program " + words.get(0));
    }
  }

  /** Runs it to its end, and returns what it prints. */
  static String run(Path folder, Object... command) {
    try (TlsProgram program = start(folder, command)) {
      program.closeInput();
      return program.awaitEnd();
    }
  }

  private void read() {
    byte[] bytes = new byte[8192];
    try (InputStream input = process.getInputStream()) {
      for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
        synchronized (this) {
          output.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
          notifyAll();
        }
      }
    } catch (IOException killed) {
      // What it has printed so far counts.
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  void write(String text) {
    try {
      process.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      process.getOutputStream().flush();
    } catch (IOException hasEnded) {
      // The next wait tells.
    }
  }

  void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException hasEnded) {
      // The next wait tells.
    }
  }

  /** Waits until its output contains a match of {@code regex}. */
  synchronized Matcher await(String regex) {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + Await.DEADLINE.toNanos();
    while (true) {
      Matcher matcher = pattern.matcher(output);
      if (matcher.find()) {
        return matcher;
      }
      waitForMore(deadline, "'" + regex + "'");
    }
  }

  private void waitForMore(long deadline, String what) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0 || (ended && !what.equals("the end"))) {
      throw new AssertionError("no " + what + " in the output:\n" + output);
    }
    try {
      wait(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until it has ended, and returns all that it has printed. */
  synchronized String awaitEnd() {
    long deadline = System.nanoTime() + Await.DEADLINE.toNanos();
    while (!ended) {
      waitForMore(deadline, "the end");
    }
    return output.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
