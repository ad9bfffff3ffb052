package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One random life of a stream, over TCP or a UNIX socket, a client's or a server's. Whatever was
 * done to it, both sides end in the end; then all data must have come, unless the life was cut off:
 * then what has come must be the beginning of it.
 */
final class SocketLife {
  private static final int MOST_STEPS = 16;

  private final TestNet net;
  private final long seed;
  private final Random random;
  private final Wire wire;
  private final SocketChannel peer;
  private final Stream stream;
  private final List<String> steps = new ArrayList<>();
  private final ByteBuffer into = ByteBuffer.allocate(1 << 16);

  // What has been done.
  private long sent; // by the peer
  private long written; // by the user, and accepted
  private boolean peerEnded;
  private boolean peerReset;
  private boolean destroyed;
  private long taken; // by the peer, of what was written

  // What has happened; only on the loop.
  private final List<String> events = new ArrayList<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<List<String>> closed = new CompletableFuture<>();
  private long dataSeen;
  private int refusals;
  private int drains;

  SocketLife(TestNet net, long seed) {
    this.net = net;
    this.seed = seed;
    random = new Random(seed);
    wire = random.nextBoolean() ? Wire.TCP : Wire.UNIX;
    boolean allowHalfOpen = random.nextBoolean();
    try {
      if (random.nextBoolean()) {
        CompletableFuture<Stream> accepted = new CompletableFuture<>();
        Server server =
            net.server(
                stream -> {
                  listen(stream);
                  accepted.complete(stream);
                });
        SocketAddress address = net.listen(wire, server.allowHalfOpen(allowHalfOpen));
        peer = Wire.rawSocket(address);
        stream = Await.get(accepted);
        server.close();
      } else {
        try (RawServer server = new RawServer(wire, net)) {
          stream = net.onLoop(() -> connect(server.address(), allowHalfOpen));
          peer = server.accept();
        }
      }
      peer.configureBlocking(false);
      Await.get(connected); // a reset that comes before is another story
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream connect(SocketAddress address, boolean allowHalfOpen) {
    Stream stream = net.loop().newStream().allowHalfOpen(allowHalfOpen);
    listen(stream);
    Wire.connect(stream, address);
    return stream;
  }

  private void listen(Stream stream) {
    stream.onConnect(
        () -> {
          happened("connect", stream.readyState() == ReadyState.OPEN);
          connected.complete(null);
        });
    stream.onData(
        chunk -> {
          NumberedBytes.check(chunk.toByteArray(), chunk.length(), dataSeen);
          dataSeen += chunk.length();
          check(!events.contains("end") && !closed.isDone(), "no data after the end");
        });
    stream.onEnd(
        () -> {
          ReadyState state = stream.readyState();
          happened("end", state == ReadyState.WRITE_ONLY || state == ReadyState.CLOSED);
        });
    stream.onDrain(
        () -> {
          drains++;
          check(drains <= refusals, "no drain without a refusal");
          check(stream.bufferSize() == 0, "nothing waits at a drain");
        });
    stream.onError(
        error -> happened("error " + error.code(), stream.readyState() == ReadyState.CLOSED));
    stream.onClose(
        hadError -> {
          happened("close " + hadError, stream.readyState() == ReadyState.CLOSED);
          closed.complete(List.copyOf(events));
        });
  }

  private void happened(String event, boolean isStateRight) {
    events.add(event);
    check(isStateRight, "the state at " + event);
  }

  /** Whatever is wrong is an event that no life may have. */
  private void check(boolean condition, String what) {
    if (!condition) {
      events.add("not so: " + what);
    }
  }

  void live() {
    try {
      int count = 1 + random.nextInt(MOST_STEPS);
      for (int i = 0; i < count; i++) {
        step();
      }
      comeToTheEnd();
    } catch (AssertionError | IOException e) {
      throw new AssertionError(
          "seed " + seed + " over " + wire + ", after " + steps + ": " + e.getMessage(), e);
    } finally {
      close();
    }
  }

  private void step() throws IOException {
    int size = random.nextInt(1 << random.nextInt(18));
    boolean rarely = random.nextInt(6) == 0;
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> write(size);
      case 3 -> onLoop("end", stream::end);
      case 4 -> {
        if (rarely) {
          destroyed = true;
          onLoop("destroy", stream::destroy);
        }
      }
      case 5 -> onLoop("pause", stream::pause);
      case 6 -> onLoop("resume", stream::resume);
      case 7, 8 -> send(size);
      case 9 -> endPeer();
      case 10 -> {
        if (rarely) {
          resetPeer();
        }
      }
      default -> take();
    }
  }

  private void onLoop(String step, Runnable call) {
    steps.add(step);
    net.onLoop(
        () -> {
          call.run();
          return null;
        });
  }

  private void write(int count) {
    onLoop(
        "write " + count,
        () -> {
          ReadyState state = stream.readyState();
          if (state == ReadyState.OPEN || state == ReadyState.WRITE_ONLY) {
            if (!stream.write(NumberedBytes.of(written, count))) {
              refusals++;
            }
            written += count;
          }
        });
  }

  private boolean isPeerOpen() {
    return !peerReset && !destroyed;
  }

  private void send(int count) throws IOException {
    if (isPeerOpen() && !peerEnded) {
      int taken = peer.write(ByteBuffer.wrap(NumberedBytes.of(sent, count)));
      steps.add("peer sends " + taken + " of " + count);
      sent += taken;
    }
  }

  private void endPeer() throws IOException {
    if (isPeerOpen() && !peerEnded) {
      steps.add("peer ends");
      peerEnded = true;
      peer.shutdownOutput();
    }
  }

  private void resetPeer() throws IOException {
    if (isPeerOpen()) {
      steps.add("peer resets");
      peerReset = true;
      RawBytes.reset(peer);
    }
  }

  /** Reads once; says whether the stream's FIN came. */
  private boolean take() throws IOException {
    if (!isPeerOpen()) {
      return false;
    }
    int count = peer.read(into.clear());
    steps.add("peer takes " + count);
    if (count > 0) {
      NumberedBytes.check(into.array(), count, taken);
      taken += count;
    }
    return count < 0;
  }

  private void comeToTheEnd() throws IOException {
    boolean peerFirst = random.nextBoolean();
    if (peerFirst) {
      endPeer();
    }
    onLoop("resume at last", stream::resume);
    onLoop("end at last", stream::end);
    endPeer();
    if (isPeerOpen()) {
      Await.until("the stream's FIN", this::tookFin);
      check(net.onLoop(() -> written) == taken, "the peer has got all of " + written);
    }
    List<String> happened = Await.get(closed);
    checkEvents(happened, net.onLoop(() -> List.copyOf(events)));
  }

  private boolean tookFin() {
    try {
      return take();
    } catch (IOException e) {
      throw new AssertionError("the peer cannot read", e);
    }
  }

  private void checkEvents(List<String> happened, List<String> later) {
    List<String> expected = new ArrayList<>(List.of("connect"));
    boolean ended = happened.contains("end");
    if (ended) {
      expected.add("end");
    }
    String last = happened.get(happened.size() - 1);
    if (peerReset && last.equals("close true")) {
      expected.add(happened.contains("error EPIPE") ? "error EPIPE" : "error ECONNRESET");
    }
    expected.add(last);
    boolean clean = isPeerOpen();
    boolean mayEnd = peerEnded || (peerReset && wire == Wire.UNIX);
    boolean mustBeClean = !peerReset;
    if (!happened.equals(expected)
        || !later.equals(happened)
        || (clean && !ended)
        || (ended && !mayEnd)
        || (mustBeClean && !last.equals("close false"))
        || (peerReset && !ended && !destroyed && !last.equals("close true"))) {
      throw new AssertionError("events " + later);
    }
    if (dataSeen > sent || (ended && dataSeen < sent)) {
      throw new AssertionError(dataSeen + " bytes of " + sent + " came; events " + later);
    }
  }

  private void close() {
    stream.destroy();
    try {
      peer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
