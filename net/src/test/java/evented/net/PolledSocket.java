package evented.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket of a transport that a test polls, with a log of what it was told. */
final class PolledSocket implements Socket.Handler {
  final Socket socket;
  final List<String> events = new ArrayList<>();
  private final ByteBuffer region = ByteBuffer.allocate(16 * 1024);
  private final StringBuilder text = new StringBuilder();
  long bytesRead;
  boolean ended;

  /** In place of reading. */
  @Nullable Runnable onReadable;

  /** After the log. */
  @Nullable Runnable onWritable;

  PolledSocket(Socket socket) {
    this.socket = socket;
    socket.handler(this);
  }

  /** Reads once. */
  void read() {
    try {
      int count = socket.read(region.clear());
      if (count < 0) {
        ended = true;
        events.add("end");
      } else {
        bytesRead += count;
        text.append(StandardCharsets.ISO_8859_1.decode(region.flip()));
      }
    } catch (NetException e) {
      events.add("error " + e.code());
    }
  }

  /** Writes until the kernel takes no more. */
  void fill() throws NetException {
    ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
    while (socket.write(chunk.clear()) == chunk.capacity()) {
      // There is room for more.
    }
  }

  String text() {
    return text.toString();
  }

  boolean wasTold(String event) {
    return events.contains(event);
  }

  @Override
  public void readable() {
    if (onReadable != null) {
      onReadable.run();
    } else {
      read();
    }
  }

  @Override
  public void writable() {
    events.add("writable");
    if (onWritable != null) {
      onWritable.run();
    }
  }

  @Override
  public void hungUp(@Nullable NetException cause) {
    events.add("hungUp " + (cause == null ? null : cause.code()));
  }
}
