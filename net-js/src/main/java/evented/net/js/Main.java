package evented.net.js;

import evented.net.Loop;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.graalvm.polyglot.PolyglotException;

/** What {@code ./evented script.js} runs. */
final class Main {
  /** The exit code for an exception that nothing caught. */
  private static final int FAILED = 1;

  private final OutputStream output = new FileOutputStream(FileDescriptor.out);
  private final PrintStream error =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private Main() {}

  /**
   * Runs a script; if there is none, a prompt on a terminal, else what the standard input says.
   *
   * @param arguments the script, and what it gets
   */
  public static void main(String[] arguments) {
    new Main().start(arguments);
  }

  private void start(String[] arguments) {
    // The loop and the context take about as long to make; two threads make them together.
    CompletableFuture<Loop> loop = CompletableFuture.supplyAsync(Loop::shared);
    if (arguments.length > 0 && !Files.isRegularFile(Path.of(arguments[0]))) {
      fail("evented: no such file: " + arguments[0]);
    }
    Host.Builder builder =
        Host.builder()
            .allowEverything()
            .output(output, error)
            .input(new FileInputStream(FileDescriptor.in));
    HostSettings settings = builder.settings();
    settings.signals = true;
    settings.terminals = System.getProperty("evented.terminals", "");
    settings.command = System.getProperty("evented.command", "evented");
    settings.onExit = code -> Runtime.getRuntime().halt(code);
    boolean prompt = arguments.length == 0 && settings.terminals.contains("0");
    settings.endsWhenIdle = !prompt;
    Host host = builder.lateLoop(loop::join).build();
    host.settings().onUncaught = thrown -> uncaught(host, thrown, prompt);
    if (prompt) {
      new Prompt(host, new PrintStream(output, true, StandardCharsets.UTF_8)).run();
      return;
    }
    CompletableFuture<?> run =
        arguments.length > 0
            ? host.run(Path.of(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length))
            : host.eval("[stdin]", standardInput());
    run.whenComplete(
        (done, failure) -> {
          if (failure instanceof PolyglotException thrown) {
            host.uncaught(thrown);
          } else if (failure != null) {
            fail("evented: " + failure);
          }
        });
  }

  private static String standardInput() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void uncaught(Host host, PolyglotException thrown, boolean goesOn) {
    error.print((goesOn ? "Uncaught " : "") + host.describe(thrown));
    error.flush();
    if (!goesOn) {
      host.exit(FAILED);
    }
  }

  private void fail(String message) {
    error.println(message);
    error.flush();
    Runtime.getRuntime().halt(FAILED);
  }
}
