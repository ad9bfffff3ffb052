package evented.net.js;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** What loader.js and module.js ask for: source text, and what files there are. */
final class ModuleBinding {
  /** What a script's file is wrapped in, on its first line. */
  static final String WRAPPER_START =
      "(function (exports, require, module, __filename, __dirname) { ";

  private static final String OWN_START = "(function (exports, require, module, binding) { ";

  // Two functions, since some packages declare a process of their own.
  private static final String NPM_START =
      "(function (exports, require, module, process) { (function () { ";
  private static final String NPM_END = "\n}).call(exports)\n})";

  /** How global names begin that are there while require() loads an ES module. */
  private static final String IMPORTED = "__evented_imported_";

  /** The files that lie beside this class, of which nothing else on the class path can be one. */
  private static final Pattern RESOURCE =
      Pattern.compile("(lib|npm)(/(?!\\.\\.?/)[\\w.-]+)+\\.(js|json)");

  private final Script script;
  private int imports;

  ModuleBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding binding) {
    binding.add("mayUse", a -> script.permissions().mayUse(a[0].asString()));
    binding.add("resolveResource", a -> resolveResource(a[0].asString(), a[1].asString()));
    binding.add("compileResource", a -> compileResource(a[0].asString()));
    binding.add("compileScript", this::compileScript);
    binding.add("wrapperLength", a -> WRAPPER_START.length());
    binding.add("compileText", a -> compile(a[0].asString(), a[1].asString()));
    binding.add("importNow", a -> importNow(Path.of(a[0].asString()).toUri().toString()));
    binding.add("isMain", a -> script.isMain(Path.of(a[0].asString())));
    binding.add("fileKind", a -> kind(Path.of(a[0].asString())));
    binding.addVoid(
        "checkFile", a -> script.permissions().checkFile("read", Path.of(a[0].asString())));
    binding.add("realPath", a -> realPath(Path.of(a[0].asString())));
    binding.add("readText", a -> readText(Path.of(a[0].asString())));
  }

  /** The file that a relative name stands for in another file of this module. */
  private static String resolveResource(String from, String name) {
    Path folder = Objects.requireNonNullElse(Path.of(from).getParent(), Path.of(""));
    String file = folder.resolve(name).normalize().toString().replace('\\', '/');
    if (file.endsWith(".js") || file.endsWith(".json")) {
      return file;
    }
    return RESOURCE.matcher(file + ".js").matches()
            && Script.class.getResource(file + ".js") != null
        ? file + ".js"
        : file + "/index.js";
  }

  private Value compileResource(String file) {
    if (!RESOURCE.matcher(file).matches()) {
      throw new IllegalArgumentException("no such file of this module: " + file);
    }
    if (file.equals("lib/process.js")) {
      script.processLoaded();
    }
    String text =
        file.startsWith("npm/")
            ? NPM_START + (file.endsWith(".json") ? "module.exports = " : "") + text(file) + NPM_END
            : OWN_START + text(file) + "\n})";
    return script.context().eval(source(file, text));
  }

  /** The source of a file of this module that is to be run as it is. */
  static Source resource(String file) {
    return source(file, text(file));
  }

  private static Source source(String file, String text) {
    return Source.newBuilder("js", text, "evented:" + file).internal(true).buildLiteral();
  }

  private static String text(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles a script's file, given its text and its name, to a function. */
  private Value compileScript(Value[] arguments) {
    return compile(WRAPPER_START + arguments[0].asString() + "\n})", arguments[1].asString());
  }

  private Value compile(String text, String file) {
    try {
      // With the file, so that import() finds what lies beside it.
      Source source = Source.newBuilder("js", new File(file)).content(text).name(file).build();
      return script.context().eval(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: nothing is read
    } catch (PolyglotException e) {
      SourceSection at = e.getSourceLocation();
      if (!e.isSyntaxError() || at == null) {
        throw e;
      }
      script.inner("raise").executeVoid("SyntaxError", SyntaxErrors.describe(e, at));
      throw e; // never: raise throws
    }
  }

  /** What an ES module exports, once it has run; null if it waits for something meanwhile. */
  @Nullable Value importNow(String specifier) {
    Value[] found = new Value[1];
    Value bindings = script.context().getBindings("js");
    String name = IMPORTED + imports++;
    bindings.putMember(name, (ProxyExecutable) a -> found[0] = a[0]);
    try {
      // One that waits gets there when nobody asks any more.
      String code = "import * as it from \"" + specifier + "\"; globalThis." + name + "?.(it);";
      script
          .context()
          .eval(
              Source.newBuilder("js", code, "evented:require")
                  .mimeType("application/javascript+module")
                  .internal(true)
                  .buildLiteral());
    } finally {
      bindings.removeMember(name);
    }
    return found[0];
  }

  private String kind(Path path) {
    if (script.isMain(path)) {
      return "file";
    }
    if (!script.permissions().mayReach(path)) {
      return "none";
    }
    return Files.isRegularFile(path) ? "file" : Files.isDirectory(path) ? "folder" : "none";
  }

  private @Nullable String readText(Path path) throws IOException {
    return RealFiles.use(
        () -> {
          Path file = script.isMain(path) ? path : script.permissions().reach("read", path);
          if (!Files.exists(file)) {
            throw new NoSuchFileException(path.toString());
          }
          return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        });
  }

  private String realPath(Path path) throws IOException {
    if (!script.isMain(path)) {
      script.permissions().checkFile("read", path);
    }
    return path.toRealPath().toString();
  }
}
