package evented.net.js;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.PolyglotException.StackFrame;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Exceptions that nothing caught, as Node prints them: the line, then the stack. */
final class Failures {
  private Failures() {}

  static String describe(Script script, PolyglotException failure) {
    StringBuilder text = new StringBuilder();
    SourceSection at = failure.isSyntaxError() ? null : location(failure);
    if (at != null) {
      String line = SyntaxErrors.line(at, at.getStartLine());
      int column = at.getStartColumn();
      if (at.getStartLine() == 1 && line.startsWith(ModuleBinding.WRAPPER_START)) {
        line = line.substring(ModuleBinding.WRAPPER_START.length());
        column -= ModuleBinding.WRAPPER_START.length();
      }
      text.append(file(at.getSource())).append(':').append(at.getStartLine()).append('\n');
      text.append(line).append('\n');
      text.append(" ".repeat(Math.max(0, column - 1))).append("^\n\n");
    }
    Value thrown = failure.getGuestObject();
    text.append(thrown == null ? failure.toString() : describe(script, thrown));
    return text.append('\n').toString();
  }

  private static String describe(Script script, Value thrown) {
    try {
      return script.inner("describe").execute(thrown).asString();
    } catch (PolyglotException e) {
      if (e.isCancelled()) {
        throw e;
      }
      return "Uncaught value that throws when it is looked at"; // a getter, a trap of a Proxy
    }
  }

  /** The name of a module that was imported is what import called it. */
  private static String file(Source source) {
    return source.getPath() == null ? source.getName() : source.getPath();
  }

  /** Where in the script it was thrown; null if the exception does not tell. */
  private static @Nullable SourceSection location(PolyglotException failure) {
    for (StackFrame frame : failure.getPolyglotStackTrace()) {
      SourceSection at = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      if (at != null && !at.getSource().isInternal() && at.hasLines()) {
        return at;
      }
    }
    return null;
  }
}
