package evented.net.js;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/** What fs.js and dns.js ask for. */
final class FileBinding {
  /** What an operation gives that has no result; nobody looks at it. */
  private static final Object DONE = true;

  private final Script script;

  FileBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding binding) {
    binding.add("copyBytes", a -> new Content(Bytes.fromScript(a, 0)));
    binding.add("sharesBytes", a -> script.bytes().areShared());
    binding.add("file", a -> toScript(operation(a, 0).call()));
    binding.addVoid("fileLater", a -> Work.start(script, a[0], operation(a, 1)));
    addPieces(binding);
    addPiecesNow(binding);
    binding.addVoid("lookup", a -> lookup(a[0].asString(), a[1].asInt(), a[2]));
  }

  /** What file-streams.js asks for. */
  private void addPieces(Binding binding) {
    binding.addVoid("openFile", a -> Work.start(script, a[0], opening(a)));
    binding.addVoid(
        "readFile",
        a -> {
          OpenFile file = file(a);
          long position = a[2].asLong();
          int length = a[3].asInt();
          Work.start(script, a[0], () -> file.read(position, length));
        });
    binding.addVoid(
        "writeFile",
        a -> {
          OpenFile file = file(a);
          long position = a[2].asLong();
          byte[] bytes = Bytes.fromScript(a, 3);
          Work.start(script, a[0], done(() -> file.write(bytes, position)));
        });
    binding.addVoid(
        "closeFile",
        a -> {
          OpenFile file = file(a);
          file.deactivate();
          Work.start(script, a[0], done(file::close));
        });
  }

  /** Checks whether a file may be opened; the rest may be done on another thread. */
  private Callable<OpenFile> opening(Value[] arguments) {
    Path path = Path.of(arguments[1].asString());
    String flags = arguments[2].asString();
    int mode = arguments[3].asInt();
    Permissions permissions = script.permissions();
    String what = flags.equals("r") ? "read" : "write";
    permissions.checkModule("fs");
    permissions.checkFile(what, path);
    return () ->
        RealFiles.use(() -> OpenFile.open(script, permissions.reach(what, path), flags, mode));
  }

  /** What fs-descriptors.js asks for, which waits for it. */
  private void addPiecesNow(Binding binding) {
    binding.add("openFileNow", a -> opening(a).call());
    binding.add("readFileNow", a -> toScript(file(a).read(a[2].asLong(), a[3].asInt())));
    binding.addVoid("writeFileNow", a -> file(a).write(Bytes.fromScript(a, 3), a[2].asLong()));
    binding.add("statFileNow", a -> stat(file(a).path()));
    binding.addVoid("truncateFileNow", a -> file(a).truncate(a[2].asLong()));
    binding.addVoid("syncFileNow", a -> file(a).sync());
    binding.addVoid(
        "closeFileNow",
        a -> {
          OpenFile file = file(a);
          file.deactivate();
          file.close();
        });
  }

  private static OpenFile file(Value[] arguments) {
    OpenFile file = arguments[1].asProxyObject();
    return file.claim();
  }

  private @Nullable Object toScript(@Nullable Object result) {
    return result instanceof byte[] bytes ? script.bytes().toScript(bytes) : result;
  }

  /** Reads the arguments on the loop, and gives what is to be done. */
  private Callable<? extends @Nullable Object> operation(Value[] arguments, int at) {
    String name = arguments[at].asString();
    Path path = Path.of(arguments[at + 1].asString());
    Value more = arguments.length > at + 2 ? arguments[at + 2] : null;
    Permissions permissions = script.permissions();
    permissions.checkModule("fs");
    switch (name) {
      case "lstat", "unlink", "mkdir", "rmdir", "rename", "readlink" ->
          permissions.checkName(name, path);
      default -> permissions.checkFile(name, path);
    }
    return switch (name) {
      case "read" -> onFile(name, path, FileBinding::read);
      case "write" -> write(path, more, StandardOpenOption.TRUNCATE_EXISTING);
      case "append" -> write(path, more, StandardOpenOption.APPEND);
      case "stat" -> onFile(name, path, file -> stat(file));
      case "lstat" -> onName(name, path, file -> stat(file, LinkOption.NOFOLLOW_LINKS));
      case "unlink" -> onName(name, path, nothing(FileBinding::unlink));
      case "mkdir" -> onName(name, path, nothing(Files::createDirectory));
      case "mkdirs" -> onFile(name, path, nothing(Files::createDirectories));
      case "rmdir" -> onName(name, path, nothing(Files::delete));
      case "readdir" -> onFile(name, path, FileBinding::list);
      case "rename" -> {
        Path target = Path.of(Objects.requireNonNull(more).asString());
        permissions.checkName(name, target);
        yield () -> RealFiles.move(() -> rename(path, target));
      }
      case "readlink" -> onName(name, path, file -> Files.readSymbolicLink(file).toString());
      case "copy" -> {
        Path target = Path.of(Objects.requireNonNull(more).asString());
        boolean isExclusive = arguments[at + 3].asBoolean();
        permissions.checkFile(name, target);
        yield () -> RealFiles.use(() -> copy(path, target, isExclusive));
      }
      case "utimes" -> {
        long accessed = Objects.requireNonNull(more).asLong();
        long modified = arguments[at + 3].asLong();
        yield onFile(name, path, nothing(file -> setTimes(file, accessed, modified)));
      }
      case "realpath" -> onFile(name, path, file -> file.toRealPath().toString());
      case "access" -> {
        int mode = Objects.requireNonNull(more).asInt();
        yield onFile(name, path, nothing(file -> access(file, mode)));
      }
      case "chmod" -> {
        int mode = Objects.requireNonNull(more).asInt();
        yield onFile(
            name, path, nothing(file -> Files.setPosixFilePermissions(file, permissions(mode))));
      }
      default -> throw new IllegalArgumentException("no such operation: " + name);
    };
  }

  /** What is done to the file that a path leads to. */
  private Callable<Object> onFile(String name, Path path, FileTask task) {
    return () -> RealFiles.use(() -> task.run(script.permissions().reach(name, path)));
  }

  /** What is done to an entry of a folder, be it a link. */
  private Callable<Object> onName(String name, Path path, FileTask task) {
    return () -> RealFiles.use(() -> task.run(script.permissions().reachName(name, path)));
  }

  private Object rename(Path path, Path target) throws IOException {
    Permissions permissions = script.permissions();
    Files.move(
        permissions.reachName("rename", path),
        permissions.reachName("rename", target),
        StandardCopyOption.REPLACE_EXISTING);
    return DONE;
  }

  private Object copy(Path path, Path target, boolean isExclusive) throws IOException {
    Permissions permissions = script.permissions();
    Path source = permissions.reach("copy", path);
    Path copy = permissions.reach("copy", target);
    if (Files.isDirectory(source)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    if (isExclusive) {
      Files.copy(source, copy);
    } else {
      Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return DONE;
  }

  private static void setTimes(Path path, long accessed, long modified) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class)
        .setTimes(FileTime.fromMillis(modified), FileTime.fromMillis(accessed), null);
  }

  private static FileTask nothing(FileAction action) {
    return file -> {
      action.run(file);
      return DONE;
    };
  }

  /** What is done with a path that was checked. */
  @FunctionalInterface
  private interface FileTask {
    Object run(Path file) throws IOException;
  }

  /** A {@link FileTask} that gives nothing back. */
  @FunctionalInterface
  private interface FileAction {
    void run(Path file) throws IOException;
  }

  /** Bytes as JavaScript holds them until they are written: without members. */
  private static final class Content implements Proxy {
    final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private static Callable<@Nullable Object> done(Task task) {
    return () -> {
      task.run();
      return null;
    };
  }

  /** What gives nothing back. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }

  private static byte[] read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    return Files.readAllBytes(path);
  }

  private Callable<Object> write(Path path, @Nullable Value bytes, StandardOpenOption option) {
    Content content = Objects.requireNonNull(bytes).asProxyObject();
    return onFile(
        "write",
        path,
        nothing(
            file ->
                Files.write(
                    file,
                    content.bytes,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    option)));
  }

  private static void unlink(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    Files.delete(path);
  }

  private static void access(Path path, int mode) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    boolean allowed =
        ((mode & 4) == 0 || Files.isReadable(path))
            && ((mode & 2) == 0 || Files.isWritable(path))
            && ((mode & 1) == 0 || Files.isExecutable(path));
    if (!allowed) {
      throw new AccessDeniedException(path.toString());
    }
  }

  private static Object stat(Path path, LinkOption... options) throws IOException {
    Map<String, Object> facts = Files.readAttributes(path, "unix:*", options);
    String kind =
        isTrue(facts, "isRegularFile")
            ? "file"
            : isTrue(facts, "isDirectory")
                ? "folder"
                : isTrue(facts, "isSymbolicLink") ? "link" : "other";
    return ProxyArray.fromArray(
        kind,
        facts.get("size"),
        facts.get("mode"),
        millis(facts.get("lastModifiedTime")),
        millis(facts.get("lastAccessTime")),
        millis(facts.get("creationTime")),
        facts.get("ino"),
        facts.get("nlink"),
        facts.get("uid"),
        facts.get("gid"));
  }

  private static boolean isTrue(Map<String, Object> facts, String name) {
    return Boolean.TRUE.equals(facts.get(name));
  }

  private static long millis(@Nullable Object time) {
    return ((FileTime) Objects.requireNonNull(time)).toMillis();
  }

  private static Object list(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      List<Object> names =
          entries.map(entry -> (Object) String.valueOf(entry.getFileName())).sorted().toList();
      return ProxyArray.fromList(names);
    }
  }

  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // owner's read first
    for (int i = 0; i < all.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(all[i]);
      }
    }
    return permissions;
  }

  private void lookup(String host, int family, Value callback) {
    script.permissions().checkModule("dns");
    Work.start(
        script,
        callback,
        () -> {
          List<Object> found;
          try {
            found =
                Stream.of(InetAddress.getAllByName(host))
                    .map(address -> (Object) IpText.of(address))
                    .filter(text -> family == 0 || text.toString().contains(":") == (family == 6))
                    .toList();
          } catch (UnknownHostException e) {
            found = List.of();
          }
          if (found.isEmpty()) {
            throw new LookupException(host);
          }
          return ProxyArray.fromList(found);
        });
  }

  /** No address for a host. */
  static final class LookupException extends IOException {
    private static final long serialVersionUID = 1L;

    LookupException(String host) {
      super("getaddrinfo ENOTFOUND " + host);
    }
  }
}
