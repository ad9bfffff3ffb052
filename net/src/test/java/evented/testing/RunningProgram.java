package evented.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs. Its output and its error output are one text; every wait has a deadline, and
 * what still runs when the test closes it is killed.
 */
public final class RunningProgram implements AutoCloseable {
  private final String name;
  private final Process process;
  private final StringBuilder output = new StringBuilder();
  private boolean outputEnded;
  private Duration patience = Duration.ofSeconds(30);

  RunningProgram(List<String> command, Process process) {
    this.name = command.get(0);
    this.process = process;
    Thread reader = new Thread(() -> read(process.getInputStream()), "output of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream input) {
    char[] chars = new char[8192];
    try (Reader reader = new InputStreamReader(input, UTF_8)) {
      for (int count = reader.read(chars); count >= 0; count = reader.read(chars)) {
        synchronized (this) {
          output.append(chars, 0, count);
          notifyAll();
        }
      }
    } catch (IOException killed) {
      // What it has printed so far counts.
    }
    synchronized (this) {
      outputEnded = true;
      notifyAll();
    }
  }

  /** Has each wait from now on take up to {@code patience}. */
  public RunningProgram within(Duration patience) {
    this.patience = patience;
    return this;
  }

  /** Gives it text to read. A program that has ended meanwhile is told by what it has printed. */
  public void write(String text) {
    try {
      OutputStream input = process.getOutputStream();
      input.write(text.getBytes(UTF_8));
      input.flush();
    } catch (IOException ended) {
      // The next wait tells.
    }
  }

  /** Ends what it reads. */
  public void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      // The next wait tells.
    }
  }

  /** Waits until its output contains a match of {@code regex} and returns the first. */
  public synchronized Matcher await(String regex) {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Matcher matcher = pattern.matcher(output.toString());
      if (matcher.find()) {
        return matcher;
      }
      long left = deadline - System.nanoTime();
      if (outputEnded || left <= 0) {
        throw new AssertionError(
            name + (outputEnded ? " ended" : " went on") + " without " + regex + ":\n" + output);
      }
      waitFor(left);
    }
  }

  /** Waits for a match of {@code regex} and returns its first group as a number. */
  public int awaitNumber(String regex) {
    return Integer.parseInt(await(regex).group(1));
  }

  /** Waits until it ends and returns its exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " did not end within " + patience + ":\n" + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  /** Waits until it ends, with code 0, and returns all that it has printed. */
  public String awaitSuccess() {
    int code = awaitExit();
    synchronized (this) {
      long deadline = System.nanoTime() + patience.toNanos();
      while (!outputEnded && System.nanoTime() < deadline) {
        waitFor(deadline - System.nanoTime());
      }
      if (code != 0) {
        throw new AssertionError(name + " ended with " + code + ":\n" + output);
      }
      return output.toString();
    }
  }

  /** What it has printed so far. */
  public synchronized String output() {
    return output.toString();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private synchronized void waitFor(long nanos) {
    try {
      wait(Math.max(1, nanos / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
