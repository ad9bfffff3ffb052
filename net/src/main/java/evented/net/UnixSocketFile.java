package evented.net;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file of a UNIX socket that this process has made. It remembers which file that was, so that
 * one which another server has put in its place since is left alone.
 */
final class UnixSocketFile {
  // Of a file's mode, as stat(2) tells it.
  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;

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

  /**
   * Makes room for a socket at {@code address}: removes one that nobody serves. To be called under
   * the lock.
   *
   * @throws NetException EADDRINUSE if anything else is there; it is left alone
   */
  static void makeRoom(Transport transport, UnixDomainSocketAddress address) throws NetException {
    Path path = address.getPath();
    if (attributesOf(path) == null) {
      return;
    }
    try {
      if (isSocket(path) && isDead(transport, address)) {
        Files.deleteIfExists(path);
        return;
      }
    } catch (IOException e) {
      // It cannot be removed, so it is in the way.
    }
    throw NetException.of("listen", ErrorCode.EADDRINUSE, address, /* cause= */ null);
  }

  /** Whether nobody serves a socket shows by connecting to it. */
  private static boolean isDead(Transport transport, UnixDomainSocketAddress address) {
    try {
      transport.connect(address).close();
      return false;
    } catch (NetException e) {
      // A full backlog (EAGAIN) or a missing right (EACCES) is no sign of death.
      return ErrorCode.ECONNREFUSED.name().equals(e.code());
    }
  }

  /** Whether a socket, rather than a FIFO, a device or any other file, is at {@code path}. */
  private static boolean isSocket(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      BasicFileAttributes attributes = attributesOf(path);
      return attributes != null && attributes.isOther();
    }
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return ((Integer) mode & FILE_TYPE) == SOCKET;
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
