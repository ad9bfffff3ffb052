package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T7, and faults F26 to F28: the handshake and what may become of it. */
class SecuritySessionTest {
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_theVersionAndTheCipherAreTold(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Stream client = wire.connect(net, wire.serve(net, stream -> stream.end("x")));
      EventLog.of(client).awaitClose();
      assertThat(client.getProtocol()).isEqualTo(wire.protocol());
      assertThat(client.getCipher()).startsWith("TLS_");
    }
  }

  /** A peer of the JDK's own, which tells the name that it was asked for. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_theNameGivenToConnectIsSent(SecureWire wire) throws Exception {
    if (wire.wire() == Wire.UNIX) {
      return; // there is no name to send
    }
    for (String host : List.of("localhost", "127.0.0.1")) {
      try (TestNet net = new TestNet();
          JdkPeer peer = JdkPeer.server(wire.protocol())) {
        Future<String> asked =
            peer.accept(
                socket -> {
                  socket.startHandshake();
                  List<?> names =
                      ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames();
                  return names.isEmpty() ? "none" : ((SNIHostName) names.get(0)).getAsciiName();
                });
        Stream client = net.loop().createConnection(peer.port(), host);
        client.setSecure(wire.client()).onError(error -> {});
        assertThat(asked.get(20, TimeUnit.SECONDS))
            .isEqualTo(host.equals("localhost") ? host : "none");
      }
    }
  }

  /** The JDK's server sees the same session again, and tells by the time that it was made. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_aClientResumesItsSession(SecureWire wire) throws Exception {
    if (wire.wire() == Wire.UNIX) {
      return; // with no host and port there is nothing to find a session by
    }
    try (TestNet net = new TestNet();
        JdkPeer peer = JdkPeer.server(wire.protocol())) {
      Credentials credentials = wire.credentials().ca(TestCertificates.CA.certPem()).build();
      List<Long> made = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Future<Long> creation =
            peer.accept(
                socket -> {
                  socket.getInputStream().read();
                  socket.getOutputStream().write('x');
                  long time = socket.getSession().getCreationTime();
                  socket.close();
                  return time;
                });
        Stream client = net.loop().createConnection(peer.port(), "localhost");
        client.setSecure(credentials).write("x");
        EventLog.of(client).awaitClose();
        assertThat(client.verifyPeer("localhost")).isTrue();
        made.add(creation.get(20, TimeUnit.SECONDS));
        Await.until("the clock goes on", () -> System.currentTimeMillis() > made.get(0) + 5);
      }
      assertThat(made).containsOnly(made.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_aServerResumesASession(SecureWire wire) throws Exception {
    if (wire.wire() == Wire.UNIX) {
      return; // the JDK has no SSLSocket for it
    }
    try (TestNet net = new TestNet();
        JdkPeer peer = JdkPeer.client(wire.protocol())) {
      Credentials credentials =
          wire.credentials(TestCertificates.SERVER).ca(TestCertificates.CA.certPem()).build();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.setSecure(credentials);
                stream.onSecure(
                    () -> stream.write(stream.verifyPeer() ? "y" : "n")); // survives resumption
              });
      List<Long> made = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (SSLSocket socket = peer.connect(address)) {
          assertThat(socket.getInputStream().read()).isEqualTo('y');
          made.add(socket.getSession().getCreationTime());
        }
        Await.until("the clock goes on", () -> System.currentTimeMillis() > made.get(0) + 5);
      }
      assertThat(made).containsOnly(made.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_aHandshakeThatIsNeverBegunFailsInTime(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Credentials hasty = wire.credentials(TestCertificates.SERVER).handshakeTimeout(200).build();
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                accepted.complete(EventLog.of(stream));
                stream.setSecure(hasty);
              });
      try (SocketChannel silent = Wire.rawSocket(address)) {
        assertThat(Await.get(accepted).awaitClose())
            .containsExactly("connect", "error ETIMEDOUT", "close true");
        assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }
  }

  /** A client whose server says nothing. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_aHandshakeThatIsNeverAnsweredFailsInTime(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire.wire(), stream -> {});
      Credentials hasty = wire.credentials().handshakeTimeout(200).build();
      EventLog log = EventLog.of(net.connect(address).setSecure(hasty));
      assertThat(log.awaitClose()).containsExactly("connect", "error ETIMEDOUT", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F27_aDribbledHelloIsClosedAtTheDeadline(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      Credentials hasty = wire.credentials(TestCertificates.SERVER).handshakeTimeout(300).build();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                accepted.complete(EventLog.of(stream));
                stream.setSecure(hasty);
              });
      byte[] hello = ClientHello.of(wire);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        EventLog log = Await.get(accepted);
        int[] sent = {0};
        Await.until(
            "the stream is closed",
            () -> {
              try {
                if (sent[0] < hello.length - 1) {
                  peer.write(ByteBuffer.wrap(hello, sent[0]++, 1));
                }
              } catch (IOException closed) {
                // as it should be
              }
              return log.entries().contains("close true");
            });
        assertThat(log.entries()).containsExactly("connect", "error ETIMEDOUT", "close true");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "TCP_OPENSSL_13"})
  void F27_aThousandSilentClientsKeepNoOneWaiting(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Credentials hasty = wire.credentials(TestCertificates.SERVER).handshakeTimeout(3000).build();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.setSecure(hasty).onError(error -> {});
                stream.onSecure(() -> stream.end("served"));
              });
      List<SocketChannel> silent = new ArrayList<>();
      try {
        for (int i = 0; i < 1000; i++) {
          silent.add(Wire.rawSocket(address));
        }
        EventLog log = EventLog.of(wire.connect(net, address));
        assertThat(log.awaitClose()).contains("data served").endsWith("close false");
        for (SocketChannel peer : silent) {
          peer.socket().setSoTimeout(20_000);
          assertThat(peer.socket().getInputStream().read()).isEqualTo(-1);
        }
      } finally {
        for (SocketChannel peer : silent) {
          peer.close();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F26_plainHttpIsRefused(SecureWire wire) throws Exception {
    assertThat(eventsAfter(wire, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes()))
        .containsExactly("connect", "error EPROTO", "close true");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F26_aHugeRecordIsRefused(SecureWire wire) throws Exception {
    byte[] record = new byte[70_000];
    System.arraycopy(new byte[] {0x16, 3, 1, (byte) 0xff, (byte) 0xff}, 0, record, 0, 5);
    assertThat(eventsAfter(wire, record)).containsExactly("connect", "error EPROTO", "close true");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F26_aTruncatedHelloIsRefused(SecureWire wire) throws Exception {
    byte[] hello = ClientHello.of(wire);
    byte[] half = Arrays.copyOf(hello, hello.length / 2);
    assertThat(eventsAfter(wire, half))
        .containsExactly("connect", "error ECONNRESET", "close true");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F26_noHelloAtAllIsRefused(SecureWire wire) throws Exception {
    assertThat(eventsAfter(wire, new byte[0]))
        .containsExactly("connect", "error ECONNRESET", "close true");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F26_twoClientsRefuseEachOther(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      byte[] hello = ClientHello.of(wire);
      SocketAddress address = net.serve(wire.wire(), stream -> stream.write(Buffer.of(hello)));
      EventLog log = EventLog.of(wire.connect(net, address));
      assertThat(log.awaitClose()).containsExactly("connect", "error EPROTO", "close true");
    }
  }

  /** The events of a server's stream whose peer sends these bytes, and then ends. */
  private static List<String> eventsAfter(SecureWire wire, byte[] bytes) throws IOException {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address = wire.serve(net, stream -> accepted.complete(EventLog.of(stream)));
      try (SocketChannel peer = Wire.rawSocket(address)) {
        try {
          ByteBuffer rest = ByteBuffer.wrap(bytes);
          while (rest.hasRemaining()) {
            peer.write(rest);
          }
          peer.shutdownOutput();
        } catch (IOException refused) {
          // It may be so before all is sent.
        }
        return Await.get(accepted).awaitClose();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "UNIX_OPENSSL_13"})
  void F26_theServerSurvivesTenThousandRandomInputs(SecureWire wire) throws Exception {
    long seed = System.nanoTime();
    try (TestNet net = new TestNet()) {
      AtomicInteger errors = new AtomicInteger();
      AtomicInteger closes = new AtomicInteger();
      AtomicInteger others = new AtomicInteger();
      SocketAddress address =
          wire.serve(
              net,
              stream -> {
                stream.onError(error -> errors.incrementAndGet());
                stream.onClose(hadError -> closes.incrementAndGet());
                stream.onData(data -> others.incrementAndGet());
              });
      byte[] hello = ClientHello.of(wire);
      int inputs = 10_000;
      ExecutorService peers = Executors.newFixedThreadPool(4);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(seed + thread);
        running.add(
            peers.submit(
                () -> {
                  ByteBuffer answer = ByteBuffer.allocate(8192);
                  for (int i = 0; i < inputs / 4; i++) {
                    try (SocketChannel peer = Wire.rawSocket(address)) {
                      peer.write(ByteBuffer.wrap(randomInput(random, hello)));
                      peer.shutdownOutput();
                      while (peer.read(answer.clear()) >= 0) {
                        // until it hangs up
                      }
                    } catch (IOException refused) {
                      // by a reset
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get(120, TimeUnit.SECONDS);
      }
      peers.shutdown();
      Await.until("all are closed, seed " + seed, () -> closes.get() == inputs);
      assertThat(errors.get()).as("seed " + seed).isEqualTo(inputs);
      assertThat(others.get()).as("seed " + seed).isZero();
      EventLog.of(wire.connect(net, address)).await("secure");
    }
  }

  /** Noise, or a hello with some of its bytes changed, or noise that looks like a record. */
  private static byte[] randomInput(Random random, byte[] hello) {
    byte[] bytes;
    switch (random.nextInt(3)) {
      case 0 -> {
        bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
      }
      case 1 -> {
        bytes = hello.clone();
        for (int i = 0; i <= random.nextInt(8); i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> {
        bytes = new byte[5 + random.nextInt(300)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (20 + random.nextInt(5));
        bytes[1] = 3;
        bytes[2] = (byte) random.nextInt(5);
        bytes[3] = 0;
      }
    }
    return bytes;
  }

  /** The line and all that the client says first, cut in two at every place. */
  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "TCP_OPENSSL_13"})
  void F28_anUpgradeSucceedsWhereverTheHelloIsCut(SecureWire wire) throws Exception {
    byte[] hello = ClientHello.of(wire);
    byte[] line = "STARTTLS\n".getBytes(StandardCharsets.US_ASCII);
    byte[] all = Buffer.concat(List.of(Buffer.of(line), Buffer.of(hello))).toByteArray();
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire.wire(), stream -> upgradeOnLine(stream, wire));
      for (int cut = 1; cut < all.length; cut++) {
        try (SocketChannel peer = Wire.rawSocket(address)) {
          peer.write(ByteBuffer.wrap(all, 0, cut));
          net.onLoop(() -> true); // it may be read by now, or not: either is good
          peer.write(ByteBuffer.wrap(all, cut, all.length - cut));
          ByteBuffer answer = ByteBuffer.allocate(1);
          peer.socket().setSoTimeout(20_000);
          assertThat(peer.socket().getInputStream().read(answer.array())).isEqualTo(1);
          assertThat(answer.get(0)).as("cut at " + cut).isEqualTo((byte) 0x16); // a handshake
        }
      }
    }
  }

  private static void upgradeOnLine(Stream stream, SecureWire wire) {
    stream.onError(error -> {});
    StringBuilder text = new StringBuilder();
    stream.onData(
        bytes -> {
          text.append(bytes.toString(Encoding.LATIN1));
          int end = text.indexOf("\n");
          if (end >= 0) {
            int rest = text.length() - end - 1;
            stream.unshift(bytes.slice(bytes.length() - rest, bytes.length()));
            stream.setSecure(wire.server());
          }
        });
  }
}
