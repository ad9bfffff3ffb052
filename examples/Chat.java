import evented.net.Net;
import evented.net.Stream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chat room. The first line that you type is your name.
 *
 * <pre>
 *   ./evented examples/Chat.java 8125
 *   nc localhost 8125     (in one window, and in another one)
 * </pre>
 *
 * <p>All listeners run on one thread, so the map of guests needs no lock.
 */
public class Chat {
  /** How much may wait for a guest who does not read, in bytes, before he is shown out. */
  private static final long PATIENCE = 1 << 20;

  private static final int LONGEST_LINE = 64 << 10;

  private final Map<Stream, String> guests = new LinkedHashMap<>();

  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8125;
    Chat room = new Chat();
    var server = Net.createServer(room::enter);
    server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
  }

  private void enter(Stream stream) {
    StringBuilder unfinished = new StringBuilder();
    stream.setEncoding("utf8").maxBufferSize(PATIENCE);
    stream.write("Your name?\n");
    stream.onText(
        text -> {
          // A line may come in several pieces, and several lines in one.
          unfinished.append(text);
          int end;
          while ((end = unfinished.indexOf("\n")) >= 0) {
            String line = unfinished.substring(0, end).strip();
            unfinished.delete(0, end + 1);
            hear(stream, line);
          }
          if (unfinished.length() > LONGEST_LINE) {
            stream.destroy();
          }
        });
    stream.onError(error -> System.err.println(error.getMessage()));
    stream.onClose(hadError -> leave(stream));
  }

  private void hear(Stream stream, String line) {
    String name = guests.get(stream);
    if (name != null) {
      tellAll(name + ": " + line);
    } else if (line.isEmpty() || guests.containsValue(line)) {
      stream.write("Another name, please.\n");
    } else {
      guests.put(stream, line);
      tellAll("* " + line + " has joined");
    }
  }

  private void leave(Stream stream) {
    String name = guests.remove(stream);
    if (name != null) {
      tellAll("* " + name + " has left");
    }
  }

  private void tellAll(String line) {
    for (Stream guest : guests.keySet()) {
      if (guest.writable()) {
        guest.write(line + "\n", "utf8");
      }
    }
  }
}
