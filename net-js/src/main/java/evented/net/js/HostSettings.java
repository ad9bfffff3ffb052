package evented.net.js;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** What a {@link Host.Builder} has gathered. */
final class HostSettings {
  private static final Logger LOGGER = System.getLogger("evented.net.js");

  static final IntConsumer NONE = code -> {};

  Permissions permissions =
      new Permissions(Permissions.DEFAULT_MODULES, file -> false, false, NetworkAccess.NONE);
  Consumer<PolyglotException> onUncaught =
      error -> LOGGER.log(Level.ERROR, "Uncaught error in a script", error);
  IntConsumer onExit = NONE;
  boolean endsWhenIdle;
  boolean globals; // also for a context of the application's own
  boolean signals;
  String terminals = ""; // the digits of the standard descriptors that are terminals
  String command = "evented";
  List<String> options = List.of(); // those of the launcher
  String[] arguments = {"evented"};
  @Nullable Path main;
  Map<String, String> environment = Map.of();
  InputStream input = InputStream.nullInputStream();
  OutputStream output = System.out;
  OutputStream error = System.err;
  ProvidedModules modules = new ProvidedModules();

  HostSettings copy() {
    HostSettings copy = new HostSettings();
    copy.permissions = permissions;
    copy.onUncaught = onUncaught;
    copy.onExit = onExit;
    copy.endsWhenIdle = endsWhenIdle;
    copy.globals = globals;
    copy.signals = signals;
    copy.terminals = terminals;
    copy.command = command;
    copy.options = options;
    copy.arguments = arguments.clone();
    copy.main = main;
    copy.environment = environment;
    copy.input = input;
    copy.output = output;
    copy.error = error;
    copy.modules = modules.copy();
    return copy;
  }

  /**
   * Whether it is the file that the host was told to run, which may be read whatever is allowed;
   * not if a script has put a link in its place.
   */
  boolean isMain(Path file) {
    try {
      return file.equals(main) && file.toRealPath().equals(main);
    } catch (IOException e) {
      return false;
    }
  }
}
