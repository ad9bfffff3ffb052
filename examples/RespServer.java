import static evented.net.Encoding.LATIN1;

import evented.net.Buffer;
import evented.net.Net;
import evented.net.Server;
import evented.net.Stream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A small Redis (RESP2) in memory: PING, ECHO, GET, SET, INCR, DEL and EXISTS.
 *
 * <pre>
 *   ./evented examples/RespServer.java 6379
 *   redis-benchmark -t set,get -P 16
 * </pre>
 *
 * <p>The replies to all that came in one chunk leave together, since writes are gathered. A client
 * that does not read them is not read either, so it cannot fill the memory with them.
 */
public class RespServer {
  private static final int MANY = 1 << 20; // arguments, or chunks that wait
  private static final int LONGEST_ARGUMENT = 512 << 20;
  private static final int LONGEST_COMMAND = 1 << 30;
  private static final int LONGEST_LINE = 64 << 10;
  private static final int PATIENCE = 5_000; // milliseconds for hanging up after the last reply

  private static final Buffer CRLF = Buffer.of("\r\n");
  private static final Buffer EMPTY = Buffer.of("");
  private static final Buffer ZERO = Buffer.of("0");
  private static final Buffer OK = Buffer.of("+OK\r\n");
  private static final Buffer PONG = Buffer.of("+PONG\r\n");
  private static final Buffer NIL = Buffer.of("$-1\r\n");
  private static final Buffer SYNTAX = error("syntax error");

  /** With {@code most} words at most, the name included. */
  private record Command(String name, int least, int most, Function<List<Buffer>, Buffer> reply) {}

  private final Map<Buffer, Command> commands = new HashMap<>();

