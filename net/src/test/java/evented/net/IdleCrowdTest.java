package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fault F33: many connections that are idle, each with a timeout. */
class IdleCrowdTest {
  private static final int STREAMS = 1000;
  private static final int TIMEOUT_MILLIS = 200;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F33_allOfAThousandTimeOutOnceAndLeaveNoTimerBehind(Wire wire) {
    try (TestNet net = new TestNet()) {
      AtomicInteger timeouts = new AtomicInteger();
      CompletableFuture<Void> allGone = new CompletableFuture<>();
      AtomicInteger gone = new AtomicInteger();
      Server server =
          net.server(
              stream -> {
                stream.setTimeout(TIMEOUT_MILLIS);
                stream.onTimeout(
                    () -> {
                      timeouts.incrementAndGet();
                      stream.destroy();
                    });
                stream.onClose(
                    hadError -> {
                      if (gone.incrementAndGet() == STREAMS) {
                        allGone.complete(null);
                      }
                    });
              });
      SocketAddress address = net.listen(wire, server.backlog(STREAMS));
      for (int i = 0; i < STREAMS; i++) {
        net.connect(address).setTimeout(100 * TIMEOUT_MILLIS).resume();
      }
      Await.get(allGone);
      assertThat(timeouts).hasValue(STREAMS);
      Await.until(
          "no timer is left", () -> net.onLoop(() -> net.loop().nextThread().timers().isEmpty()));
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F33_allOfAThousandAnswer(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.onData(stream::write));
      SocketAddress address = net.listen(wire, server.backlog(STREAMS));
      CountDownLatch open = new CountDownLatch(STREAMS);
      List<Stream> clients = new ArrayList<>();
      AtomicInteger answers = new AtomicInteger();
      for (int i = 0; i < STREAMS; i++) {
        Stream client = net.connect(address);
        client.onConnect(open::countDown);
        client.onData(answer -> answers.incrementAndGet());
        clients.add(client);
      }
      Await.until("all are open", () -> open.getCount() == 0);
      clients.forEach(client -> client.write("?"));
      Await.until("all have answered", () -> answers.get() == STREAMS);
      assertThat(server.connections()).isEqualTo(STREAMS);
    }
  }
}
