package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What this end of a TCP connection may choose: its address, how it listens, and a hard end. */
class LocalEndTest {
  private static final String HOST = "127.0.0.1";

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static int listen(Server server) throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    server.onError(port::completeExceptionally);
    server.listen(0, HOST, () -> port.complete(server.port()));
    return await(port);
  }

  @Test
  void aStreamConnectsFromTheAddressThatItIsTold() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.loop().createServer();
      CompletableFuture<String> seen = new CompletableFuture<>();
      server.onConnection(peer -> seen.complete(peer.remoteAddress()));
      int port = listen(server);
      net.loop().newStream().connectFrom(0, "127.0.0.2").connect(port, HOST);
      assertThat(await(seen)).isEqualTo("127.0.0.2");
    }
  }

  @Test
  void anAddressThatIsNotOursFailsTheStream() throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<NetException> failure = new CompletableFuture<>();
      Stream stream = net.loop().newStream();
      stream.onError(failure::complete);
      stream.connectFrom(0, "192.0.2.1").connect(9, HOST);
      assertThat(await(failure).syscall()).isEqualTo("bind");
      assertThat(await(failure).code()).isEqualTo("EADDRNOTAVAIL");
      assertThatThrownBy(() -> stream.connectFrom(0, "a.name"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void resetTellsThePeer() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.loop().createServer();
      CompletableFuture<String> code = new CompletableFuture<>();
      server.onConnection(
          peer -> {
            peer.onError(error -> code.complete(error.code()));
            peer.write("x");
          });
      int port = listen(server);
      Stream stream = net.loop().newStream();
      CompletableFuture<Boolean> closed = new CompletableFuture<>();
      stream.onData(bytes -> stream.reset());
      stream.onClose(closed::complete);
      stream.connect(port, HOST);
      assertThat(await(code)).isEqualTo("ECONNRESET");
      assertThat(await(closed)).isFalse();
    }
  }

  @Test
  void twoServersShareAPortIfBothWantTo() throws Exception {
    try (TestNet net = new TestNet()) {
      Server first = net.loop().createServer().reusePort(true);
      int port = listen(first);
      Server second = net.loop().createServer().reusePort(true);
      CompletableFuture<Object> address = new CompletableFuture<>();
      second.onError(address::completeExceptionally);
      second.listen(port, HOST, () -> address.complete(second.address()));
      assertThat(await(address)).isEqualTo(new InetSocketAddress(HOST, port));
    }
  }
}
