package evented.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What {@link EpollSystemCallTest} runs over a C library that fails: a client that reads once. */
final class EpollErrnoProgram {
  private EpollErrnoProgram() {}

  public static void main(String[] args) throws Exception {
    try (Polled polled = new Polled("epoll")) {
      Listener listener = polled.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      polled.peer(listener);
      PolledSocket server = polled.accept(listener);
      try {
        server.socket.read(polled.transport.allocate(1));
      } catch (NetException e) {
        System.out.println(e.code() + " of " + e.syscall() + ": " + e.getMessage());
      }
    }
  }
}
