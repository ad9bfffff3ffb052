package evented.net.js;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * The files that {@code import} sees: those that the script may read, and, for each core module and
 * each CommonJS file, an ES module that exports the same.
 */
final class ScriptFiles implements FileSystem {
  /** A folder that no one has, for the modules that are no files. */
  private static final Path CORE = Path.of("/evented:core").toAbsolutePath();

  private static final String SUFFIX = ".mjs";

  private static final Pattern META = Pattern.compile("\\bimport\\s*\\.\\s*meta\\b");

  private final HostSettings settings;
  private @Nullable Supplier<Script> script;

  ScriptFiles(HostSettings settings) {
    this.settings = settings;
  }

  /** Makes a context in which GraalJS can ask where an import leads. */
  static Context build(Supplier<Context.Builder> builders) {
    try {
      return builders.get().option("js.mle-mode", "true").build();
    } catch (IllegalArgumentException e) {
      // Another version, without that: names are then seen from the script that was run.
      return builders.get().build();
    }
  }

  /** Has GraalJS ask where an import leads, for this context. */
  void attach(Context context, Supplier<Script> script) {
    this.script = script;
    Value bindings = context.getBindings("js");
    Value lookup = bindings.getMember("MLE");
    if (lookup != null) {
      bindings.removeMember("MLE");
      ProxyExecutable locate = a -> locate(a[1].asString(), a[0].isNull() ? null : a[0].asString());
      lookup.invokeMember("registerESMLookup", locate);
    }
  }

  private Script script() {
    return Objects.requireNonNull(script).get();
  }

  // Used where GraalJS does not ask locate(): with another version of it.

  @Override
  public Path parsePath(URI uri) {
    return script == null ? Path.of(uri) : resolve(uri.toString(), null);
  }

  @Override
  public Path parsePath(String path) {
    return script == null || path.isEmpty() || path.startsWith("/") || path.startsWith(".")
        ? Path.of(path)
        : resolve(path, null);
  }

  /**
   * The path for what is imported.
   *
   * @param name what the import says
   * @param importer the path of the file that imports; null for code that is no file
   * @throws PolyglotException with JavaScript's error if there is nothing to import
   */
  String locate(String name, @Nullable String importer) {
    Path from = importer == null || !importer.startsWith("/") ? null : Path.of(importer);
    return (name.matches("\\.{1,2}/.*") && ProvidedModules.isInMemory(from)
            ? resolveInMemory(name, Objects.requireNonNull(from))
            : resolve(name, from))
        .toString();
  }

  private Path resolve(String name, @Nullable Path from) {
    Path file = from == null || isVirtual(from) ? null : from;
    String found =
        script()
            .inner("resolveImport")
            .execute(name, file == null ? null : file.toString(), folder().toString())
            .asString();
    if (found.startsWith("core:")) {
      return CORE.resolve(found.substring("core:".length()).replace('/', '.') + SUFFIX);
    }
    return found.startsWith("evented:")
        ? ProvidedModules.pathOf(found.substring("evented:".length()))
        : Path.of(found);
  }

  private Path resolveInMemory(String name, Path from) {
    Path found = from.resolveSibling(name).normalize();
    if (!ProvidedModules.isInMemory(found)
        || settings.modules.sourceOf(ProvidedModules.nameOf(found)) == null) {
      script().inner("missingModule").executeVoid(name, ProvidedModules.nameOf(from));
    }
    return found;
  }

  /** Where code that is no file finds packages: beside the script that was run, if there is one. */
  private Path folder() {
    Path parent = settings.main == null ? null : settings.main.getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }

  private static boolean isCore(Path path) {
    return path.startsWith(CORE);
  }

  /** Whether it is a module that is no file. */
  private static boolean isVirtual(Path path) {
    return isCore(path) || ProvidedModules.isInMemory(path);
  }

  private static String coreName(Path path) {
    String file = String.valueOf(path.getFileName());
    return file.substring(0, file.length() - SUFFIX.length()).replace('.', '/');
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    if (isVirtual(path)) {
      return;
    }
    RealFiles.use(
        () -> {
          Path file = checked(path);
          file.getFileSystem().provider().checkAccess(file, modes.toArray(AccessMode[]::new));
          return file;
        });
  }

  private void check(Path path) {
    if (!settings.isMain(path) && !settings.permissions.mayReach(path)) {
      throw new SecurityException(
          "This script may not read " + path + ": its host does not allow that file");
    }
  }

  /** The path to use for a file; within {@link RealFiles#use}, so that it is the one checked. */
  private Path checked(Path path) throws IOException {
    check(path);
    return settings.isMain(path) ? path : settings.permissions.reach("read", path);
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) {
    throw readOnly();
  }

  @Override
  public void delete(Path path) {
    throw readOnly();
  }

  private static SecurityException readOnly() {
    return new SecurityException("import only reads");
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (isCore(path)) {
      return new TextChannel(bridge("core", coreName(path)));
    }
    if (ProvidedModules.isInMemory(path)) {
      String name = ProvidedModules.nameOf(path);
      String source = settings.modules.sourceOf(name);
      return new TextChannel(
          source == null ? bridge("provided", name) : moduleText(script(), source));
    }
    check(path);
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (path.toString().endsWith(".json")) { // which is imported with a type
      return RealFiles.use(() -> Files.newByteChannel(checked(path)));
    }
    if (script().inner("isEsModule").execute(path.toString()).asBoolean()) {
      String text = RealFiles.use(() -> Files.readString(checked(path)));
      return new TextChannel(moduleText(script(), text));
    }
    return new TextChannel(bridge("file", path.toString()));
  }

  /**
   * The text of an ES module as GraalJS is to see it: with all of import.meta, if it asks for it.
   */
  static String moduleText(Script script, String text) {
    String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
    if (plain.startsWith("#!")) {
      plain = "//" + plain;
    }
    return META.matcher(plain).find()
        ? script.inner("prelude").execute().asString() + plain
        : plain;
  }

  /** An ES module that exports what require() gives. */
  private String bridge(String kind, String name) {
    return script().inner("bridge").execute(kind, name).asString();
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return RealFiles.use(
        () -> {
          Path real = checked(folder);
          return real.getFileSystem().provider().newDirectoryStream(real, filter);
        });
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return path.toAbsolutePath();
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    if (isVirtual(path)) {
      return path;
    }
    check(path);
    return path.toRealPath(options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    if (isVirtual(path)) {
      Map<String, Object> facts = new HashMap<>();
      facts.put("isRegularFile", true);
      facts.put("isDirectory", false);
      return facts;
    }
    return RealFiles.use(() -> Files.readAttributes(checked(path), attributes, options));
  }

  /** A text to be read as a file. */
  private static final class TextChannel implements SeekableByteChannel {
    private final ByteBuffer bytes;

    TextChannel(String text) {
      bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read(ByteBuffer target) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(bytes.remaining(), target.remaining());
      target.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return bytes.position();
    }

    @Override
    public SeekableByteChannel position(long position) {
      bytes.position((int) Math.min(position, bytes.limit()));
      return this;
    }

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
