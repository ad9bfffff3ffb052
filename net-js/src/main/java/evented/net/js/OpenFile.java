package evented.net.js;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that a script reads or writes in pieces, each by a {@link Work} of its own, one after
 * another. It does not keep the script going, and is closed with it.
 */
final class OpenFile extends Handle {
  private final FileChannel channel;
  private final Path path;
  private final boolean appends; // where the channel itself cannot, as it reads as well

  private OpenFile(Script script, FileChannel channel, Path path, boolean appends) {
    super(script);
    this.channel = channel;
    this.path = path;
    this.appends = appends;
  }

  /** Opens a file; off the loop, since even that may take its time. */
  static OpenFile open(Script script, Path path, String flags, int mode) throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    FileAttribute<?> permissions =
        PosixFilePermissions.asFileAttribute(FileBinding.permissions(mode));
    FileChannel channel = FileChannel.open(path, options(flags), permissions);
    return new OpenFile(script, channel, path, flags.equals("a+"));
  }

  private static Set<? extends OpenOption> options(String flags) {
    return switch (flags) {
      case "r" -> Set.of(StandardOpenOption.READ);
      case "r+" -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
      case "w" ->
          Set.of(
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING);
      case "w+" ->
          Set.of(
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING);
      case "wx" -> Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      case "wx+" ->
          Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      case "a+" ->
          Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      case "a" ->
          Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      case "ax" ->
          Set.of(
              StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
      default ->
          throw new IllegalArgumentException(
              "flags must be r, r+, w, w+, wx, wx+, a, a+ or ax, was " + flags);
    };
  }

  /** On the loop: it belongs to the script from now on. */
  OpenFile claim() {
    reference(false);
    activate();
    return this;
  }

  /**
   * Reads what there is, at a position or, if that is negative, from where it stands.
   *
   * @return at most {@code length} bytes; null at the end of the file
   */
  byte @Nullable [] read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = position < 0 ? channel.read(bytes) : channel.read(bytes, position);
    if (count < 0) {
      return null;
    }
    return count == length ? bytes.array() : Arrays.copyOf(bytes.array(), count);
  }

  /** Writes all bytes, at a position or, if that is negative, to where it stands. */
  void write(byte[] content, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (appends) {
      channel.position(channel.size());
    }
    while (bytes.hasRemaining()) {
      if (position < 0) {
        channel.write(bytes);
      } else {
        channel.write(bytes, position + bytes.position());
      }
    }
  }

  /** Cuts the file off, or fills it with zeros, so that it is of a size. */
  void truncate(long size) throws IOException {
    long present = channel.size();
    if (size < present) {
      channel.truncate(size);
    } else if (size > present) {
      channel.write(ByteBuffer.allocate(1), size - 1);
    }
  }

  /** Has all that was written reach the disk. */
  void sync() throws IOException {
    channel.force(true);
  }

  /** The path that it was opened by. */
  Path path() {
    return path;
  }

  void close() throws IOException {
    channel.close();
  }

  @Override
  void release() {
    deactivate();
    try {
      channel.close();
    } catch (IOException e) {
      // The script that wrote it is no more.
    }
  }
}
