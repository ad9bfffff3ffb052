package evented.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file of a UNIX socket that this process has made (semantics S2). It remembers which file that
 * was, so that one which another server has put in its place since is left alone.
 */
final class UnixSocketFile {
  private final Path path;
  private final @Nullable Object key;

  private UnixSocketFile(Path path, @Nullable Object key) {
    this.path = path;
    this.key = key;
  }

  /** The file at {@code path}, which was made just now. */
  static UnixSocketFile own(String path) {
    Path absolute = Path.of(path).toAbsolutePath(); // the working directory is the kernel's, too
    return new UnixSocketFile(absolute, keyOf(absolute));
  }

  /** Removes the file, if it is still the same. */
  void remove() {
    try {
      if (key != null && key.equals(keyOf(path))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      Reports.warn("Cannot remove the UNIX socket " + path + ": " + e);
    }
  }

  /** Removes whatever socket is at {@code path}; says whether it is gone. */
  static boolean remove(String path) {
    try {
      Files.deleteIfExists(Path.of(path));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a socket, rather than some other file, is at {@code path}. */
  static boolean isSocket(String path) {
    BasicFileAttributes attributes = attributesOf(Path.of(path));
    return attributes != null && attributes.isOther();
  }

  /** Whether there is any file at {@code path}, be it a symbolic link to nowhere. */
  static boolean exists(String path) {
    return attributesOf(Path.of(path)) != null;
  }

  private static @Nullable Object keyOf(Path path) {
    BasicFileAttributes attributes = attributesOf(path);
    return attributes == null ? null : attributes.fileKey();
  }

  private static @Nullable BasicFileAttributes attributesOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return null;
    }
  }
}
