package evented.net.js;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.graalvm.polyglot.PolyglotException;

/** Reads JavaScript line by line, runs it, and shows what it gives. */
final class Prompt {
  private static final String FIRST = "> ";
  private static final String MORE = "... ";

  private final Host host;
  private final PrintStream out;

  Prompt(Host host, PrintStream out) {
    this.host = host;
    this.out = out;
  }

  /** Reads on this thread until the input ends. */
  void run() {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    StringBuilder code = new StringBuilder();
    try {
      while (true) {
        out.print(code.isEmpty() ? FIRST : MORE);
        out.flush();
        String line = in.readLine();
        if (line == null || line.equals(".exit")) {
          out.println();
          host.exit(0);
          return;
        }
        code.append(line).append('\n');
        if (!code.toString().isBlank() && !run(code.toString())) {
          continue;
        }
        code.setLength(0);
      }
    } catch (IOException e) {
      host.exit(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What looks like an object is one, if it can be. */
  private String evaluate(String code) throws InterruptedException, ExecutionException {
    String plain = code.strip();
    if (plain.startsWith("{") && !plain.endsWith(";")) {
      try {
        return host.evalShown("(" + plain + "\n)").get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof PolyglotException thrown && thrown.isSyntaxError())) {
          throw e;
        }
      }
    }
    return host.evalShown(code).get();
  }

  /** Runs code and shows its value; false if it is not complete yet. */
  private boolean run(String code) throws InterruptedException {
    try {
      out.println(evaluate(code));
    } catch (ExecutionException | CompletionException e) {
      if (!(e.getCause() instanceof PolyglotException thrown)) {
        out.println(e.getCause());
      } else if (thrown.isIncompleteSource() && !code.endsWith("\n\n")) {
        return false;
      } else {
        out.print("Uncaught " + host.describeLater(thrown).join());
      }
    }
    return true;
  }
}
