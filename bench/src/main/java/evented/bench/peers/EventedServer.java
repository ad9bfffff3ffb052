package evented.bench.peers;

import evented.net.Buffer;
import evented.net.Credentials;
import evented.net.Net;
import evented.net.Stream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Evented: {@code EventedServer echo|pipe|reply|broadcast|proxy|tls PORT_OR_PATH [target port | key
 * certificate]}.
 */
public final class EventedServer {
  private static final int MESSAGE = 64;

  private EventedServer() {}

  public static void main(String[] arguments) {
    var server = Net.createServer(task(arguments));
    server.onListening(() -> System.out.println("listening " + server.port()));
    if (arguments[1].startsWith("/")) {
      server.listen(arguments[1]);
    } else {
      server.listen(Integer.parseInt(arguments[1]), "127.0.0.1");
    }
  }

  private static Consumer<Stream> task(String[] arguments) {
    return switch (arguments[0]) {
      case "echo" -> EventedServer::echo;
      case "pipe" -> stream -> stream.onError(error -> {}).pipe(stream);
      case "reply" -> reply();
      case "broadcast" -> broadcast();
      case "proxy" -> proxy(Integer.parseInt(arguments[2]));
      case "tls" -> secureEcho(Path.of(arguments[2]), Path.of(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[0]);
    };
  }

  private static void echo(Stream stream) {
    stream.onData(stream::write);
    stream.onError(error -> {});
  }

  /** Answers every 64 bytes with a message of its own. */
  private static Consumer<Stream> reply() {
    byte[] bytes = new byte[MESSAGE];
    Arrays.fill(bytes, (byte) 'y');
    Buffer answer = Buffer.of(bytes);
    return stream -> {
      int[] partial = {0};
      stream.onData(
          data -> {
            partial[0] += data.length();
            for (; partial[0] >= MESSAGE; partial[0] -= MESSAGE) {
              stream.write(answer);
            }
          });
      stream.onError(error -> {});
    };
  }

  private static Consumer<Stream> broadcast() {
    Set<Stream> streams = new LinkedHashSet<>();
    return stream -> {
      streams.add(stream);
      stream.onData(data -> streams.forEach(each -> each.write(data)));
      stream.onClose(hadError -> streams.remove(stream));
      stream.onError(error -> {});
    };
  }

  private static Consumer<Stream> proxy(int port) {
    return client -> {
      Stream upstream = Net.createConnection(port, "127.0.0.1");
      client.pipe(upstream).pipe(client);
      client.onError(error -> upstream.destroy());
      upstream.onError(error -> client.destroy());
    };
  }

  private static Consumer<Stream> secureEcho(Path key, Path certificate) {
    Credentials credentials = Credentials.builder().key(key).cert(certificate).build();
    return stream -> {
      stream.setSecure(credentials);
      echo(stream);
    };
  }
}
