package evented.net;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code source.pipe(outputStream)}: writes off the loop what a stream reads.
 *
 * <p>The loop thread adds chunks; while there are some, one task on a helper thread writes them.
 * When more than 64 KiB wait, the source is paused until they are written.
 */
final class BlockingPipe implements Runnable {
  private static final int LIMIT = 64 * 1024;

  private static final ExecutorService HELPERS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "evented-pipe");
            thread.setDaemon(true);
            return thread;
          });

  private final StreamEngine source;
  private final OutputStream destination;
  private final boolean closesDestination;

  /** Keeps the program alive until the last byte is written, though the stream may have closed. */
  private final Liveness.Handle handle = new Liveness.Handle();

  // Guarded by this.
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private boolean writing;
  private boolean paused;
  private boolean ended;
  private boolean broken;

  BlockingPipe(StreamEngine source, OutputStream destination, boolean closesDestination) {
    this.source = source;
    this.destination = destination;
    this.closesDestination = closesDestination;
  }

  void start() {
    source.stream.on("end", this::end);
    source.stream.on("close", this::end);
    source.stream.add(
        "data", new DataListener((Consumer<Buffer>) this::add, DataListener.Kind.BYTES));
  }

  private synchronized void add(Buffer chunk) {
    if (broken) {
      return;
    }
    waiting.add(chunk);
    waitingBytes += chunk.length();
    if (waitingBytes > LIMIT && !paused) {
      paused = true;
      source.pause();
    }
    write();
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      write();
    }
  }

  private void write() {
    if (!writing) {
      writing = true;
      handle.activate();
      HELPERS.execute(this);
    }
  }

  @Override
  public void run() {
    try {
      Buffer chunk;
      while ((chunk = next()) != null) {
        destination.write(chunk.array(), chunk.offset(), chunk.length());
        checkWritten();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** The next chunk to write; null when this task is done. */
  private @Nullable Buffer next() throws IOException {
    while (true) {
      boolean finished;
      synchronized (this) {
        Buffer chunk = waiting.poll();
        if (chunk != null) {
          waitingBytes -= chunk.length();
          return chunk;
        }
        if (paused) {
          paused = false;
          source.resume();
        }
        finished = ended;
      }
      if (finished && closesDestination) {
        destination.close();
      } else {
        destination.flush();
      }
      checkWritten();
      synchronized (this) {
        if (waiting.isEmpty() && finished == ended) {
          writing = false;
          handle.deactivate();
          return null;
        }
      }
    }
  }

  /** A PrintStream such as {@code System.out} throws nothing when its reader has gone. */
  private void checkWritten() throws NetException {
    if (destination instanceof PrintStream printer && printer.checkError()) {
      throw NetException.of("write", ErrorCode.EPIPE, null, null);
    }
  }

  private void fail(Exception cause) {
    synchronized (this) {
      broken = true;
      waiting.clear();
      writing = false;
      handle.deactivate();
    }
    source.destroy(StreamEngine.asNetException(cause));
  }
}
