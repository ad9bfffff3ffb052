package evented.net.js;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What a prompt does with the lines that it has read: it runs them, and shows what they give. */
final class PromptSession {
  private static final String FIRST = "> ";
  private static final String MORE = "... ";
  private static final String HELP =
      """
      .break    forgets the lines that are not complete yet
      .clear    the same
      .editor   takes several lines, and runs them at Ctrl-D
      .exit     ends the prompt, as Ctrl-D does
      .help     shows this text
      .load     runs the lines of a file: .load FILE
      .save     writes the lines of this session to a file: .save FILE

      _ is the value of the last line. Ctrl-C gives up a line, and twice ends the prompt.
      """;

  private final Host host;
  private final PrintStream out;
  private final StringBuilder code = new StringBuilder();
  private final List<String> lines = new ArrayList<>();
  private boolean editing;
  private boolean interrupted;

  PromptSession(Host host, PrintStream out) {
    this.host = host;
    this.out = out;
    var unused =
        host.run(
            () -> {
              host.current().inner("defineForText").executeVoid("prompt");
              return null;
            });
  }

  /** What is shown before the next line. */
  String prompt() {
    return editing ? "" : code.isEmpty() ? FIRST : MORE;
  }

  /**
   * Takes a line.
   *
   * @return false if it ends the session
   */
  boolean accept(String line) throws InterruptedException {
    interrupted = false;
    if (!editing && line.matches("\\s*\\.[a-z]+(\\s.*)?")) {
      return command(line.strip());
    }
    code.append(line).append('\n');
    if (!editing) {
      lines.add(line);
      evaluate(false);
    }
    return true;
  }

  /**
   * Takes the end of the input, which ends an editor first.
   *
   * @return false if it ends the session
   */
  boolean end() throws InterruptedException {
    if (!editing) {
      out.println();
      return false;
    }
    editing = false;
    lines.add(code.toString().stripTrailing());
    evaluate(true);
    return true;
  }

  /**
   * Takes Ctrl-C.
   *
   * @param line what had been typed
   * @return false if it ends the session
   */
  boolean interrupt(String line) {
    boolean idle = line.isEmpty() && code.isEmpty() && !editing;
    if (idle && interrupted) {
      return false;
    }
    forget();
    if (idle) {
      out.println("(To exit, press Ctrl-C again or Ctrl-D or type .exit)");
    }
    interrupted = idle;
    return true;
  }

  /** The whole names that the end of a line may become, of globals or of an object's members. */
  List<String> complete(String line) {
    return host.run(
            () -> {
              List<String> names = new ArrayList<>();
              Value found = host.current().inner("complete").execute(line);
              for (long i = 0; i < found.getArraySize(); i++) {
                names.add(found.getArrayElement(i).asString());
              }
              return names;
            })
        .join();
  }

  private void forget() {
    code.setLength(0);
    editing = false;
  }

  private boolean command(String text) throws InterruptedException {
    String[] words = text.split("\\s+", 2);
    String rest = words.length < 2 ? "" : words[1];
    switch (words[0]) {
      case ".exit" -> {
        return false;
      }
      case ".help" -> out.print(HELP);
      case ".break", ".clear" -> forget();
      case ".editor" -> {
        editing = true;
        out.println("// Editor: Ctrl-D runs the lines, Ctrl-C gives them up");
      }
      case ".load" -> load(rest);
      case ".save" -> save(rest);
      default -> {
        out.println("Invalid REPL keyword");
        forget();
      }
    }
    return true;
  }

  private void load(String file) throws InterruptedException {
    try {
      String text = Files.readString(Path.of(file));
      forget();
      lines.add(text.stripTrailing());
      code.append(text).append('\n');
      evaluate(true);
    } catch (IOException | UncheckedIOException e) {
      out.println("Failed to load: " + file);
    }
  }

  private void save(String file) {
    try {
      Files.writeString(Path.of(file), String.join("\n", lines) + "\n");
      out.println("Session saved to: " + file);
    } catch (IOException e) {
      out.println("Failed to save: " + file);
    }
  }

  /** Runs what has been gathered, unless more has to follow. */
  private void evaluate(boolean isWhole) throws InterruptedException {
    String text = code.toString();
    if (text.isBlank()) {
      code.setLength(0);
      return;
    }
    try {
      out.println(shown(text));
    } catch (ExecutionException | CompletionException e) {
      if (!(e.getCause() instanceof PolyglotException thrown)) {
        out.println(e.getCause());
      } else if (thrown.isIncompleteSource() && !isWhole && !text.endsWith("\n\n")) {
        return;
      } else {
        out.print("Uncaught " + host.describeLater(thrown).join());
      }
    }
    code.setLength(0);
  }

  private String shown(String text) throws InterruptedException, ExecutionException {
    String plain = text.strip();
    if (plain.startsWith("{") && !plain.endsWith(";")) {
      // What looks like an object is one, if it can be.
      String shown = tried("(" + plain + "\n)");
      if (shown != null) {
        return shown;
      }
    }
    try {
      return evalShown(text);
    } catch (ExecutionException e) {
      if (!isSyntaxError(e) || !text.contains("await")) {
        throw e;
      }
      // Its value, or if it is no expression, only its effects.
      String shown = tried("(async () => (" + plain.replaceFirst(";$", "") + "\n))()");
      if (shown == null) {
        shown = tried(withoutDeclaration(plain));
      }
      if (shown == null) {
        throw e;
      }
      return shown;
    }
  }

  /** A text in which `await` may stand; what it declares is a global name, as at a prompt it is. */
  private static String withoutDeclaration(String text) {
    return "(async () => { void 0; "
        + text.replaceAll("(?m)^\\s*(?:const|let|var)\\s+([\\w$]+)\\s*=", "globalThis.$1 =")
            .replaceAll(
                "(?m)^\\s*(?:const|let|var)\\s*(\\{[^=]*\\}|\\[[^=]*\\])\\s*=(.*?);?$", "($1 =$2);")
        + "\n})()";
  }

  /** What a text gives; null if it is none of JavaScript. */
  private @Nullable String tried(String text) throws InterruptedException, ExecutionException {
    try {
      return evalShown(text);
    } catch (ExecutionException e) {
      if (isSyntaxError(e)) {
        return null;
      }
      throw e;
    }
  }

  private static boolean isSyntaxError(ExecutionException e) {
    return e.getCause() instanceof PolyglotException thrown && thrown.isSyntaxError();
  }

  private String evalShown(String text) throws InterruptedException, ExecutionException {
    Source source = Source.newBuilder("js", text, "prompt").interactive(false).buildLiteral();
    boolean awaits = text.startsWith("(async () => ");
    return host.run(() -> host.current().context().eval(source))
        .thenCompose(value -> awaits ? host.future(value) : host.run(() -> value))
        .thenCompose(
            value -> host.run(() -> host.current().inner("show").execute(value).asString()))
        .get();
  }
}