  /** The values, each as GET replies it. */
  private final Map<Buffer, Buffer> store = new HashMap<>();

  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 6379;
    Server server = server();
    server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
  }

  /** A server with a store of its own, which does not listen yet. */
  static Server server() {
    RespServer resp = new RespServer();
    return Net.createServer(stream -> resp.new Client(stream));
  }

  private RespServer() {
    add("ping", 1, 2, args -> args.size() == 1 ? PONG : bulk(args.get(1)));
    add("echo", 2, 2, args -> bulk(args.get(1)));
    add("get", 2, 2, args -> store.getOrDefault(args.get(1), NIL));
    add("set", 3, MANY, args -> args.size() > 3 ? SYNTAX : set(args.get(1), args.get(2), OK));
    add("incr", 2, 2, args -> increment(args.get(1)));
    add("del", 2, MANY, args -> count(args, store.keySet()::remove));
    add("exists", 2, MANY, args -> count(args, store::containsKey));
    add("select", 2, 2, args -> args.get(1).equals(ZERO) ? OK : error("DB index is out of range"));
    add("quit", 1, MANY, args -> EMPTY);
    // What redis-cli and redis-benchmark ask when they start.
    add("command", 1, MANY, args -> Buffer.of("*0\r\n"));
    add("config", 3, 3, args -> Buffer.concat(Buffer.of("*2\r\n"), bulk(args.get(2)), bulk(EMPTY)));
    add("hello", 1, MANY, args -> Buffer.of("-NOPROTO unsupported protocol version\r\n"));
  }

  private void add(String name, int least, int most, Function<List<Buffer>, Buffer> reply) {
    Command command = new Command(name, least, most, reply);
    commands.put(Buffer.of(name), command);
    commands.put(Buffer.of(name.toUpperCase(Locale.ROOT)), command);
  }

  /** Carries out a command, whose name is the first of {@code args}, and returns the reply. */
  private Buffer reply(List<Buffer> args) {
    Command command = commands.get(args.get(0));
    if (command == null) {
      String name = args.get(0).toString(LATIN1);
      command = commands.get(Buffer.of(name.toLowerCase(Locale.ROOT)));
      if (command == null) {
        return error(String.format("unknown command '%.128s'", name));
      }
    }
    return args.size() < command.least || args.size() > command.most
        ? error("wrong number of arguments for '" + command.name + "' command")
        : command.reply.apply(args);
  }

  private Buffer set(Buffer key, Buffer value, Buffer reply) {
    Buffer stored = bulk(value);
    if (store.replace(key, stored) == null) {
      store.put(Buffer.of(key.toByteArray()), stored); // a slice would keep the whole chunk
    }
    return reply;
  }

  private Buffer increment(Buffer key) {
    Buffer value = store.getOrDefault(key, bulk(ZERO));
    int from = value.indexOf((byte) '\n') + 1;
    String digits = value.slice(from, value.length() - 2).toString(LATIN1);
    try {
      long number = Long.parseLong(digits);
      if (!digits.equals(Long.toString(number))) {
        throw new NumberFormatException("+1 or 01");
      }
      String next = Long.toString(Math.incrementExact(number));
      return set(key, Buffer.of(next), Buffer.of(":" + next + "\r\n"));
    } catch (NumberFormatException e) {
      return error("value is not an integer or out of range");
    } catch (ArithmeticException e) {
      return error("increment or decrement would overflow");
    }
  }

  private static Buffer count(List<Buffer> args, Predicate<Buffer> test) {
    return Buffer.of(":" + args.stream().skip(1).filter(test).count() + "\r\n");
  }

  private static Buffer bulk(Buffer bytes) {
    return Buffer.concat(Buffer.of("$" + bytes.length() + "\r\n"), bytes, CRLF);
  }

  private static Buffer error(String message) {
    return Buffer.of("-ERR " + message.replaceAll("[\r\n]", " ") + "\r\n", LATIN1);
  }

  /** One connection: finds the commands in its bytes, however those are cut into chunks. */
  private final class Client {
    private final Stream stream;
    private final List<Buffer> early = new ArrayList<>(); // what was too little to go on with
    private int needed; // so many bytes more will do
    private Buffer input = EMPTY; // all of them
    private int at; // how far input has been read
    private List<Buffer> args = new ArrayList<>(); // of the command that is being read
    private int missing; // so many of them have not come
    private int length = -1; // of the next one; -1 if that has not come either
    private int size; // of those whose length has come

    Client(Stream stream) {
      this.stream = stream.setNoDelay();
      stream.onData(this::receive);
      stream.onDrain(stream::resume);
      stream.onTimeout(stream::destroy);
      stream.onError(error -> {}); // that a client has hung up is no news
    }

    private void receive(Buffer chunk) {
      early.add(chunk);
      needed -= chunk.length();
      if (needed > 0 && early.size() < MANY) {
        return;
      }
      input = Buffer.concat(early);
      early.clear();
      at = 0;
      try {
        while (stream.writable() && (length < 0 ? readLine() : readArgument())) {
          if (missing == 0 && !args.isEmpty()) {
            send(reply(args));
            args = new ArrayList<>();
            size = 0;
          }
        }
      } catch (ProtocolException e) {
        end(error("Protocol error: " + e.getMessage()));
      }
      if (at < input.length()) {
        early.add(Buffer.of(input.slice(at).toByteArray()));
      }
      input = EMPTY;
    }

    private void send(Buffer reply) {
      if (reply.isEmpty()) { // to quit
        end(OK);
      } else if (!stream.write(reply)) { // the rest waits for drain
        stream.pause().unshift(input.slice(at));
        at = input.length();
      }
    }

    private void end(Buffer lastReply) {
      stream.removeAllListeners("data"); // what still comes is dropped
      stream.setTimeout(PATIENCE).end(lastReply);
    }

    private boolean readArgument() {
      int end = at + length;
      needed = end + 2 - input.length();
      if (needed > 0) {
        return false;
      }
      args.add(input.slice(at, end));
      at = end + 2;
      length = -1;
      missing--;
      return true;
    }

    /** Reads *3, the number of arguments; $5, the length of one; or a command as people type it. */
    private boolean readLine() throws ProtocolException {
      int end = input.indexOf((byte) '\n', at);
      if (end < 0) {
        needed = 1;
        if (input.length() - at > LONGEST_LINE) {
          String kind = input.get(at) == '*' ? "mbulk count string" : "inline request";
          throw new ProtocolException("too big " + (missing > 0 ? "bulk count string" : kind));
        }
        return false;
      }
      char first = (char) (input.get(at) & 0xff);
      if (missing > 0 && first != '$') {
        throw new ProtocolException("expected '$', got '" + first + "'");
      } else if (missing > 0) {
        length = readNumber(end, Math.min(LONGEST_ARGUMENT, LONGEST_COMMAND - size), "bulk");
        size += length;
      } else if (first == '*') {
        missing = input.get(at + 1) == '-' ? 0 : readNumber(end, MANY, "multibulk");
      } else {
        StringTokenizer words = new StringTokenizer(input.slice(at, end).toString(LATIN1));
        while (words.hasMoreTokens()) {
          args.add(Buffer.of(words.nextToken(), LATIN1));
        }
      }
      at = end + 1;
      return true;
    }

    /** Reads the digits between the first byte of a line and its CR; none may follow a lone 0. */
    private int readNumber(int end, int most, String kind) throws ProtocolException {
      int number = 0;
      boolean good = end > at + 2 && input.get(end - 1) == '\r';
      for (int i = at + 1; good && i < end - 1; i++) {
        int digit = input.get(i) - '0';
        good = digit >= 0 && digit <= 9 && number <= most / 10 && (number > 0 || i == at + 1);
        number = 10 * number + digit;
      }
      if (!good || number > most) {
        throw new ProtocolException("invalid " + kind + " length");
      }
      return number;
    }
  }
}
