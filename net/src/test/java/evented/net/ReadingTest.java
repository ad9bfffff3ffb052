package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics R1 to R7, and what of the faults belongs to reading. */
class ReadingTest {
  private static final int MEGABYTE = 1 << 20;

  // R1, F11, F12.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R1_whatAServersStreamGetsWhileNoOneListensIsDropped(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> log = new CompletableFuture<>();
      SocketAddress address = net.serve(wire, stream -> log.complete(EventLog.withoutData(stream)));
      try (SocketChannel peer = Wire.rawSocket(address)) {
        RawBytes.write(peer, new byte[MEGABYTE]);
      }
      assertThat(Await.get(log).awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R1_F11_aLateListenerOfTheUsersStreamMissesNothing(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      try (SocketChannel peer = server.accept()) {
        Thread writer = writer(peer, bytes);
        Await.until("some is kept", () -> stream.bytesRead() >= ReadHalf.LIMIT / 2);
        assertThat(stream.bytesRead()).isLessThanOrEqualTo(ReadHalf.LIMIT);
        EventLog events = EventLog.of(stream);
        assertThat(events.awaitClose()).hasSize(4).endsWith("end", "close false");
        assertThat(Arrays.equals(latin1(events), bytes)).isTrue();
        writer.join();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R1_unclaimedDataIsGivenUpInTheEnd(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      EventLog events = EventLog.withoutData(net.connect(server.address()));
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "no one wants it");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F12_dataWithFinIsDataThenOneEnd(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      EventLog events = EventLog.of(net.connect(server.address()));
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "x");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "data x", "end", "close false");
    }
  }

