package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a recording tells. */
class FlightEventsTest {
  @TempDir Path folder;

  private interface Step {
    void run() throws Exception;
  }

  private List<RecordedEvent> record(Step step) throws Exception {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      step.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionIsConnectAcceptAndTwoCloses(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.pipe(stream));
      SocketAddress address = net.listen(wire, server);
      List<RecordedEvent> events =
          record(
              () -> {
                Stream client = net.connect(address);
                EventLog log = EventLog.of(client);
                client.end("hello");
                log.awaitClose();
                Await.until("all have gone", () -> net.loop().stats().streams() == 0);
              });
      assertThat(named(events, "evented.Accept")).hasSize(1);
      List<RecordedEvent> connects = named(events, "evented.Connect");
      assertThat(connects).hasSize(1);
      assertThat(connects.get(0).getString("error")).isNull();
      assertThat(connects.get(0).getDuration("took")).isPositive();
      List<RecordedEvent> closes = named(events, "evented.Close");
      assertThat(closes).hasSize(2);
      for (RecordedEvent close : closes) {
        assertThat(close.getLong("bytesRead")).isEqualTo(5);
        assertThat(close.getLong("bytesWritten")).isEqualTo(5);
        assertThat(close.getDuration("open")).isPositive();
        assertThat(close.getString("error")).isNull();
      }
    }
  }

  @Test
  void aConnectThatFailsTellsItsCode() throws Exception {
    try (TestNet net = new TestNet()) {
      String path = net.socketPath();
      List<RecordedEvent> events =
          record(() -> EventLog.of(net.loop().createConnection(path)).awaitClose());
      List<RecordedEvent> connects = named(events, "evented.Connect");
      assertThat(connects).hasSize(1);
      assertThat(connects.get(0).getString("error")).isEqualTo("ENOENT");
      assertThat(connects.get(0).getString("to")).isEqualTo(path);
      assertThat(named(events, "evented.Close")).isEmpty();
    }
  }

  @Test
  void whoIsRejectedIsTold() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {}).maxConnections(0);
      SocketAddress address = net.listen(Wire.TCP, server);
      List<RecordedEvent> events = record(() -> EventLog.of(net.connect(address)).awaitClose());
      List<RecordedEvent> rejected = named(events, "evented.RejectedConnection");
      assertThat(rejected).hasSize(1);
      assertThat(rejected.get(0).getString("remote")).startsWith("/127.0.0.1:");
    }
  }

  @Test
  void aLoopThatWasBusyForLongIsTold() throws Exception {
    try (FakeNet net = new FakeNet()) {
      List<RecordedEvent> events =
          record(
              () -> {
                net.run(() -> net.network.advance(99_000_000L));
                net.run(() -> net.network.advance(100_000_000L));
              });
      List<RecordedEvent> stalls = named(events, "evented.LoopStalled");
      assertThat(stalls).hasSize(1);
      assertThat(stalls.get(0).getDuration("busy")).isEqualTo(Duration.ofMillis(100));
    }
  }

  private static Credentials server() {
    TestCertificates.Identity server = TestCertificates.SERVER;
    return Credentials.builder().key(server.keyPem()).cert(server.chainPem()).build();
  }

  @Test
  void aHandshakeThatFailsTellsWhy() throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Void> failed = new CompletableFuture<>();
      Credentials credentials = server();
      SocketAddress address =
          net.serve(
              Wire.TCP,
              stream -> {
                stream.onError(error -> failed.complete(null));
                stream.setSecure(credentials);
              });
      List<RecordedEvent> events =
          record(
              () -> {
                try (SocketChannel peer = Wire.rawSocket(address)) {
                  peer.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes("US-ASCII")));
                  Await.get(failed);
                }
              });
      List<RecordedEvent> handshakes = named(events, "evented.Handshake");
      assertThat(handshakes).hasSize(1);
      assertThat(handshakes.get(0).getString("error")).isNotNull();
      assertThat(handshakes.get(0).getString("protocol")).isNull();
    }
  }

  @Test
  void aHandshakeTellsWhatWasAgreed() throws Exception {
    try (TestNet net = new TestNet()) {
      Credentials credentials = server();
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.setSecure(credentials).end());
      List<RecordedEvent> events =
          record(
              () -> {
                Stream client = net.connect(address);
                client.setSecure(Credentials.builder().rejectUnauthorized(false).build());
                EventLog.of(client).awaitClose();
              });
      List<RecordedEvent> handshakes = named(events, "evented.Handshake");
      assertThat(handshakes).hasSize(2);
      for (RecordedEvent handshake : handshakes) {
        assertThat(handshake.getString("error")).isNull();
        assertThat(handshake.getString("protocol")).isEqualTo("TLSv1.3");
        assertThat(handshake.getString("cipherSuite")).startsWith("TLS_");
        assertThat(handshake.getDuration("took")).isPositive();
      }
    }
  }
}
