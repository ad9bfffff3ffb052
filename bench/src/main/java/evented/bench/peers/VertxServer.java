package evented.bench.peers;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Vert.x, with its native transport: {@code VertxServer jdk|openssl echo|reply|broadcast|proxy|tls
 * PORT_OR_PATH [target port | key certificate]}. The first argument is the engine for TLS.
 */
public final class VertxServer {
  private static final int MESSAGE = 64;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  private final String[] arguments;

  private VertxServer(String[] arguments) {
    this.arguments = arguments;
  }

  public static void main(String[] arguments) {
    new VertxServer(arguments).listen();
  }

  private void listen() {
    Handler<NetSocket> task = task();
    SocketAddress address =
        arguments[2].startsWith("/")
            ? SocketAddress.domainSocketAddress(arguments[2])
            : SocketAddress.inetSocketAddress(Integer.parseInt(arguments[2]), "127.0.0.1");
    vertx
        .createNetServer(options())
        .connectHandler(
            socket -> {
              socket.exceptionHandler(error -> {});
              task.handle(socket);
            })
        .listen(address)
        .onSuccess(server -> System.out.println("listening " + server.actualPort()))
        .onFailure(
            error -> {
              System.err.println(error);
              System.exit(1);
            });
  }

  private NetServerOptions options() {
    NetServerOptions options = new NetServerOptions();
    if (arguments[1].equals("tls")) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions().setKeyPath(arguments[3]).setCertPath(arguments[4]));
      if (arguments[0].equals("openssl")) {
        options.setSslEngineOptions(new OpenSSLEngineOptions());
      }
    }
    return options;
  }

  private Handler<NetSocket> task() {
    return switch (arguments[1]) {
      case "echo", "tls" -> socket -> socket.handler(socket::write);
      case "reply" -> VertxServer::reply;
      case "broadcast" -> broadcast();
      case "proxy" -> proxy(Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[1]);
    };
  }

  /** Answers every 64 bytes with a message of its own. */
  private static void reply(NetSocket socket) {
    Buffer answer = Buffer.buffer("y".repeat(MESSAGE));
    int[] partial = {0};
    socket.handler(
        data -> {
          partial[0] += data.length();
          for (; partial[0] >= MESSAGE; partial[0] -= MESSAGE) {
            socket.write(answer);
          }
        });
  }

  private static Handler<NetSocket> broadcast() {
    Set<NetSocket> sockets = new LinkedHashSet<>();
    return socket -> {
      sockets.add(socket);
      socket.handler(data -> sockets.forEach(each -> each.write(data)));
      socket.closeHandler(closed -> sockets.remove(socket));
    };
  }

  private Handler<NetSocket> proxy(int port) {
    NetClient client = vertx.createNetClient();
    return socket -> {
      socket.pause();
      client
          .connect(port, "127.0.0.1")
          .onSuccess(
              upstream -> {
                socket.pipeTo(upstream);
                upstream.pipeTo(socket);
              })
          .onFailure(error -> socket.close());
    };
  }
}
