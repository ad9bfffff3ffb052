package evented.net.js;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Texts that are no files, run as the program: those of {@code --eval} and of the prompt. */
final class Evaluation {
  /** The MIME type of an ES module. */
  static final String MODULE = "application/javascript+module";

  private final Script script;
  private final String name;

  /**
   * Makes one, and with it the global names that files have as their own.
   *
   * @param name what messages call the text
   */
  Evaluation(Script script, String name) {
    this.script = script;
    this.name = name;
    script.inner("defineForText").executeVoid(name);
  }

  /** Runs a program. What is no script but holds import or export is an ES module, as in Node. */
  void run(String code, boolean isModule, boolean print) {
    if (isModule) {
      runModule(code);
      return;
    }
    Value value;
    try {
      value = eval(code);
    } catch (PolyglotException e) {
      if (!e.isSyntaxError() || !script.inner("looksLikeModule").execute(code).asBoolean()) {
        throw e;
      }
      runModule(code);
      return;
    }
    if (print) {
      script.inner("print").executeVoid(value);
    }
  }

  private Value eval(String code) {
    return script.context().eval(Source.newBuilder("js", code, name).buildLiteral());
  }

  private void runModule(String code) {
    String text = ScriptFiles.moduleText(script, code) + Script.NO_VALUE;
    Source source = Source.newBuilder("js", text, name).mimeType(MODULE).buildLiteral();
    script.awaits(script.context().eval(source));
  }
}
