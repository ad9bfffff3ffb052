package evented.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets one process at a time take a UNIX socket's place in the file system. Without it two could
 * find the same dead file, and the slower one remove what the quicker has put there; or one could
 * take a socket for dead that another has bound but does not listen on yet.
 *
 * <p>The lock is on a file beside the socket, which is there only while it is held.
 */
final class UnixSocketLock {
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /** What is done under the lock; it must not block. */
  interface Action {
    void run() throws NetException;
  }

  private UnixSocketLock() {}

  /**
   * Runs {@code action} under the lock.
   *
   * @return false if another process holds the lock: then nothing was done
   */
  static boolean tryRun(Path socket, Action action) throws NetException {
    Path file = socket.resolveSibling(socket.getFileName() + ".lock");
    synchronized (UnixSocketLock.class) { // within this process the system's lock does not count
      FileChannel channel;
      try {
        channel = FileChannel.open(file, OPTIONS);
      } catch (IOException e) {
        action.run(); // where no file can be made no socket can, and that says why
        return true;
      }
      try (channel;
          FileLock lock = channel.tryLock()) {
        if (lock == null || !isStill(file, channel)) {
          return false;
        }
        try {
          action.run();
        } finally {
          Files.deleteIfExists(file); // before the lock is let go
        }
        return true;
      } catch (NetException e) {
        throw e;
      } catch (IOException e) {
        throw NetException.of("listen", null, e);
      }
    }
  }

  /**
   * Whether the locked file has not been removed by the one who held the lock before. It gets a
   * length that hardly any other has, with a hole for its content; to open it once more in order to
   * look would be fatal, since closing that again gives up this process's lock.
   */
  private static boolean isStill(Path file, FileChannel channel) throws IOException {
    long length = ThreadLocalRandom.current().nextLong(1, 1L << 30);
    channel.write(ByteBuffer.allocate(1), length - 1);
    try {
      return Files.size(file) == length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
