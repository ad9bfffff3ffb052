package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics W1 to W8, and what of the faults belongs to writing. */
class WritingTest {
  private static final int MEGABYTE = 1 << 20;

  private final CompletableFuture<Stream> accepted = new CompletableFuture<>();
  private final CompletableFuture<EventLog> log = new CompletableFuture<>();

  private void accept(Stream stream) {
    log.complete(EventLog.of(stream));
    accepted.complete(stream);
  }

  // W1.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W1_aLargeTransferThatWaitsForDrainArrivesWhole(Wire wire) throws Exception {
    byte[] block = RawBytes.pattern(100_003);
    int blocks = wire == Wire.TCP ? 2600 : 300;
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                int[] left = {blocks};
                Runnable send =
                    () -> {
                      boolean calm = true;
                      while (left[0] > 0 && calm) {
                        left[0]--;
                        calm = stream.write(block);
                      }
                      if (left[0] == 0) {
                        stream.end();
                      }
                    };
                stream.onConnect(send);
                stream.onDrain(send);
              });
      MessageDigest expected = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < blocks; i++) {
        expected.update(block);
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        while (peer.read(buffer.clear()) >= 0) {
          digest.update(buffer.flip());
        }
      }
      assertThat(digest.digest()).isEqualTo(expected.digest());
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W1_F34_eachThreadsWritesKeepTheirOrderAndAreNotTorn(Wire wire) throws Exception {
    int threads = 8;
    int writes = 2000;
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      try (SocketChannel peer = server.accept()) {
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          int id = t;
          Thread writer =
              new Thread(
                  () -> {
                    for (int i = 0; i < writes; i++) {
                      stream.write(String.format("%d:%05d;", id, i));
                      stream.pause().resume();
                    }
                  });
          writers.add(writer);
          writer.start();
        }
        String got = RawBytes.readText(peer, threads * writes * 8);
        for (Thread writer : writers) {
          writer.join();
        }
        int[] next = new int[threads];
        for (String entry : got.split(";")) {
          int id = entry.charAt(0) - '0';
          assertThat(entry).isEqualTo(String.format("%d:%05d", id, next[id]++));
        }
        writers.clear();
        for (int t = 0; t < threads; t++) {
          Thread ender = new Thread(stream::end);
          writers.add(ender);
          ender.start();
        }
        for (Thread ender : writers) {
          ender.join();
        }
      }
      List<String> all = events.awaitClose();
      assertThat(all.stream().filter(entry -> entry.startsWith("close"))).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F34_anEndAmidTheWritesOfOtherThreadsTearsNothing(Wire wire) throws Exception {
    int threads = 8;
    int writes = 2000;
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      List<Thread> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int id = t;
        writers.add(
            new Thread(
                () -> {
                  try {
                    for (int i = 0; i < writes; i++) {
                      stream.write(String.format("%d:%05d;", id, i));
                    }
                  } catch (IllegalStateException ended) {
                    assertThat(ended).hasMessage("write after end");
                  }
                  stream.end(); // the first to come so far ends it for all
                }));
      }
      writers.forEach(Thread::start);
      String got;
      try (SocketChannel peer = server.accept()) {
        got = RawBytes.readAllText(peer);
      }
      for (Thread writer : writers) {
        writer.join();
      }
      int[] next = new int[threads];
      for (String entry : got.split(";")) {
        int id = entry.charAt(0) - '0';
        assertThat(entry).isEqualTo(String.format("%d:%05d", id, next[id]++));
      }
      assertThat(next).contains(writes); // all of the one that ended it
      assertThat(events.awaitClose()).startsWith("connect").endsWith("end", "close false");
    }
  }

  // W2.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_writesOfOneCallbackLeaveAsItReturnsAndNotBefore(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      events.await("connect");
      try (SocketChannel peer = server.accept()) {
        long gathered =
            net.onLoop(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    assertThat(stream.write("0123456789")).isTrue();
                  }
                  return stream.bufferSize();
                });
        assertThat(gathered).isEqualTo(1000);
        assertThat(RawBytes.readText(peer, 1000)).hasSize(1000);
        Await.until("nothing waits", () -> stream.bufferSize() == 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_flushHandsOverInsideTheCallback(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog.of(stream).await("connect");
      try (SocketChannel peer = server.accept()) {
        boolean done =
            net.onLoop(
                () -> {
                  stream.write("now");
                  return stream.flush();
                });
        assertThat(done).isTrue();
        assertThat(RawBytes.readText(peer, 3)).isEqualTo("now");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_W3_withoutGatheringAWriteIsInTheKernelOrSaysFalse(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).setGather(false);
      EventLog events = EventLog.of(stream);
      events.await("connect");
      try (SocketChannel peer = server.accept()) {
        boolean inKernel =
            net.onLoop(
                () -> {
                  boolean result = stream.write("x");
                  assertThat(result).isEqualTo(stream.bufferSize() == 0);
                  return result;
                });
        assertThat(RawBytes.readText(peer, 1)).isEqualTo("x");
        if (!inKernel) {
          events.await("drain");
        }
      }
    }
  }

  // W3.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W3_afterFalseDrainComesOnce(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      events.await("connect");
      try (SocketChannel peer = server.accept()) {
        boolean calm = net.onLoop(() -> stream.write(new byte[16 * MEGABYTE]));
        assertThat(calm).isFalse();
        assertThat(events.entries()).containsExactly("connect");
        assertThat(RawBytes.readText(peer, 16 * MEGABYTE)).hasSize(16 * MEGABYTE);
        events.await("drain");
        stream.end();
      }
      assertThat(events.awaitClose()).containsExactly("connect", "drain", "end", "close false");
    }
  }

  // W4.

  @Test
  void W4_textGoesOutAsItsEncodingSays() throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.TCP, net)) {
      Stream stream = net.connect(server.address());
      stream.write("ascii ");
      stream.write("\u20ac");
      stream.write("\u00e9", "latin1");
      stream.write("6869", Encoding.HEX);
      stream.write("aGk=", "base64");
      stream.end("h", "ucs2");
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAllText(peer)).isEqualTo("ascii \u00e2\u0082\u00ac\u00e9hihih\0");
      }
    }
  }

  // W5.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W5_writeAfterOnesOwnEndThrows(Wire wire) {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(wire, peer -> {}));
      stream.end();
      assertThatThrownBy(() -> stream.write("late"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("write after end");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W5_writeOnAStreamThatAnErrorClosedReturnsFalse(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(wire, peer -> {}));
      EventLog events = EventLog.of(stream);
      events.await("connect");
      stream.destroy(new java.io.IOException("enough"));
      events.awaitClose();
      assertThat(stream.write("late")).isFalse();
      assertThat(stream.bytesWritten()).isZero();
      assertThat(stream.bufferSize()).isZero();
    }
  }

  // W6.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W6_countersTellWhatWaitsAndWhatWasWrittenAndRead(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.loop().newStream();
      stream.write("12345");
      Await.until("the loop has it", () -> stream.bytesWritten() == 5);
      assertThat(stream.bufferSize()).isEqualTo(5);
      EventLog events = EventLog.of(stream);
      Wire.connect(stream, server.address());
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readText(peer, 5)).isEqualTo("12345");
        events.await("drain");
        assertThat(stream.bufferSize()).isZero();
        RawBytes.write(peer, "abc");
        events.awaitText("abc");
        assertThat(stream.bytesRead()).isEqualTo(3);
      }
    }
  }

  // W7.

  @Test
  void W7_optionsHaveNoEffectOnAUnixSocketAndAreNoError() throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.UNIX, net)) {
      Stream stream = net.connect(server.address()).setNoDelay().setKeepAlive(true, 1000);
      EventLog.of(stream).await("connect");
      stream.setNoDelay(false).setKeepAlive(false);
      try (SocketChannel peer = server.accept()) {
        stream.write("fine");
        assertThat(RawBytes.readText(peer, 4)).isEqualTo("fine");
      }
    }
  }

  // W8, F19.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W8_F19_anOverrunIsEnobufs(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, this::accept);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        Stream stream = Await.get(accepted).maxBufferSize(MEGABYTE);
        stream.write(new byte[32 * MEGABYTE]);
        assertThat(Await.get(log).awaitClose())
            .containsExactly("connect", "error ENOBUFS", "close true");
        assertThat(peer.isOpen()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void W8_smallWritesAreCountedWithWhatTheyCost(int size) throws Exception {
    try (TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream().maxBufferSize(MEGABYTE);
      EventLog events = EventLog.of(stream);
      byte[] bytes = new byte[size];
      int writes = 2 * MEGABYTE / size;
      net.onLoop(
          () -> {
            for (int i = 0; i < writes && stream.bytesWritten() < 2 * MEGABYTE; i++) {
              stream.write(bytes);
            }
            return null;
          });
      assertThat(events.awaitClose()).containsExactly("error ENOBUFS", "close true");
      assertThat(stream.bytesWritten()).isBetween(MEGABYTE / 2L, 2L * MEGABYTE - 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F19_aWriterThatHeedsFalseHoldsLittleAndTimesOut(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, this::accept);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        Stream stream = Await.get(accepted).setTimeout(50);
        byte[] block = new byte[16 * 1024];
        Runnable send =
            () -> {
              while (stream.write(block)) {
                // until it says stop
              }
            };
        stream.onDrain(send);
        net.loop().execute(send);
        Await.get(log).await("timeout");
        assertThat(stream.bufferSize()).isBetween(1L, 3L * LoopThread.GATHERING);
        assertThat(stream.readyState()).isEqualTo(ReadyState.OPEN);
        assertThat(peer.isOpen()).isTrue();
      }
    }
  }
}
