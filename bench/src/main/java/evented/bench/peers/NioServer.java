package evented.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** A hand-written selector loop: {@code NioServer echo|reply|broadcast PORT_OR_PATH}. */
public final class NioServer {
  private static final int MESSAGE = 64;
  private static final int BUFFER = 64 * 1024;

  private final String task;
  private final Selector selector = Selector.open();
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer answers = ByteBuffer.allocateDirect(BUFFER);
  private final Set<Connection> connections = new LinkedHashSet<>();

  private NioServer(String task) throws IOException {
    this.task = task;
    byte[] bytes = new byte[BUFFER];
    Arrays.fill(bytes, (byte) 'y');
    answers.put(bytes);
  }

  public static void main(String[] arguments) throws IOException {
    new NioServer(arguments[0]).serve(listen(arguments[1]));
  }

  private static ServerSocketChannel listen(String address) throws IOException {
    if (address.startsWith("/")) {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
          .bind(UnixDomainSocketAddress.of(address), 511);
    }
    return ServerSocketChannel.open()
        .bind(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address)),
            511);
  }

  private void serve(ServerSocketChannel server) throws IOException {
    server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    System.out.println(
        "listening "
            + (server.getLocalAddress() instanceof InetSocketAddress tcp
                ? tcp.getPort()
                : "there"));
    while (true) {
      selector.select(this::handle);
    }
  }

  private void handle(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (connection == null) {
        accept((ServerSocketChannel) key.channel());
      } else if (connection.pending != null) {
        connection.writePending();
      } else {
        read(connection);
      }
    } catch (IOException broken) {
      drop(connection);
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      Connection connection = new Connection(channel);
      connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
      connections.add(connection);
    }
  }

  private void read(Connection connection) throws IOException {
    incoming.clear();
    int count = connection.channel.read(incoming);
    if (count < 0) {
      drop(connection);
      return;
    }
    incoming.flip();
    switch (task) {
      case "echo" -> connection.write(incoming);
      case "reply" -> reply(connection, count);
      default -> broadcast();
    }
  }

  private void reply(Connection connection, int count) throws IOException {
    int bytes = (connection.partial + count) / MESSAGE * MESSAGE;
    connection.partial = (connection.partial + count) % MESSAGE;
    if (bytes > 0) {
      connection.write(answers.limit(bytes).position(0));
    }
  }

  private void broadcast() {
    for (Connection each : connections) {
      try {
        each.write(incoming.rewind());
      } catch (IOException broken) {
        each.key.cancel(); // its own event drops it
      }
    }
  }

  private void drop(Connection connection) {
    connections.remove(connection);
    connection.key.cancel();
    try {
      connection.channel.close();
    } catch (IOException e) {
      // It is gone, which is what was asked for.
    }
  }

  private static final class Connection {
    final SocketChannel channel;
    SelectionKey key;
    int partial;
    ByteBuffer pending;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void write(ByteBuffer bytes) throws IOException {
      if (pending == null) {
        channel.write(bytes);
      }
      if (bytes.hasRemaining()) {
        keep(bytes);
      }
    }

    private void keep(ByteBuffer bytes) {
      ByteBuffer kept =
          ByteBuffer.allocate(bytes.remaining() + (pending == null ? 0 : pending.remaining()));
      if (pending != null) {
        kept.put(pending);
      }
      pending = kept.put(bytes).flip();
      key.interestOps(SelectionKey.OP_WRITE);
    }

    void writePending() throws IOException {
      channel.write(pending);
      if (!pending.hasRemaining()) {
        pending = null;
        key.interestOps(SelectionKey.OP_READ);
      }
    }
  }
}