  // R2, R3.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R2_aBufferNeverChangesUnderItsHolder(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      CompletableFuture<Buffer> first = new CompletableFuture<>();
      Stream stream = net.connect(server.address());
      stream.onData(first::complete);
      EventLog events = EventLog.of(stream);
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "kept");
        assertThat(Await.get(first).toString()).isEqualTo("kept");
        RawBytes.write(peer, new byte[MEGABYTE]);
      }
      events.awaitClose();
      assertThat(Await.get(first).toString()).isEqualTo("kept");
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void R3_F16_textCutAtEveryByteComesOutWhole(Encoding encoding) throws Exception {
    String text = encoding == Encoding.ASCII ? "plain text" : "a\u00e9\u20ac\ud83d\ude00z";
    byte[] bytes =
        encoding == Encoding.UTF16LE ? encoding.encode(text) : Encoding.UTF8.encode(text);
    String expected = encoding.decode(bytes, 0, bytes.length);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.TCP, net)) {
      StringBuffer got = new StringBuffer();
      Stream stream = net.connect(server.address()).setEncoding(encoding);
      EventLog events = EventLog.withoutData(stream);
      stream.on("data", (String piece) -> got.append(piece));
      try (SocketChannel peer = server.accept()) {
        for (int i = 0; i < bytes.length; i++) {
          RawBytes.write(peer, new byte[] {bytes[i]});
          int sent = i + 1;
          Await.until("a byte is read by itself", () -> stream.bytesRead() == sent);
        }
      }
      events.awaitClose();
      assertThat(got.toString()).isEqualTo(expected);
    }
  }

  @Test
  void R3_theRestOfACutCharacterComesBeforeEnd() throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.TCP, net)) {
      Stream stream = net.connect(server.address()).setEncoding("UTF-8");
      EventLog events = EventLog.withoutData(stream);
      stream.on("data", (String piece) -> events.add("text " + piece));
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, new byte[] {(byte) 0xE2, (byte) 0x82});
      }
      assertThat(events.awaitClose())
          .containsExactly("connect", "text \uFFFD", "end", "close false");
    }
  }

  @Test
  void R3_anUnknownEncodingThrowsAndNamesTheKnownOnes() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream();
      assertThatThrownBy(() -> stream.setEncoding("ebcdic"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ebcdic")
          .hasMessageContaining("utf8")
          .hasMessageContaining("base64");
    }
  }

  // R4.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R4_noDataComesAfterPauseAndMemoryIsBounded(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(8 * MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.withoutData(stream);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      boolean[] paused = {false};
      long[] emitted = {0};
      stream.onData(
          chunk -> {
            if (paused[0]) {
              events.add("data while paused");
            }
            emitted[0] += chunk.length();
            digest.update(chunk.toByteArray());
            paused[0] = true;
            stream.pause();
            net.loop()
                .execute(
                    () -> {
                      if (stream.bytesRead() - emitted[0] > 2L * ReadHalf.LIMIT) {
                        events.add("too much is held");
                      }
                      paused[0] = false;
                      stream.resume();
                    });
          });
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, bytes);
        // A hang-up would have what the kernel holds read at once (C12): it comes after the data.
        Await.until("all is emitted", () -> net.onLoop(() -> emitted[0] == bytes.length));
        peer.close();
        assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
      }
      assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F15_aStormOfPausesLosesNothing(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(32 * MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.withoutData(stream);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Random random = new Random(1);
      stream.onData(
          chunk -> {
            digest.update(chunk.toByteArray());
            if (random.nextInt(4) == 0) {
              stream.pause();
              if (random.nextBoolean()) {
                stream.resume();
              } else {
                stream.engine().thread.schedule(stream::resume, random.nextInt(2));
              }
            }
          });
      try (SocketChannel peer = server.accept()) {
        Thread writer = writer(peer, bytes);
        assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
        writer.join();
      }
      assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
  }

  // R5.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R5_timeoutFiresAgainAndLeavesTheStreamOpen(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      CountDownLatch twice = new CountDownLatch(2);
      stream.setTimeout(5).onTimeout(twice::countDown);
      try (SocketChannel peer = server.accept()) {
        assertThat(twice.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        stream.write("alive");
        assertThat(RawBytes.readText(peer, 5)).isEqualTo("alive");
      }
    }
  }

  // R6.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_pipeToItselfEchoesMegabytes(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(8 * MEGABYTE);
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.pipe(stream));
      try (SocketChannel peer = Wire.rawSocket(address)) {
        Thread writer =
            new Thread(
                () -> {
                  try {
                    RawBytes.write(peer, bytes);
                    peer.shutdownOutput();
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
        writer.start();
        assertThat(Arrays.equals(RawBytes.readAll(peer), bytes)).isTrue();
        writer.join();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_pipeWithoutEndLeavesTheDestinationOpen(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer from = new RawServer(wire, net);
        RawServer to = new RawServer(wire, net)) {
      Stream source = net.connect(from.address());
      Stream destination = net.connect(to.address());
      source.pipe(destination, false);
      EventLog events = EventLog.withoutData(source);
      try (SocketChannel reader = to.accept()) {
        try (SocketChannel writer = from.accept()) {
          RawBytes.write(writer, "piped ");
        }
        events.awaitClose();
        destination.end("then ended");
        assertThat(RawBytes.readAllText(reader)).isEqualTo("piped then ended");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_theSourceComesToItsEndWhenTheDestinationClosesFirst(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer from = new RawServer(wire, net);
        RawServer to = new RawServer(wire, net)) {
      Stream source = net.connect(from.address());
      Stream destination = net.connect(to.address());
      EventLog destinationLog = EventLog.withoutData(destination);
      source.pipe(destination);
      EventLog events = EventLog.withoutData(source);
      try (SocketChannel writer = from.accept();
          SocketChannel reader = to.accept()) {
        destinationLog.await("connect");
        destination.destroy();
        destinationLog.awaitClose();
        RawBytes.write(writer, new byte[4 * MEGABYTE]);
      }
      assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_pipeWritesToAnOutputStreamAndClosesIt(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(4 * MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Sink sink = new Sink();
      net.connect(server.address()).pipe(sink);
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, bytes);
      }
      assertThat(Arrays.equals(Await.get(sink.closed), bytes)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_pipeWritesToAChannel(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Sink sink = new Sink();
      net.connect(server.address()).pipe(Channels.newChannel(sink));
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, bytes);
      }
      assertThat(Arrays.equals(Await.get(sink.closed), bytes)).isTrue();
    }
  }

  @Test
  void R6_whatAnOutputStreamThrowsDestroysTheStream() throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.TCP, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.withoutData(stream);
      stream.pipe(
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException("disk full");
            }
          });
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "x");
        assertThat(events.awaitClose()).hasSize(3).endsWith("close true");
      }
      assertThat(events.error()).hasMessageContaining("disk full");
    }
  }

  // R7.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R7_whatIsPutBackIsTheNextData(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.withoutData(stream);
      stream.once(
          "data",
          (Buffer chunk) -> {
            stream.onData(rest -> events.add("data " + rest));
            stream.unshift(Buffer.of("back "));
          });
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "x");
        events.await("data back ");
        RawBytes.write(peer, "more");
      }
      assertThat(events.awaitClose())
          .containsExactly("connect", "data back ", "data more", "end", "close false");
    }
  }

  private static Thread writer(SocketChannel peer, byte[] bytes) {
    Thread writer =
        new Thread(
            () -> {
              try (peer) {
                RawBytes.write(peer, bytes);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    return writer;
  }

  private static byte[] latin1(EventLog log) {
    return log.text().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** Keeps what is written to it until it is closed. */
  private static final class Sink extends ByteArrayOutputStream {
    final CompletableFuture<byte[]> closed = new CompletableFuture<>();

    @Override
    public void close() {
      closed.complete(toByteArray());
    }
  }
}
