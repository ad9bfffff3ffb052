package evented.net;

import java.util.concurrent.CountDownLatch;

/**
 * What {@link SocketOptionsTest} starts: three connections, one that never asks for {@code
 * setNoDelay}, one that asks before it connects, and one that asks while it is open. None closes
 * before all are open, so that no descriptor is used twice.
 */
final class NoDelayClient {
  private NoDelayClient() {}

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch listening = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(6);
    Server server = Net.createServer(stream -> stream.on("connect", open::countDown));
    server.listen(0, "127.0.0.1", listening::countDown);
    listening.await();
    Stream never = Net.createConnection(server.port(), "127.0.0.1");
    Stream before = new Stream().setNoDelay().connect(server.port(), "127.0.0.1");
    Stream after = Net.createConnection(server.port(), "127.0.0.1");
    never.onConnect(open::countDown);
    before.onConnect(open::countDown);
    after.onConnect(
        () -> {
          after.setNoDelay();
          open.countDown();
        });
    open.await();
    never.end();
    before.end();
    after.end();
    server.close();
  }
}
