package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fault F31: a listener that does not return. */
class BlockedListenerTest {
  private static final int THREADS = 2;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F31_streamsOfOtherLoopThreadsGoOn(Wire wire) {
    CompletableFuture<Void> blocked = new CompletableFuture<>();
    CompletableFuture<Void> released = new CompletableFuture<>();
    try (TestNet servers = new TestNet();
        TestNet net = new TestNet(THREADS)) {
      SocketAddress address = servers.serve(wire, stream -> stream.onData(stream::write));
      List<Stream> clients = new ArrayList<>();
      List<EventLog> logs = new ArrayList<>();
      for (int i = 0; i < 2 * THREADS; i++) {
        Stream client = net.connect(address);
        clients.add(client);
        logs.add(EventLog.of(client));
      }
      logs.forEach(log -> log.await("connect"));
      clients
          .get(0)
          .onData(
              bytes -> {
                blocked.complete(null);
                Await.get(released);
              });
      clients.get(0).write("block");
      Await.get(blocked);
      LoopThread blockedLoop = clients.get(0).engine().thread;
      int others = 0;
      for (int i = 1; i < clients.size(); i++) {
        if (clients.get(i).engine().thread != blockedLoop) {
          clients.get(i).write("go on");
          logs.get(i).awaitText("go on"); // while the other thread has not returned
          others++;
        }
      }
      assertThat(others).isEqualTo(THREADS);
      assertThat(released).isNotDone();
      for (Stream client : clients) {
        client.write("after");
      }
      released.complete(null);
      logs.forEach(log -> log.awaitText("after")); // those that had to wait, too
    }
  }
}
