package evented.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a test does with a blocking socket of the JDK's own, and with the bytes on it. */
final class RawBytes {
  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "deadlines of raw sockets");
            thread.setDaemon(true);
            return thread;
          });

  private RawBytes() {}

  /** Bytes in which every block differs from every other, so that a swap or a loss shows. */
  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    int x = 0x9E3779B9;
    for (int i = 0; i < length; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      bytes[i] = (byte) x;
    }
    return bytes;
  }

  static void write(SocketChannel channel, String text) throws IOException {
    write(channel, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Reads until the other side's FIN; fails if that takes longer than {@link Await#DEADLINE}. */
  static byte[] readAll(SocketChannel channel) throws IOException {
    Future<?> deadline = closeWhenLate(channel);
    try {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (channel.read(buffer) >= 0) {
        if (!buffer.hasRemaining()) {
          buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
        }
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } finally {
      deadline.cancel(false);
    }
  }

  static String readAllText(SocketChannel channel) throws IOException {
    return new String(readAll(channel), StandardCharsets.ISO_8859_1);
  }

  /** Reads exactly so many bytes, as text; fails as {@link #readAll} does. */
  static String readText(SocketChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    Future<?> deadline = closeWhenLate(channel);
    try {
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // until all are there
      }
    } finally {
      deadline.cancel(false);
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
  }

  /** A blocking read has no timeout of its own, but fails when its channel is closed. */
  private static Future<?> closeWhenLate(SocketChannel channel) {
    return DEADLINES.schedule(
        () -> {
          channel.close();
          return null;
        },
        Await.DEADLINE.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Closes so that the other side gets a reset: with a linger time of 0 on TCP. A UNIX socket
   * resets if it is closed with unread input; without any, the other side sees a plain close.
   */
  static void reset(SocketChannel channel) throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    channel.close();
  }
}
