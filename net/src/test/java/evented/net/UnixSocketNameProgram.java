package evented.net;

import java.nio.file.Files;
import java.nio.file.Path;

/** Listens at a name with letters beyond ASCII, and says what comes of it. */
final class UnixSocketNameProgram {
  static final String NAME_IN_ASCII = "s?cket";
  private static final String NAME = "s\u00f6cket";

  private UnixSocketNameProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("evented");
    Server server = Net.createServer(stream -> {});
    server.onListening(
        () -> {
          System.out.println("listening " + Files.exists(folder.resolve(NAME)));
          server.close();
        });
    server.onError(error -> System.out.println("error " + error.getMessage()));
    try {
      server.listen(folder + "/" + NAME);
    } catch (IllegalArgumentException e) {
      System.out.println("refused " + e.getMessage().replace(folder + "/", ""));
    }
    folder.toFile().deleteOnExit();
  }
}
