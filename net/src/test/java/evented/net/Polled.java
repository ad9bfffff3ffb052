package evented.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A transport that a test polls itself, and peers from the JDK. All are closed with it. */
final class Polled implements AutoCloseable {
  private static final long GLANCE_NANOS = Duration.ofMillis(10).toNanos();

  final Transport transport;
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final List<SocketChannel> peers = new ArrayList<>();

  Polled(String name) {
    transport = Transports.open(name);
  }

  /** Listens on the loopback. */
  Listener listen() throws NetException {
    return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  Listener listen(SocketAddress address) throws NetException {
    Listener listener = transport.listen(address, 511, /* reusePort= */ false);
    listeners.add(listener);
    return listener;
  }

  /** A blocking socket of the JDK that is connected to {@code listener}. */
  SocketChannel peer(Listener listener) throws IOException {
    SocketChannel peer = SocketChannel.open(listener.localAddress());
    peers.add(peer);
    return peer;
  }

  /** The connection that waits for {@code listener}. */
  PolledSocket accept(Listener listener) throws NetException {
    Socket[] accepted = new Socket[1];
    until(
        () -> {
          accepted[0] = acceptNow(listener);
          return accepted[0] != null;
        });
    transport.register(accepted[0]);
    return track(accepted[0]);
  }

  private static @Nullable Socket acceptNow(Listener listener) {
    try {
      return listener.accept();
    } catch (NetException e) {
      throw new AssertionError(e);
    }
  }

  PolledSocket connect(SocketAddress address) throws NetException {
    return track(transport.connect(address));
  }

  PolledSocket track(Socket socket) {
    sockets.add(socket);
    return new PolledSocket(socket);
  }

  /** Polls until {@code condition} is met. */
  void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Await.DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + Await.DEADLINE);
      }
      transport.poll(GLANCE_NANOS);
    }
  }

  /** Says whether a poll sleeps for as long as it may, which it does not if anything is ready. */
  boolean sleeps() {
    long before = System.nanoTime();
    transport.poll(GLANCE_NANOS);
    return System.nanoTime() - before >= GLANCE_NANOS;
  }

  static void write(SocketChannel peer, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
    while (bytes.hasRemaining()) {
      peer.write(bytes);
    }
  }

  /** Has the peer's kernel send RST. */
  static void reset(SocketChannel peer) throws IOException {
    peer.setOption(StandardSocketOptions.SO_LINGER, 0);
    peer.close();
  }

  @Override
  public void close() throws IOException {
    sockets.forEach(Socket::close);
    listeners.forEach(Listener::close);
    for (SocketChannel peer : peers) {
      peer.close();
    }
    transport.close();
  }
}
