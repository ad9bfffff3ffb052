package evented.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The far end of a {@link FakeConnection}, played by the test. */
final class FakePeer {
  private final FakeConnection connection;

  FakePeer(FakeConnection connection) {
    this.connection = connection;
  }

  /** The near end: what the engine has. */
  FakeConnection connection() {
    return connection;
  }

  FakePeer send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  FakePeer send(byte[] bytes) {
    connection.in.put(bytes, 0, bytes.length);
    return this;
  }

  /** Sends FIN. */
  FakePeer end() {
    connection.in.fin = true;
    return this;
  }

  /** Sends RST: what was sent before can still be read, what was not read is gone. */
  FakePeer reset() {
    connection.in.reset = true;
    connection.out.reset = true;
    return this;
  }

  /** Has the near end's next read fail once what was sent has been read. */
  FakePeer failReads() {
    connection.in.reset = true;
    return this;
  }

  /** Has the near end's writes fail from now on; reading does not show it. */
  FakePeer failWrites() {
    connection.out.reset = true;
    return this;
  }

  /** Limits how much the kernel holds until this peer takes it. */
  FakePeer limitKernelBuffer(int bytes) {
    connection.out.capacity = bytes;
    return this;
  }

  /** Reads what is in the kernel. */
  byte[] takeBytes() {
    return connection.out.take(Integer.MAX_VALUE);
  }

  /** Reads what is in the kernel, as Latin-1 text. */
  String take() {
    return new String(takeBytes(), ISO_8859_1);
  }

  /** Whether the near end's FIN comes next. */
  boolean atEnd() {
    return connection.out.size() == 0 && connection.out.fin;
  }
}
