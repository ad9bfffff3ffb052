package evented.net.js;

import evented.net.Loop;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
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
   * Runs a script, or a prompt if there is none.
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
    Host.Settings settings = builder.settings();
    settings.signals = true;
    settings.terminals = System.getProperty("evented.terminals", "");
    settings.command = System.getProperty("evented.command", "evented");
    settings.onExit = code -> Runtime.getRuntime().halt(code);
    settings.endsWhenIdle = arguments.length > 0;
    Host host = builder.lateLoop(loop::join).build();
    settings.onUncaught = thrown -> uncaught(host, thrown);
    if (arguments.length == 0) {
      new Prompt(host, new PrintStream(output, true, StandardCharsets.UTF_8)).run();
      return;
    }
    host.run(Path.of(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length))
        .whenComplete(
            (done, failure) -> {
              if (failure instanceof PolyglotException thrown) {
                host.uncaught(thrown);
              } else if (failure != null) {
                fail("evented: " + failure);
              }
            });
  }

  private void uncaught(Host host, PolyglotException thrown) {
    error.print(host.describe(thrown));
    error.flush();
    host.exit(FAILED);
  }

  private void fail(String message) {
    error.println(message);
    error.flush();
    Runtime.getRuntime().halt(FAILED);
  }
}
