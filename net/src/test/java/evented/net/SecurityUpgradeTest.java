package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T1 and T2: how a plain stream becomes a secure one. */
class SecurityUpgradeTest {
  /** A server that upgrades when it is asked to by a line, and echoes after that. */
  private static Consumer<Stream> startTlsServer(SecureWire wire) {
    return stream -> {
      stream.setEncoding("ascii");
      stream.on("secure", () -> stream.write("secured:" + stream.getProtocol() + "\n"));
      stream.on(
          "data",
          (String text) -> {
            if (text.equals("STARTTLS\n")) {
              stream.write("220 go ahead\n");
              stream.setSecure(wire.server());
              stream.write("first\n");
            } else {
              stream.write("got " + text);
            }
          });
    };
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_aStreamIsUpgradedAtOnce(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> stream.end("bye"));
      EventLog log = EventLog.of(wire.connect(net, address));
      assertThat(log.awaitClose())
          .containsExactly("connect", "secure", "data bye", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_aStreamIsUpgradedInMidConversation(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Stream client = net.connect(net.serve(wire.wire(), startTlsServer(wire)));
      EventLog log = EventLog.of(client);
      client.write("hello\n");
      log.awaitText("got hello\n");
      client.write("STARTTLS\n");
      log.awaitText("220 go ahead\n");
      client.setSecure(wire.client());
      client.write("secret\n");
      log.awaitText("got secret\n");
      assertThat(log.text())
          .isEqualTo(
              "got hello\n220 go ahead\nfirst\nsecured:" + wire.protocol() + "\ngot secret\n");
      client.end();
      assertThat(log.awaitClose()).contains("secure").endsWith("end", "close false");
    }
  }

  /** Runs {@code task} on another thread, and waits for it within this turn of the loop. */
  private static void elsewhere(Runnable task) {
    Await.get(CompletableFuture.runAsync(task));
  }

  /** It must not leave in plain text, though the loop has not come to that thread's task yet. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_whatAListenerWritesAfterAnotherThreadsSetSecureIsSecret(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          wire.serve(net, stream -> accepted.complete(EventLog.withoutSecure(stream)));
      net.onLoop(
          () -> {
            Stream client = net.connect(address);
            client.onConnect(
                () -> {
                  elsewhere(() -> client.setSecure(wire.client()));
                  client.write("secret ");
                  client.flush();
                  client.end("to its end");
                });
            return client;
          });
      assertThat(Await.get(accepted).awaitClose())
          .containsSubsequence("connect", "data secret to its end", "close false");
    }
  }

  /** What that thread wrote before still leaves first, in plain text. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_whatAnotherThreadWroteBeforeItsSetSecureIsPlain(SecureWire wire) {
    Buffer order = Buffer.of("STARTTLS\n");
    CompletableFuture<EventLog> accepted = new CompletableFuture<>();
    Consumer<Stream> upgrade =
        stream -> {
          AtomicBoolean ordered = new AtomicBoolean();
          stream.onData(
              chunk -> {
                if (ordered.compareAndSet(false, true)) {
                  stream.unshift(chunk.slice(order.length())); // the hello may have come along
                  stream.setSecure(wire.server());
                }
              });
          accepted.complete(EventLog.of(stream));
        };
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire.wire(), upgrade);
      net.onLoop(
          () -> {
            Stream client = net.connect(address);
            client.onConnect(
                () -> {
                  elsewhere(
                      () -> {
                        client.write(order);
                        client.setSecure(wire.client());
                      });
                  client.end("secret");
                });
            return client;
          });
      assertThat(Await.get(accepted).awaitClose())
          .containsSubsequence("connect", "secure", "data secret", "close false");
    }
  }

  /** What is held belongs to TLS at once, though its delivery is on the way already. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_whatIsHeldIsNoDataAfterAnotherThreadsSetSecure(SecureWire wire) {
    CompletableFuture<EventLog> accepted = new CompletableFuture<>();
    Consumer<Stream> upgrade =
        stream -> {
          AtomicBoolean upgraded = new AtomicBoolean();
          EventLog log = EventLog.withoutData(stream);
          stream.onData(
              chunk -> {
                if (upgraded.compareAndSet(false, true)) {
                  stream.unshift(chunk);
                  elsewhere(() -> stream.setSecure(wire.server()));
                } else {
                  log.add("data " + chunk.toString(Encoding.ASCII));
                }
              });
          accepted.complete(log);
        };
    try (TestNet net = new TestNet()) {
      wire.connect(net, net.serve(wire.wire(), upgrade)).end("secret");
      assertThat(Await.get(accepted).awaitClose())
          .containsExactly("connect", "secure", "data secret", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_theSideThatHasConnectedBeginsTheHandshake(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                accepted.complete(EventLog.of(stream));
                stream.write("now\n");
                stream.setSecure(wire.server());
              });
      Stream client = net.connect(address);
      EventLog log = EventLog.of(client);
      log.awaitText("now\n");
      client.setSecure(wire.client()).end("done");
      log.awaitClose();
      assertThat(Await.get(accepted).awaitCloseWithout("drain"))
          .containsExactly("connect", "secure", "data done", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_plainBytesBehindTheUpgradeLineAreNeverEmitted(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                accepted.complete(EventLog.of(stream));
                stream.onData(bytes -> stream.pause());
                stream.onText(text -> stream.setSecure(wire.server()));
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        peer.write(ascii("STARTTLS\n"));
        EventLog log = Await.get(accepted);
        log.await("data STARTTLS\n");
        peer.write(ascii("RCPT TO:<victim>\n")); // in the clear, by whoever sits in between
        assertThat(log.awaitClose())
            .containsExactly("connect", "data STARTTLS\n", "error EPROTO", "close true");
      }
    }
  }

  /** The chunks that wait behind a pause are TLS's, also when one of them asks for the upgrade. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_chunksHeldBehindTheUpgradeLineBelongToTls(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      CompletableFuture<Stream> stream = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              s -> {
                s.pause();
                EventLog log = EventLog.of(s);
                s.onText(
                    text -> {
                      if (text.equals("STARTTLS\n")) {
                        s.setSecure(wire.server());
                      }
                    });
                stream.complete(s);
                accepted.complete(log);
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        Stream server = Await.get(stream);
        peer.write(ascii("STARTTLS\n"));
        Await.until("the line is read", () -> server.bytesRead() == 9);
        peer.write(ascii("\u0016\u0003\u0001")); // so begins a client's hello
        Await.until("the rest is read", () -> server.bytesRead() == 12);
        server.resume();
        EventLog log = Await.get(accepted);
        log.await("data STARTTLS\n");
        peer.shutdownOutput();
        assertThat(log.awaitClose())
            .containsExactly("connect", "data STARTTLS\n", "error ECONNRESET", "close true");
      }
    }
  }

  /** A decoder must not carry a plain byte over the upgrade either. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_theRestOfASplitGroupIsNotCarriedIntoTheSecureStream(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Buffer> first = new CompletableFuture<>();
      EventLog texts = new EventLog();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.setEncoding("base64");
                stream.onData(
                    bytes -> {
                      if (first.complete(bytes)) {
                        stream.setSecure(wire.server());
                      }
                    });
                stream.on("data", (String text) -> texts.add(text));
                stream.onClose(hadError -> texts.add("close"));
              });
      Stream client = net.connect(address);
      client.write("abcd"); // base64 takes three bytes at a time: one is left
      Await.get(first);
      client.setSecure(wire.client());
      client.end("xyz");
      texts.await("close");
      assertThat(texts.entries()).containsExactly("YWJj", "eHl6", "close");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T2_whatWasWrittenBeforeLeavesAsPlainBytesAndNothingAfter(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.write("220 go ");
                stream.write("ahead\n");
                stream.setSecure(
                    wire.credentials(TestCertificates.SERVER).handshakeTimeout(300).build());
                stream.write("secret");
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        assertThat(readAll(peer)).startsWith("220 go ahead\n").doesNotContain("secret");
      }
    }
  }

  /** More than the kernel takes at once is still to leave first. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T2_megabytesWrittenBeforeLeaveFirst(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      byte[] plain = new byte[8 << 20];
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.write(plain);
                stream.setSecure(wire.server());
                stream.end("secret");
              });
      Stream client = net.connect(address);
      CompletableFuture<String> secret = new CompletableFuture<>();
      StringBuilder after = new StringBuilder();
      long[] seen = {0};
      client.onData(
          bytes -> {
            if (seen[0] == plain.length) {
              after.append(bytes);
              return;
            }
            seen[0] += bytes.length();
            long over = seen[0] - plain.length;
            if (over >= 0) {
              client.unshift(bytes.slice((int) (bytes.length() - over), bytes.length()));
              seen[0] = plain.length;
              client.setSecure(wire.client());
            }
          });
      client.onClose(hadError -> secret.complete(after + " " + hadError));
      assertThat(Await.get(secret)).isEqualTo("secret false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T2_writesBetweenSetSecureAndSecureWaitInOrder(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address = wire.serve(net, stream -> accepted.complete(EventLog.of(stream)));
      Stream client = wire.connect(net, address);
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        client.write(i + " ");
        expected.append(i).append(' ');
      }
      client.end();
      EventLog log = Await.get(accepted);
      assertThat(log.awaitClose())
          .containsExactly("connect", "secure", "data " + expected, "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T2_writesBeforeSecureReturnFalseAndDrainFollows(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> {});
      List<EventLog> logs = new ArrayList<>();
      boolean returned =
          net.onLoop( // in one turn, so that the handshake cannot be quicker
              () -> {
                Stream client = wire.connect(net, address);
                logs.add(EventLog.of(client));
                return client.write("x");
              });
      assertThat(returned).isFalse();
      EventLog log = logs.get(0);
      log.await("drain");
      assertThat(log.entries()).containsSubsequence("secure", "drain");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T2_secureIsEmittedOnceAndAlsoToAListenerThatComesLate(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> stream.write("x"));
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.of(client);
      log.await("data x");
      client.onSecure(() -> log.add("late"));
      log.await("late");
      client.destroy();
      assertThat(log.awaitClose()).containsOnlyOnce("secure").containsOnlyOnce("late");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_setSecureMayBeCalledFromAnotherThread(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> stream.pipe(stream));
      Stream client = net.connect(address);
      EventLog log = EventLog.of(client);
      log.await("connect");
      client.setSecure(wire.client()); // here, on the test's own thread
      client.write("ping");
      log.awaitText("ping");
      client.end();
      assertThat(log.awaitCloseWithout("drain"))
          .containsExactly("connect", "secure", "data ping", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_setSecureMayBeCalledBeforeConnect(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire.wire(), startTlsServer(wire));
      EventLog log =
          net.onLoop( // in one turn, so that the client is still opening
              () -> {
                Stream client = net.connect(address);
                client.write("STARTTLS\n");
                client.setSecure(wire.client());
                client.write("secret\n");
                return EventLog.of(client);
              });
      // The plain answer of this server is no TLS, so the client must not take it for any.
      assertThat(log.awaitClose()).containsExactly("connect", "error EPROTO", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_unshiftedBytesBeginTheTlsStream(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                accepted.complete(EventLog.withoutData(stream));
                stream.onData(
                    new Consumer<>() {
                      private boolean upgraded;

                      @Override
                      public void accept(Buffer bytes) {
                        if (upgraded) {
                          stream.end("got " + bytes);
                          return;
                        }
                        // The prefix of a proxy, and what may have come with it.
                        upgraded = true;
                        stream.unshift(bytes.slice(5, bytes.length()));
                        stream.setSecure(wire.server());
                      }
                    });
              });
      Stream client = net.connect(address);
      EventLog log = EventLog.of(client);
      client.write("PROXY");
      client.setSecure(wire.client());
      client.write("hello");
      assertThat(log.awaitCloseWithout("drain"))
          .containsExactly("connect", "secure", "data got hello", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_setSecureTwiceThrows(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Stream client = wire.connect(net, wire.serve(net, stream -> {}));
      assertThatThrownBy(() -> client.setSecure(wire.client()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Stream is already secure");
      EventLog log = EventLog.of(client);
      log.await("secure");
    }
  }

  @Test
  void T1_setSecureOnAClosedStreamThrows() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream();
      assertThatThrownBy(stream::setSecure)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Stream is not open");
    }
  }

  @Test
  void T1_setSecureAfterEndThrows() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(Wire.TCP, s -> {}));
      stream.end();
      assertThatThrownBy(stream::setSecure)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Stream is not open");
    }
  }

  @Test
  void T1_aServersStreamNeedsAKey() {
    try (TestNet net = new TestNet()) {
      CompletableFuture<String> message = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              Wire.TCP,
              stream -> {
                try {
                  stream.setSecure();
                } catch (IllegalArgumentException e) {
                  message.complete(e.getMessage());
                }
              });
      net.connect(address);
      assertThat(Await.get(message))
          .isEqualTo("credentials must have a key and a cert, since this side is the server");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T1_aStreamThatConnectsAgainIsPlainAgain(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress secure = wire.serve(net, stream -> stream.end("secret"));
      SocketAddress plain = net.serve(wire.wire(), stream -> stream.end("plain"));
      Stream client = wire.connect(net, secure);
      EventLog log = EventLog.of(client);
      log.awaitClose();
      Wire.connect(client, plain);
      log.await("data plain");
      assertThatThrownBy(client::verifyPeer).hasMessage("Stream is not a secure stream.");
    }
  }

  private static ByteBuffer ascii(String text) {
    return StandardCharsets.US_ASCII.encode(text);
  }

  static String readAll(SocketChannel peer) {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try {
      while (peer.read(buffer) >= 0) {
        text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        buffer.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
