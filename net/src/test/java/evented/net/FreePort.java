package evented.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For programs that must be told a port and cannot choose one. */
final class FreePort {
  private FreePort() {}

  /** A port of the loopback address on which no one listens at this moment. */
  static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
