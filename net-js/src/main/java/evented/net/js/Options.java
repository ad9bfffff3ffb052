package evented.net.js;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code ./evented} is told on its command line, in the words of Node's. */
final class Options {
  /** Node's port for debuggers. */
  private static final int INSPECTOR_PORT = 9229;

  private static final Pattern INSPECT =
      Pattern.compile("--inspect(-brk|-wait)?(?:=(?:(.+):)?(\\d{1,5})|=(.+))?");

  final List<String> required = new ArrayList<>();
  final List<String> imported = new ArrayList<>();

  /** The options themselves, as {@code process.execArgv} shows them. */
  final List<String> given = new ArrayList<>();

  /** The text to run in place of a file. */
  @Nullable String code;

  boolean print;
  boolean checkOnly;
  boolean isModule;

  /** The host and the port for debuggers; null for none. */
  @Nullable String inspector;

  boolean waitsForDebugger;

  /** The script; {@code -} for the standard input, null if there is none. */
  @Nullable String file;

  List<String> arguments = List.of();

  private final List<String> words;
  private int next;

  private Options(List<String> words) {
    this.words = words;
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it has an option that there is not, or one without its
   *     value
   */
  static Options parse(String... words) {
    Options options = new Options(List.of(words));
    options.read();
    return options;
  }

  private void read() {
    while (next < words.size()) {
      String word = words.get(next);
      if (!word.startsWith("-") || word.equals("-")) {
        break;
      }
      next++;
      if (word.equals("--")) {
        break;
      }
      given.add(word);
      take(word);
    }
    List<String> rest = words.subList(next, words.size());
    if (code == null && !rest.isEmpty()) {
      file = rest.get(0);
      arguments = rest.subList(1, rest.size());
    } else {
      arguments = rest;
    }
    if (checkOnly && (file == null || code != null)) {
      throw new IllegalArgumentException("--check needs a file, and no --eval");
    }
  }

  private void take(String word) {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String name = equals < 0 ? word : word.substring(0, equals);
    String inline = equals < 0 ? null : word.substring(equals + 1);
    switch (name) {
      case "-e", "--eval" -> code = value(name, inline);
      case "-p", "-pe", "--print" -> {
        print = true;
        code = value(name, inline);
      }
      case "-c", "--check" -> checkOnly = true;
      case "-r", "--require" -> required.add(value(name, inline));
      case "--import" -> imported.add(value(name, inline));
      case "--input-type" -> isModule = inputType(value(name, inline));
      case "--inspect", "--inspect-brk", "--inspect-wait" -> inspect(word);
      default ->
          throw new IllegalArgumentException(
              "unknown option " + word + "; ./evented --help tells the options");
    }
  }

  private String value(String name, @Nullable String inline) {
    if (inline != null) {
      return inline;
    }
    if (next == words.size()) {
      throw new IllegalArgumentException(name + " needs an argument");
    }
    String value = words.get(next++);
    given.add(value);
    return value;
  }

  private static boolean inputType(String type) {
    if (!type.equals("module") && !type.equals("commonjs")) {
      throw new IllegalArgumentException("--input-type must be \"module\" or \"commonjs\"");
    }
    return type.equals("module");
  }

  private void inspect(String word) {
    Matcher match = INSPECT.matcher(word);
    if (!match.matches()) {
      throw new IllegalArgumentException("not an address for debuggers: " + word);
    }
    String host = match.group(2) != null ? match.group(2) : match.group(4);
    int port = match.group(3) == null ? INSPECTOR_PORT : Integer.parseInt(match.group(3));
    if (port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    inspector = (host == null ? "127.0.0.1" : host) + ":" + port;
    waitsForDebugger |= match.group(1) != null;
  }
}
