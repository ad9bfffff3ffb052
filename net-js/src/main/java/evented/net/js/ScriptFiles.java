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
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * The files that {@code import} sees: those that the script may read, and, for each core module and
 * each CommonJS file, an ES module that exports the same.
 */
final class ScriptFiles implements FileSystem {
  /** A folder that no one has, for the modules that are no files. */
  private static final Path CORE = Path.of("/evented:core").toAbsolutePath();

  private static final String SUFFIX = ".mjs";

  /** The one module that is another with {@code node:} before its name. */
  private static final String TODAYS_NET = "node:net";

  private final Host.Settings settings;
  private @Nullable Supplier<Script> script;

  ScriptFiles(Host.Settings settings) {
    this.settings = settings;
  }

  void use(Supplier<Script> script) {
    this.script = script;
  }

  private Script script() {
    return Objects.requireNonNull(script).get();
  }

  @Override
  public Path parsePath(URI uri) {
    return switch (String.valueOf(uri.getScheme())) {
      case "node" -> core(uri.toString());
      case "file" -> Path.of(uri);
      default -> throw new UnsupportedOperationException("import reads files, not " + uri);
    };
  }

  @Override
  public Path parsePath(String path) {
    boolean bare = !path.isEmpty() && !path.startsWith(".") && !path.startsWith("/");
    if (bare && script != null) {
      if (script().inner("isCore").execute(path).asBoolean()) {
        return core(path);
      }
      Path packageFile = findPackage(path);
      if (packageFile != null) {
        return packageFile;
      }
    }
    return Path.of(path);
  }

  private static Path core(String name) {
    String kept = name.equals(TODAYS_NET) ? name : name.replaceFirst("^node:", "");
    return CORE.resolve(kept.replace('/', '.') + SUFFIX);
  }

  private static boolean isCore(Path path) {
    return path.startsWith(CORE);
  }

  private static String coreName(Path path) {
    String file = String.valueOf(path.getFileName());
    return file.substring(0, file.length() - SUFFIX.length()).replace('.', '/');
  }

  /** The file of a package in node_modules, above the script that was run. */
  private @Nullable Path findPackage(String name) {
    Path main = settings.main;
    if (main == null || !settings.permissions.mayReach(main)) {
      return null;
    }
    try {
      Value resolve = script().inner("resolve");
      return Path.of(resolve.execute(name, main.toString()).asString());
    } catch (RuntimeException e) {
      return null; // the plain path is not found either, and that is told
    }
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    if (isCore(path)) {
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
    check(path);
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return path.toString().endsWith(".json") // which is imported with a type
            || script().inner("isEsModule").execute(path.toString()).asBoolean()
        ? RealFiles.use(() -> Files.newByteChannel(checked(path)))
        : new TextChannel(bridge("file", path.toString()));
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
    if (isCore(path)) {
      return path;
    }
    check(path);
    return path.toRealPath(options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    if (isCore(path)) {
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
