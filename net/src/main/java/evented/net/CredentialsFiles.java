package evented.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes credentials anew when the files have changed that they are made from. Whether they have is
 * told by what the system says of them, which is one call for each, and none is opened. Links are
 * followed, so that one which points elsewhere is a change too.
 */
final class CredentialsFiles implements Supplier<Credentials> {
  private final List<Path> files;
  private final Supplier<Credentials> maker;
  private List<String> stamps = List.of();
  private @Nullable Credentials made;

  CredentialsFiles(List<Path> files, Supplier<Credentials> maker) {
    this.files = List.copyOf(files);
    this.maker = maker;
  }

  /** What was made of the files as they are; of former ones if these were tried in vain before. */
  @Override
  public synchronized Credentials get() {
    // Taken before they are read: should they change meanwhile, the next call makes others.
    List<String> now = new ArrayList<>();
    for (Path file : files) {
      now.add(stamp(file));
    }
    Credentials credentials = made;
    if (credentials == null || !now.equals(stamps)) {
      stamps = now;
      credentials = maker.get();
      made = credentials;
    }
    return credentials;
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
