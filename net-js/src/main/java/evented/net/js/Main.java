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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** What {@code ./evented script.js} runs. */
final class Main {
  /** The exit code for an exception that nothing caught. */
  private static final int FAILED = 1;

  /** Node's exit code for an option that there is not. */
  private static final int BAD_OPTION = 9;

  private final OutputStream output = new FileOutputStream(FileDescriptor.out);
  private final PrintStream error =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private Main() {}

  /**
   * Runs a script, or a text; if there is none, a prompt on a terminal, else what the standard
   * input says.
   *
   * @param arguments options, the script, and what it gets
   */
  public static void main(String[] arguments) {
    new Main().start(arguments);
  }

  private void start(String[] words) {
    // The loop and the context take about as long to make; two threads make them together.
    CompletableFuture<Loop> loop = CompletableFuture.supplyAsync(Loop::shared);
    Options options = options(words);
    String file = options.file;
    boolean readsInput = options.code == null && (file == null || file.equals("-"));
    if (file != null && !readsInput && !Files.isRegularFile(Path.of(file))) {
      fail("evented: no such file: " + file);
    }
    Host.Builder builder =
        Host.builder()
            .allowEverything()
            .output(output, error)
            .input(new FileInputStream(FileDescriptor.in));
    if (options.inspector != null) {
      builder.engine(Inspector.engine(options.inspector, options.waitsForDebugger, error));
    }
    HostSettings settings = builder.settings();
    settings.signals = true;
    settings.terminals = System.getProperty("evented.terminals", "");
    settings.command = System.getProperty("evented.command", "evented");
    settings.options = List.copyOf(options.given);
    settings.arguments = argv(settings.command, options);
    settings.onExit = code -> Runtime.getRuntime().halt(code);
    boolean prompt = readsInput && file == null && settings.terminals.contains("0");
    settings.endsWhenIdle = !prompt;
    Host host = builder.lateLoop(loop::join).build();
    host.settings().onUncaught = thrown -> uncaught(host, thrown, prompt);
    CompletableFuture<?> ready = preloaded(host, options);
    if (prompt) {
      report(host, ready);
      Prompt.start(host, new PrintStream(output, true, StandardCharsets.UTF_8));
      return;
    }
    report(
        host, ready == null ? run(host, options) : ready.thenCompose(done -> run(host, options)));
  }

  /** What {@code process.argv} holds, which the modules before the script may look at too. */
  private static String[] argv(String command, Options options) {
    List<String> argv = new ArrayList<>(List.of(command));
    if (options.file != null) {
      argv.add(
          options.file.equals("-")
              ? options.file
              : Path.of(options.file).toAbsolutePath().normalize().toString());
    }
    argv.addAll(options.arguments);
    return argv.toArray(String[]::new);
  }

  private Options options(String[] words) {
    try {
      return Options.parse(words);
    } catch (IllegalArgumentException e) {
      error.println("evented: " + e.getMessage());
      Runtime.getRuntime().halt(BAD_OPTION);
      throw e; // never
    }
  }

  /** What comes before the script; null if nothing does. */
  private static @Nullable CompletableFuture<?> preloaded(Host host, Options options) {
    if (options.required.isEmpty() && options.imported.isEmpty()) {
      return null;
    }
    CompletableFuture<?> done = host.require(options.required);
    for (String name : options.imported) {
      done = done.thenCompose(before -> host.importBefore(name));
    }
    return done;
  }

  private static CompletableFuture<?> run(Host host, Options options) {
    if (options.code != null) {
      return host.evalMain("[eval]", options.code, options);
    }
    if (options.file == null || options.file.equals("-")) {
      return host.evalMain("[stdin]", standardInput(), options);
    }
    Path file = Path.of(options.file);
    return options.checkOnly
        ? host.check(file)
        : host.run(file, options.arguments.toArray(String[]::new));
  }

  private void report(Host host, @Nullable CompletableFuture<?> run) {
    if (run == null) {
      return;
    }
    run.whenComplete(
        (done, failure) -> {
          Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
          if (cause instanceof PolyglotException thrown) {
            host.uncaught(thrown);
          } else if (cause != null) {
            fail("evented: " + cause);
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
