package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** A peer that sends without end and reads nothing. */
final class Flood {
  private static final byte[] BLOCK = new byte[64 * 1024];

  /** For so many milliseconds nothing may move, and then nothing will. */
  private static final int QUIET_TICKS = 20;

  private Flood() {}

  /**
   * Writes until the socket has taken nothing for a while, and {@code stream} waits for this end to
   * read. The channel is left non-blocking.
   */
  static void untilBothDirectionsAreStuck(SocketChannel peer, Stream stream) throws IOException {
    peer.configureBlocking(false);
    Await.until(
        "both directions are stuck", () -> !takesMore(peer, stream) && stream.bufferSize() > 0);
  }

  /** Writes until the socket has taken nothing for a while. The channel is left non-blocking. */
  static void untilStuck(SocketChannel peer, Stream stream) throws IOException {
    peer.configureBlocking(false);
    Await.until("nothing more is taken", () -> !takesMore(peer, stream));
  }

  private static boolean takesMore(SocketChannel peer, Stream stream) {
    try {
      if (peer.write(ByteBuffer.wrap(BLOCK)) > 0) {
        return true;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return moves(stream);
  }

  /** Whether anything arrives at {@code stream} in a while. */
  static boolean moves(Stream stream) {
    long read = stream.bytesRead();
    Await.get(ticks(stream, QUIET_TICKS));
    return read != stream.bytesRead();
  }

  /** Completes after so many timers of a millisecond on the stream's loop. */
  static CompletableFuture<Void> ticks(Stream stream, int count) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    LoopThread thread = stream.engine().thread;
    class Tick implements Runnable {
      private int left = count;

      @Override
      public void run() {
        if (left-- > 0) {
          thread.schedule(this, 1);
        } else {
          done.complete(null);
        }
      }
    }
    thread.later(new Tick());
    return done;
  }
}
