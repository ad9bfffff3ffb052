package evented.net.js;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where the paths that a script names really lead. What is allowed is asked of that path, and the
 * same path is used.
 *
 * <p>A script can change where a path leads by one operation only, a rename: it cannot make a link,
 * but it can move one. So a rename waits until nothing lies between a check and the use that it was
 * for, in any host of this JVM.
 */
final class RealFiles {
  private static final ReentrantReadWriteLock NAMES = new ReentrantReadWriteLock();

  private RealFiles() {}

  /** Runs what checks a path and uses it. */
  static <T> T use(Use<T> use) throws IOException {
    return locked(NAMES.readLock(), use);
  }

  /** Runs what moves names. */
  static <T> T move(Use<T> use) throws IOException {
    return locked(NAMES.writeLock(), use);
  }

  private static <T> T locked(Lock lock, Use<T> use) throws IOException {
    lock.lock();
    try {
      return use.run();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The absolute path to the same file without links and {@code ..}, as the system follows them:
   * {@code link/..} is what lies above the link's target. Of a file that is not there yet it is the
   * real path of the folder that would hold it, and its name.
   */
  static Path follow(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    try {
      return absolute.toRealPath();
    } catch (IOException e) {
      Path parent = absolute.getParent();
      if (parent == null) {
        throw e;
      }
      return child(parent, absolute, e);
    }
  }

  /** As {@link #follow}, but a link that the path ends in is meant itself. */
  static Path followAllButLast(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null || isStep(absolute)
        ? follow(absolute)
        : child(parent, absolute, new NoSuchFileException(file.toString()));
  }

  private static Path child(Path parent, Path file, IOException missing) throws IOException {
    if (isStep(file)) {
      throw missing; // what it begins at is not there
    }
    return follow(parent).resolve(file.getFileName());
  }

  private static boolean isStep(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals("..") || name.equals(".");
  }

  /** Refuses a link: what {@link #follow} leaves as one leads nowhere, or round in a circle. */
  static Path refuseLink(Path real) throws IOException {
    if (Files.isSymbolicLink(real)) {
      throw new NoSuchFileException(real.toString());
    }
    return real;
  }

  /** What may fail as files do. */
  @FunctionalInterface
  interface Use<T> {
    T run() throws IOException;
  }
}
