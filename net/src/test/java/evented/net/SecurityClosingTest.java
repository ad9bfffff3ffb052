package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T8 and fault F30: how a secure stream ends, and what passes for an end. */
class SecurityClosingTest {
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T8_endSendsCloseNotifyThenFin(SecureWire wire) throws Exception {
    if (wire.wire() == Wire.UNIX) {
      return; // the JDK has no SSLSocket for it
    }
    try (TestNet net = new TestNet();
        JdkPeer peer = JdkPeer.client(wire.protocol())) {
      SocketAddress address = wire.serve(net, stream -> stream.end("bye"));
      try (SSLSocket socket = peer.connect(address)) {
        // The JDK's reads give -1 for a close_notify, and throw where it is missing.
        assertThat(new String(socket.getInputStream().readAllBytes())).isEqualTo("bye");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T8_aReceivedCloseNotifyIsEnd(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address = wire.serve(net, stream -> accepted.complete(EventLog.of(stream)));
      wire.connect(net, address).end("bye");
      assertThat(Await.get(accepted).awaitClose())
          .containsExactly("connect", "secure", "data bye", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T8_theEchoServerSaysGoodbyeWhereTlsCanHalfClose(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          wire.serve(
              net,
              stream -> {
                stream.onText(stream::write);
                stream.onEnd(() -> stream.end("goodbye"));
              });
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.of(client);
      client.write("hello ");
      log.awaitText("hello ");
      client.end();
      assertThat(log.awaitClose()).startsWith("connect", "secure").endsWith("end", "close false");
      assertThat(log.text()).isEqualTo(wire.canHalfClose() ? "hello goodbye" : "hello ");
    }
  }

  /** With allowHalfOpen the other half still carries a megabyte. */
  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "UNIX_JDK_13"})
  void T8_afterTheClientsEndAMegabyteStillArrives(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          wire.serve(
              net,
              stream -> {
                stream.allowHalfOpen(true);
                stream.onEnd(() -> stream.end(Buffer.of(new byte[1 << 20])));
              });
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.withoutData(client);
      client.resume();
      client.end();
      assertThat(log.awaitCloseWithout("drain"))
          .containsExactly("connect", "secure", "end", "close false");
      assertThat(client.bytesRead()).isEqualTo(1 << 20);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T8_aReplyFollowedByEndArrivesWhole(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> stream.end(Buffer.of(new byte[4 << 20])));
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.withoutData(client);
      client.resume();
      assertThat(log.awaitCloseWithout("drain"))
          .containsExactly("connect", "secure", "end", "close false");
      assertThat(client.bytesRead()).isEqualTo(4 << 20);
    }
  }

  /** Two relays in between, one of which cuts the line: the close_notify never arrives. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F30_aFinWithoutCloseNotifyIsToldApart(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> relayed = new CompletableFuture<>();
      SocketAddress server =
          wire.serve(
              net, stream -> stream.onError(error -> {}).onSecure(() -> stream.write("half")));
      SocketAddress relay =
          net.serve(
              wire.wire(),
              front -> {
                Stream back = net.connect(server);
                front.pipe(back);
                back.pipe(front, false);
                relayed.complete(front);
              });
      EventLog log = EventLog.of(wire.connect(net, relay));
      log.await("data half");
      Await.get(relayed).end(); // a plain FIN
      assertThat(log.awaitCloseWithout("drain"))
          .containsExactly("connect", "secure", "data half", "error ECONNRESET", "close true");
      assertThat(log.error()).hasMessageContaining("without close_notify");
    }
  }

  /** Also when this side has ended before: what the peer was sending is cut all the same. */
  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "UNIX_JDK_13"})
  void F30_aFinWithoutCloseNotifyIsToldApartAfterOnesOwnEnd(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> relayed = new CompletableFuture<>();
      SocketAddress server =
          wire.serve(
              net,
              stream -> {
                stream.allowHalfOpen(true).onError(error -> {});
                stream.onEnd(() -> stream.write("half"));
              });
      SocketAddress relay =
          net.serve(
              wire.wire(),
              front -> {
                front.allowHalfOpen(true);
                Stream back = net.connect(server);
                front.pipe(back, false);
                back.pipe(front, false);
                relayed.complete(front);
              });
      Stream client = wire.connect(net, relay);
      EventLog log = EventLog.of(client);
      client.end("request");
      log.await("data half");
      Await.get(relayed).end();
      assertThat(log.awaitCloseWithout("drain")).endsWith("error ECONNRESET", "close true");
    }
  }

  /** A peer that closes TLS and keeps the socket open: it is answered, and no one spins. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F30_aCloseNotifyWithoutFinIsAnswered(SecureWire wire) throws Exception {
    if (wire.wire() == Wire.UNIX) {
      return; // the JDK has no SSLSocket for it
    }
    try (TestNet net = new TestNet();
        JdkPeer peer = JdkPeer.server(wire.protocol())) {
      CountDownLatch done = new CountDownLatch(1);
      Future<Integer> answer =
          peer.accept(
              socket -> {
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream();
                in.read();
                out.write('x');
                if (wire.protocol().equals("TLSv1.3")) {
                  socket.shutdownOutput(); // sends close_notify alone
                } else {
                  return -1; // and with TLS 1.2 the JDK hangs up as well
                }
                int last = in.read();
                done.await(20, TimeUnit.SECONDS);
                return last;
              });
      Stream client = net.loop().createConnection(peer.port(), "127.0.0.1");
      EventLog log = EventLog.of(client);
      client.setSecure(wire.client()).write("x");
      assertThat(log.awaitCloseWithout("drain"))
          .containsExactly("connect", "secure", "data x", "end", "close false");
      done.countDown();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  /** A half-closed stream that waits costs no CPU time. */
  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "UNIX_JDK_13"})
  void F30_aHalfClosedStreamDoesNotSpin(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> ended = new CompletableFuture<>();
      SocketAddress address =
          wire.serve(net, stream -> stream.allowHalfOpen(true).onEnd(() -> ended.complete(stream)));
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.of(client);
      client.end("x");
      Stream server = Await.get(ended);
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long loop = net.onLoop(() -> Thread.currentThread().getId());
      long before = threads.getThreadCpuTime(loop);
      CompletableFuture<Void> later = new CompletableFuture<>();
      net.loop().setTimeout(500, () -> later.complete(null));
      Await.get(later);
      long used = threads.getThreadCpuTime(loop) - before;
      assertThat(used).isLessThan(TimeUnit.MILLISECONDS.toNanos(250)); // a spin takes all 500
      server.end("done");
      assertThat(log.awaitCloseWithout("drain")).containsSubsequence("data done", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T8_destroyBeforeTheHandshakeCloses(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Stream client = wire.connect(net, wire.serve(net, stream -> stream.onError(error -> {})));
      EventLog log = EventLog.of(client);
      client.destroy();
      assertThat(log.awaitClose()).doesNotContain("secure").endsWith("close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T8_destroyDuringTheHandshakeClosesAndThePeerGetsAnError(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(wire.wire(), stream -> stream.onData(hello -> accepted.complete(stream)));
      EventLog log = EventLog.of(wire.connect(net, address));
      Await.get(accepted).destroy();
      assertThat(log.awaitClose()).containsExactly("connect", "error ECONNRESET", "close true");
    }
  }

  /** What is cut off must not pass for the whole. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T8_destroyAfterTheHandshakeSendsNoCloseNotify(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          wire.serve(
              net,
              stream -> {
                stream.write("half");
                stream.onData(go -> stream.destroy());
              });
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.of(client);
      log.awaitText("half");
      client.write("go");
      assertThat(log.awaitCloseWithout("drain"))
          .isEqualTo(List.of("connect", "secure", "data half", "error ECONNRESET", "close true"));
    }
  }
}
