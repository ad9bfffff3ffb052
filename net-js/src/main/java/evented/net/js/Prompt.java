package evented.net.js;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Reads JavaScript line by line, runs it, and shows what it gives. */
final class Prompt {
  private Prompt() {}

  /**
   * Reads on this thread until the input ends.
   *
   * @param host what runs the lines
   * @param out what shows their values
   */
  static void start(Host host, PrintStream out) {
    PromptSession session = new PromptSession(host, out);
    int code = 0;
    try {
      if (canEdit(host.settings())) {
        new LineEditor(session, host.settings()).run();
      } else {
        readPlainly(session, out);
      }
    } catch (IOException e) {
      code = 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    host.exit(code);
  }

  /** Whether a line can be edited there: it is a terminal that moves its cursor. */
  private static boolean canEdit(HostSettings settings) {
    String terminal = settings.environment.getOrDefault("TERM", "dumb");
    if (terminal.equals("dumb") || !settings.terminals.contains("1")) {
      return false;
    }
    try {
      Class.forName("org.jline.reader.LineReader");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void readPlainly(PromptSession session, PrintStream out)
      throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    boolean goesOn = true;
    while (goesOn) {
      out.print(session.prompt());
      out.flush();
      String line = in.readLine();
      goesOn = line == null ? session.end() : session.accept(line);
    }
  }
}
