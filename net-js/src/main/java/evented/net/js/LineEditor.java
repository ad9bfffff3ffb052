package evented.net.js;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a prompt from a terminal, with editing, history and completion. */
final class LineEditor {
  private static final int LINES_KEPT = 1000;

  private final PromptSession session;
  private final Map<String, String> environment;
  private final @Nullable Terminal given;

  LineEditor(PromptSession session, HostSettings settings) {
    this(session, settings, null);
  }

  /** As the other, on a terminal that is there already. */
  LineEditor(PromptSession session, HostSettings settings, @Nullable Terminal terminal) {
    this.session = session;
    this.environment = settings.environment;
    this.given = terminal;
  }

  /** Reads until the session ends. */
  void run() throws IOException, InterruptedException {
    try (Terminal terminal =
        given != null
            ? given
            : TerminalBuilder.builder()
                .system(true)
                .nativeSignals(false)
                .graphemeCluster(false)
                .build()) {
      LineReader reader = reader(terminal);
      boolean goesOn = true;
      while (goesOn) {
        try {
          goesOn = session.accept(reader.readLine(session.prompt()));
        } catch (UserInterruptException e) {
          goesOn = session.interrupt(e.getPartialLine());
        } catch (EndOfFileException e) {
          goesOn = session.end();
        }
      }
      reader.getHistory().save();
    }
  }

  private LineReader reader(Terminal terminal) {
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(null); // a backslash and quotes are JavaScript's
    parser.setQuoteChars(new char[0]);
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("evented")
            .parser(parser)
            .completer((r, line, candidates) -> complete(line, candidates))
            .variable(LineReader.HISTORY_SIZE, LINES_KEPT)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // `!` is JavaScript's too
            .option(LineReader.Option.INSERT_TAB, false)
            .option(LineReader.Option.BRACKETED_PASTE, false) // so that each line is run
            .build();
    Path history = historyFile();
    if (history != null) {
      reader.setVariable(LineReader.HISTORY_FILE, history);
    }
    return reader;
  }

  /** Candidates are whole words of the parser's, which end where the cursor is. */
  private void complete(ParsedLine line, List<Candidate> candidates) {
    String typed = line.line().substring(0, line.cursor());
    String word = line.word().substring(0, line.wordCursor());
    String name = typed.replaceFirst("^.*?([\\w$]*)$", "$1");
    String before = word.endsWith(name) ? word.substring(0, word.length() - name.length()) : "";
    for (String found : session.complete(typed)) {
      candidates.add(new Candidate(before + found, found, null, null, null, null, false));
    }
  }

  /** Where the lines are kept; null if there is no such place. */
  private @Nullable Path historyFile() {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (state.isEmpty() && home.isEmpty()) {
      return null;
    }
    Path folder =
        (state.isEmpty() ? Path.of(home, ".local", "state") : Path.of(state)).resolve("evented");
    try {
      Files.createDirectories(folder);
      return folder.resolve("history");
    } catch (IOException e) {
      return null; // the lines are kept for this session alone
    }
  }
}
