package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One end of an in-memory connection. It also holds the engine to the contract of {@link
 * LegacyTransport.Connection}: a call that the contract forbids fails the test.
 */
final class FakeConnection implements LegacyTransport.Connection {
  final FakePipe in;
  final FakePipe out;

  /** How many bytes each flush had to hand over; one without any is not counted. */
  final List<Integer> flushes = new ArrayList<>();

  /** The arguments of {@code setReading}, in order. */
  final List<Boolean> readingCalls = new ArrayList<>();

  private final FakeTransport transport;
  private final LegacyTransport.ConnectionEvents events;
  private final SocketAddress local;
  private final SocketAddress remote;

  private byte @Nullable [] receiving;
  private final ByteBuffer gathering = ByteBuffer.allocate(Outbox.GATHERING);
  private byte[] refused = new byte[0];
  private long taken;
  private boolean established;
  private boolean reading;
  private boolean inputOver;
  private boolean outputFailed;
  private boolean finSent;
  private boolean closed;

  FakeConnection(
      FakeTransport transport,
      LegacyTransport.ConnectionEvents events,
      FakePipe in,
      FakePipe out,
      SocketAddress local,
      SocketAddress remote) {
    this.transport = transport;
    this.events = events;
    this.in = in;
    this.out = out;
    this.local = local;
    this.remote = remote;
  }

  void established() {
    established = true;
    transport.connections.add(this);
  }

  boolean isClosed() {
    return closed;
  }

  boolean isReading() {
    return reading;
  }

  /** Does what the kernel has become ready for, one thing at a time; false if for nothing. */
  boolean poll() {
    return !closed && (pollOutput() || pollInput());
  }

  private boolean pollOutput() {
    if (refused.length == 0) {
      return false;
    }
    if (out.reset) {
      outputFails();
      return true;
    }
    int count = offer(refused, refused.length);
    refused = Arrays.copyOfRange(refused, count, refused.length);
    if (refused.length == 0) {
      events.writable();
    }
    return count > 0;
  }

  private boolean pollInput() {
    boolean hangUp = transport.noticesHangUps && (in.reset || in.fin);
    if (inputOver || !(reading || hangUp)) {
      return false;
    }
    if (in.size() > 0) {
      receive(in.take(hangUp ? Integer.MAX_VALUE : events.readBudget()));
      return true;
    }
    if (in.reset) {
      inputOver = true;
      events.readFailed(NetException.of("read", ErrorCode.ECONNRESET, remote, null));
      return true;
    }
    if (in.fin) {
      inputOver = true;
      events.ended();
      return true;
    }
    return false;
  }

  private void receive(byte[] bytes) {
    if (events.passesThrough() instanceof FakeConnection destination) {
      destination.flush();
      destination.handOver(bytes);
      events.passedThrough(bytes.length, destination.refused.length == 0);
    } else {
      receiving = bytes;
      events.received(bytes);
      receiving = null;
    }
  }

  // What the engine calls.

  @Override
  public int write(byte[] bytes, int from, int to) {
    checkWritable();
    int count = Math.min(to - from, gathering.remaining());
    gathering.put(bytes, from, count);
    return count;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // this very array
  public boolean forward(byte[] bytes, int from, int to) {
    checkWritable();
    if (bytes != receiving) {
      return false;
    }
    flush();
    handOver(Arrays.copyOfRange(bytes, from, to));
    return true;
  }

  @Override
  public void write(WriteQueue queue) {
    checkWritable();
    queue.drainTo(gathering);
  }

  private void checkWritable() {
    checkOpen();
    if (finSent) {
      throw new AssertionError("write after shutdownOutput");
    }
  }

  private void checkOpen() {
    transport.checkInLoop();
    if (closed || !established) {
      throw new AssertionError(closed ? "closed" : "not connected");
    }
  }

  @Override
  public boolean flush() {
    checkOpen();
    if (gathering.position() > 0) {
      byte[] bytes = Arrays.copyOf(gathering.array(), gathering.position());
      gathering.clear();
      handOver(bytes);
    }
    return refused.length == 0;
  }

  private void handOver(byte[] bytes) {
    flushes.add(bytes.length);
    if (outputFailed) {
      return;
    }
    if (out.reset) {
      outputFails();
      return;
    }
    int count = refused.length == 0 ? offer(bytes, bytes.length) : 0;
    int before = refused.length;
    refused = Arrays.copyOf(refused, before + bytes.length - count);
    System.arraycopy(bytes, count, refused, before, bytes.length - count);
  }

  private int offer(byte[] bytes, int length) {
    int count = out.put(bytes, 0, length);
    taken += count;
    return count;
  }

  private void outputFails() {
    refused = new byte[0];
    if (!outputFailed) {
      outputFailed = true;
      events.writeFailed(NetException.of("write", ErrorCode.EPIPE, remote, null));
    }
  }

  @Override
  public long waiting() {
    return gathering.position() + refused.length;
  }

  @Override
  public long progress() {
    return taken;
  }

  @Override
  public void setReading(boolean on) {
    checkOpen();
    readingCalls.add(on);
    reading = on;
  }

  @Override
  public void shutdownOutput() {
    checkWritable();
    if (waiting() > 0) {
      throw new AssertionError("shutdownOutput while " + waiting() + " bytes wait");
    }
    finSent = true;
    out.fin = true;
  }

  @Override
  public void close() {
    transport.checkInLoop();
    if (closed) {
      return;
    }
    closed = true;
    gathering.clear();
    refused = new byte[0];
    out.fin = true;
    in.reset = true; // what the far end writes from now on fails
    transport.connections.remove(this);
    if (transport.closesLater) {
      transport.execute(events::closed);
    } else {
      events.closed();
    }
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public int descriptor() {
    return -1;
  }

  @Override
  public void setNoDelay(boolean on) {
    checkOpen();
  }

  @Override
  public void setKeepAlive(boolean on, long initialDelayMillis) {
    checkOpen();
  }

  @Override
  public void startTls(Credentials credentials, boolean client, String host, List<Buffer> first) {
    throw new UnsupportedOperationException("no TLS in memory");
  }

  @Override
  public SSLSession tlsSession() {
    return null;
  }

  @Override
  public String alpnProtocol() {
    return null;
  }
}
