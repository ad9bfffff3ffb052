package evented.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What can only be seen in a JVM of one's own, for {@link NioTransportTest}. */
final class NioProgram {
  private NioProgram() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "ipv4" -> connectToIpv6WhereThatIsOff();
      case "ipv4-stream" -> connectAStreamToIpv6WhereThatIsOff();
      case "flag" -> adopt(Integer.parseInt(arguments[1]));
      case "stdin" -> speakOverStdin();
      case "scarce" -> replaceTheLastDescriptor();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void connectToIpv6WhereThatIsOff() throws Exception {
    System.setProperty("java.net.preferIPv4Stack", "true");
    NioTransport transport = new NioTransport();
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    try {
      transport.connect(new InetSocketAddress(InetAddress.getByAddress(loopback), 7)).close();
    } catch (NetException e) {
      System.out.println("failure: " + e.getMessage());
    }
    transport.close();
  }

  private static void connectAStreamToIpv6WhereThatIsOff() {
    System.setProperty("java.net.preferIPv4Stack", "true");
    System.setProperty("evented.transport", "nio");
    Stream stream = new Stream();
    stream.onConnect(() -> System.out.println("event: connect"));
    stream.onError(error -> System.out.println("event: error " + error.getMessage()));
    stream.onClose(hadError -> System.out.println("event: close " + hadError));
    stream.connect(7, "::1");
  }

  private static void adopt(int descriptor) throws Exception {
    NioTransport transport = new NioTransport();
    try {
      transport.adopt(descriptor).close();
    } catch (NetException e) {
      System.out.println("adopt: " + e.getMessage());
    }
    try {
      transport.adoptListener(descriptor).close();
    } catch (NetException e) {
      System.out.println("listen: " + e.getMessage());
    }
    transport.close();
  }

  private static void speakOverStdin() throws Exception {
    NioTransport transport = new NioTransport();
    try {
      transport.adoptListener(0).close();
    } catch (NetException e) {
      System.out.println("listen: " + e.getMessage());
    }
    Socket socket = transport.adopt(0);
    ByteBuffer hello = ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII));
    System.out.println("written: " + socket.write(hello));
    socket.close();
    transport.close();
  }

  /**
   * Takes every descriptor that there is, and then, within one handler, closes one and connects
   * with it. That is rehearsed first, since loading this program's classes takes descriptors, too.
   */
  private static void replaceTheLastDescriptor() throws Exception {
    NioTransport transport = new NioTransport();
    Listener listener =
        transport.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50, false);
    SocketAddress address = listener.localAddress();
    String outcome = "";
    for (int round = 0; round < 2; round++) {
      outcome = replaceOne(transport, address, round == 0 ? 5 : Integer.MAX_VALUE);
    }
    System.out.println(outcome);
    listener.close();
    transport.close();
  }

  private static String replaceOne(NioTransport transport, SocketAddress address, int most)
      throws NetException {
    List<Socket> sockets = new ArrayList<>();
    String refusal = null;
    while (refusal == null && sockets.size() < most) {
      try {
        sockets.add(transport.connect(address));
      } catch (NetException e) {
        refusal = e.code();
      }
    }
    Socket first = sockets.remove(0);
    SocketLog log = new SocketLog();
    String[] outcome = {null};
    log.onWritable =
        () -> {
          first.close();
          try {
            sockets.add(transport.connect(address));
            outcome[0] = "connected";
          } catch (NetException e) {
            outcome[0] = e.code();
          }
        };
    first.handler(log);
    while (outcome[0] == null) {
      transport.poll(-1);
    }
    sockets.forEach(Socket::close);
    return "refused: " + refusal + ", then " + outcome[0];
  }
}
