package evented.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy between two sockets of the JDK's: what one side does, the other one sees. */
class ProxyTest {
  private static final int DEADLINE_MILLIS = 20_000;
  private static final byte[] MEBIBYTE = new byte[1 << 20];

  static {
    new Random(1).nextBytes(MEBIBYTE);
  }

  private ServerSocket server;
  private RunningProgram proxy;
  private Socket client;
  private Socket upstream;

  @BeforeEach
  void connectThroughTheProxy() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    server.setSoTimeout(DEADLINE_MILLIS);
    proxy = Program.java("Proxy").with(0, "127.0.0.1:" + server.getLocalPort()).start();
    client =
        new Socket(InetAddress.getByName("127.0.0.1"), proxy.awaitNumber("listening on (\\d+)\n"));
    client.setSoTimeout(DEADLINE_MILLIS);
    upstream = server.accept();
    upstream.setSoTimeout(DEADLINE_MILLIS);
  }

  @AfterEach
  void closeAll() throws IOException {
    client.close();
    upstream.close();
    server.close();
    proxy.close();
  }

  private static void reset(Socket side) throws IOException {
    side.setSoLinger(true, 0);
    side.close();
  }

  /** Reads until the side is over, by its end or by a reset. */
  private static void awaitEnd(Socket side) throws IOException {
    try {
      InputStream input = side.getInputStream();
      byte[] bytes = new byte[8192];
      while (input.read(bytes) >= 0) {
        // on to the end
      }
    } catch (SocketException reset) {
      // Over as well; the deadline is another exception.
    }
  }

  private static CompletableFuture<Void> send(Socket side, byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            side.getOutputStream().write(bytes);
            side.shutdownOutput();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void aClientThatHasEndedItsRequestGetsTheReply() throws Exception {
    send(client, new byte[] {1, 2, 3}).get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(upstream.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    CompletableFuture<Void> sent = send(upstream, MEBIBYTE);
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(MEBIBYTE);
    sent.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Test
  void aServerThatHasEndedFirstGetsTheRest() throws Exception {
    send(upstream, new byte[] {1, 2, 3}).get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(client.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    CompletableFuture<Void> sent = send(client, MEBIBYTE);
    assertThat(upstream.getInputStream().readAllBytes()).isEqualTo(MEBIBYTE);
    sent.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Test
  void bothMayEndAtOnce() throws Exception {
    CompletableFuture<Void> request = send(client, MEBIBYTE);
    CompletableFuture<Void> reply = send(upstream, MEBIBYTE);
    CompletableFuture<byte[]> received =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return upstream.getInputStream().readAllBytes();
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(MEBIBYTE);
    assertThat(received.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(MEBIBYTE);
    request.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    reply.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Test
  void aClientThatResetsClosesTheServersSide() throws Exception {
    reset(client);
    awaitEnd(upstream);
    proxy.await("(connect|read) ECONNRESET");
  }

  @Test
  void aServerThatResetsClosesTheClientsSide() throws Exception {
    reset(upstream);
    awaitEnd(client);
    proxy.await("(connect|read) ECONNRESET");
  }

  @Test
  void aClientThatResetsAfterItsRequestClosesTheServersSide() throws Exception {
    send(client, new byte[] {1}).get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(upstream.getInputStream().readAllBytes()).hasSize(1);
    reset(client);
    // It has seen the client's end before, so only what it writes shows that nobody is left.
    assertThatThrownBy(
            () -> {
              while (true) {
                upstream.getOutputStream().write(MEBIBYTE);
              }
            })
        .isInstanceOf(SocketException.class);
  }
}
