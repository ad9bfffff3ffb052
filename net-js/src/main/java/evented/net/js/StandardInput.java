package evented.net.js;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What {@code process.stdin} reads: piece by piece, each when the script asks for it. */
final class StandardInput extends Handle {
  private static final int PIECE = 64 * 1024;

  private final InputStream input;

  /** A thread of its own, since a read may take for ever. */
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "evented-js-stdin");
            thread.setDaemon(true);
            return thread;
          });

  StandardInput(Script script, InputStream input) {
    super(script);
    this.input = input;
  }

  /** Calls back with bytes, or with null at the end. */
  void read(Value callback) {
    activate();
    reader.execute(
        () -> {
          byte @Nullable [] bytes = read();
          script().loop().execute(() -> received(callback, bytes));
        });
  }

  private byte @Nullable [] read() {
    byte[] piece = new byte[PIECE];
    try {
      int count = input.read(piece);
      return count < 0 ? null : Arrays.copyOf(piece, count);
    } catch (IOException e) {
      return null; // a terminal that has gone away
    }
  }

  private void received(Value callback, byte @Nullable [] bytes) {
    deactivate();
    if (bytes == null) {
      reader.shutdown();
    }
    if (script().isStopped()) {
      return;
    }
    script().call(callback, bytes == null ? null : script().bytes().toScript(bytes));
  }

  @Override
  void release() {
    deactivate();
    reader.shutdown();
  }
}
