package evented.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@link EpollSystemCallTest} traces: a server that echoes once and closes, on the main
 * thread. It says which thread that is, and where it listens; and it ends after as many connections
 * as it is told.
 */
final class EpollAcceptProgram {
  private EpollAcceptProgram() {}

  public static void main(String[] args) throws Exception {
    int left = Integer.parseInt(args[0]);
    Transport transport = Transports.open("epoll");
    Listener listener =
        transport.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            /* backlog= */ 16,
            /* reusePort= */ false);
    ByteBuffer region = transport.allocate(1024);
    int[] served = {0};
    listener.handler(
        () -> {
          try {
            Socket socket = listener.accept();
            if (socket != null) {
              transport.register(socket);
              socket.handler(new EchoOnce(socket, region, served));
              socket.want(true, false);
            }
          } catch (NetException e) {
            throw new AssertionError(e);
          }
        });
    listener.want(true);
    Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    System.out.println("thread " + thread.getFileName() + " port " + port + ".");
    while (served[0] < left) {
      transport.poll(-1);
    }
  }

  private record EchoOnce(Socket socket, ByteBuffer region, int[] served)
      implements Socket.Handler {
    @Override
    public void readable() {
      try {
        socket.read(region.clear());
        socket.write(region.flip());
      } catch (NetException e) {
        throw new AssertionError(e);
      }
      socket.close();
      served[0]++;
    }

    @Override
    public void writable() {}

    @Override
    public void hungUp(NetException cause) {}
  }
}
