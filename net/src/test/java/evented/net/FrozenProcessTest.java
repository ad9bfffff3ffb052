package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A process that is stopped for longer than its timeouts. */
class FrozenProcessTest {
  private static final int CLIENTS = 50;

  /** A server whose streams have a timeout of half a second, and are never idle for so long. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Server server =
          Net.createServer(
              stream -> {
                stream.setTimeout(500);
                stream.onTimeout(() -> System.out.println("timeout"));
                stream.onError(error -> System.out.println("error " + error.getMessage()));
                stream.onData(stream::write);
              });
      server.listen(0, "127.0.0.1", () -> System.out.println("listening on " + server.port()));
      System.in.read();
      System.exit(0);
    }
  }

  @Test
  void F39_streamsThatWereBusyDoNotTimeOut() {
    try (ChildJvm child = ChildJvm.start(Program.class);
        TestNet net = new TestNet()) {
      int port = Integer.parseInt(child.awaitLine("listening on "));
      List<Stream> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Stream client = net.connect(new InetSocketAddress("127.0.0.1", port));
        client.onData(client::write); // from now on a byte is always on its way
        client.write("x");
        clients.add(client);
      }
      awaitTraffic(clients);
      for (int round = 0; round < 3; round++) {
        child.signal("STOP");
        CompletableFuture<Void> thawed = new CompletableFuture<>();
        net.loop().setTimeout(1200, () -> thawed.complete(null)); // on purpose by the clock
        Await.get(thawed);
        child.signal("CONT");
        awaitTraffic(clients);
      }
      assertThat(child.lines()).hasSize(1);
    }
  }

  private static void awaitTraffic(List<Stream> clients) {
    long[] before = clients.stream().mapToLong(Stream::bytesRead).toArray();
    for (int i = 0; i < before.length; i++) {
      Stream client = clients.get(i);
      long read = before[i];
      Await.until("it goes on", () -> client.bytesRead() > read + 10);
    }
  }
}
