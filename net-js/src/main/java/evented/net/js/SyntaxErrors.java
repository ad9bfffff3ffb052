package evented.net.js;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/** Tells where in a file a syntax error is, as if the file had not been wrapped into a function. */
final class SyntaxErrors {
  private SyntaxErrors() {}

  static String describe(PolyglotException error, SourceSection at) {
    int line = at.getStartLine();
    int column = at.getStartColumn();
    String text = line(at, line);
    if (line == 1 && text.startsWith(ModuleBinding.WRAPPER_START)) {
      text = text.substring(ModuleBinding.WRAPPER_START.length());
      column -= ModuleBinding.WRAPPER_START.length();
    }
    String name = at.getSource().getName();
    String reason =
        firstLine(String.valueOf(error.getMessage())).replaceFirst("^SyntaxError: ", "");
    int detail = reason.indexOf(name) == 0 ? reason.indexOf(' ', name.length()) + 1 : 0;
    String caret = " ".repeat(Math.max(0, Math.min(column, text.length() + 1) - 1)) + "^";
    return reason.substring(detail)
        + "\n"
        + name
        + ":"
        + line
        + ":"
        + Math.max(1, column)
        + "\n"
        + text
        + "\n"
        + caret;
  }

  static String line(SourceSection at, int line) {
    return line <= at.getSource().getLineCount()
        ? at.getSource().getCharacters(line).toString()
        : "";
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
