package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A far end that is a channel of the JDK's, which no selector knows. */
final class ChannelFarEnd implements FarEnd {
  private final SocketChannel channel;

  ChannelFarEnd(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
  }

  static ChannelFarEnd connect(SocketAddress address) {
    try {
      return new ChannelFarEnd(Wire.rawSocket(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SocketAddress localAddress() throws IOException {
    return channel.getLocalAddress();
  }

  SocketAddress remoteAddress() throws IOException {
    return channel.getRemoteAddress();
  }

  @Override
  public void send(byte[] bytes) {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    Await.until(
        "the kernel takes it all",
        () -> {
          int before = left.position();
          int unused = io(() -> channel.write(left));
          return !left.hasRemaining() || left.position() < before;
        });
  }

  @Override
  public byte[] receive(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    Await.until(
        count + " bytes",
        () -> {
          if (io(() -> channel.read(bytes)) < 0) {
            throw new AssertionError("FIN after " + bytes.position() + " of " + count + " bytes");
          }
          return !bytes.hasRemaining();
        });
    return bytes.array();
  }

  @Override
  public void awaitEnd() {
    ByteBuffer none = ByteBuffer.allocate(1);
    Await.until("FIN", () -> io(() -> channel.read(none)) < 0);
    if (none.position() > 0) {
      throw new AssertionError("a byte before FIN");
    }
  }

  @Override
  public void end() {
    io(channel::shutdownOutput);
  }

  @Override
  public void reset() {
    io(
        () -> {
          if (!(channel.getRemoteAddress() instanceof UnixDomainSocketAddress)) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
          }
          channel.close();
          return null;
        });
  }

  @Override
  public void close() {
    io(
        () -> {
          channel.close();
          return null;
        });
  }

  private interface Io<T> {
    T run() throws IOException;
  }

  private static <T> T io(Io<T> io) {
    try {
      return io.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
