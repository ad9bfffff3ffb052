package evented.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/** The far end of a {@link FakeSocket}, played by the test. */
final class FakePeer implements FarEnd {
  private final FakeSocket socket;
  private final FakePipe toSocket;
  private final FakePipe fromSocket;

  FakePeer(FakeSocket socket, FakePipe toSocket, FakePipe fromSocket) {
    this.socket = socket;
    this.toSocket = toSocket;
    this.fromSocket = fromSocket;
  }

  /** The near end: what the engine has. */
  FakeSocket socket() {
    return socket;
  }

  FakePeer send(String text) {
    send(text.getBytes(ISO_8859_1));
    return this;
  }

  @Override
  public void send(byte[] bytes) {
    toSocket.put(ByteBuffer.wrap(bytes));
  }

  @Override
  public void end() {
    toSocket.fin = true;
  }

  @Override
  public void reset() {
    socket.reset();
  }

  @Override
  public void close() {
    toSocket.fin = true;
    fromSocket.writeFailure = ErrorCode.EPIPE;
  }

  /** Has the near end's next read fail once what was sent has been read. */
  FakePeer failReads(ErrorCode code) {
    toSocket.readFailure = code;
    return this;
  }

  /** Has the near end's writes fail from now on; reading does not show it. */
  FakePeer failWrites(ErrorCode code) {
    fromSocket.writeFailure = code;
    return this;
  }

  /** Limits how much the kernel holds until this peer takes it. */
  FakePeer limitKernelBuffer(int bytes) {
    fromSocket.capacity = bytes;
    return this;
  }

  /** Has each read of the near end bring fewer bytes than it could; 0 is a wake-up in vain. */
  FakePeer shortenReads(IntUnaryOperator grant) {
    toSocket.grantRead = grant;
    return this;
  }

  /** Has the near end's kernel take fewer bytes with each write than it could. */
  FakePeer shortenWrites(IntUnaryOperator grant) {
    fromSocket.grantWrite = grant;
    return this;
  }

  /** Reads what is in the kernel. */
  byte[] takeBytes() {
    return fromSocket.takeAll();
  }

  /** Reads what is in the kernel, as Latin-1 text. */
  String take() {
    return new String(takeBytes(), ISO_8859_1);
  }

  /** Whether the near end's FIN comes next. */
  boolean atEnd() {
    return fromSocket.size() == 0 && fromSocket.fin && fromSocket.readFailure == null;
  }

  @Override
  public byte[] receive(int count) {
    byte[] bytes = new byte[count];
    int taken = fromSocket.take(ByteBuffer.wrap(bytes));
    if (taken < count) {
      throw new AssertionError("only " + taken + " of " + count + " bytes came");
    }
    return bytes;
  }

  @Override
  public void awaitEnd() {
    if (!atEnd()) {
      throw new AssertionError("no FIN came next");
    }
  }
}
