package evented.net;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.unix.Socket;
import java.io.IOException;

/** The options of a stream's socket, as the kernel has them. */
final class NettySocket {
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_KEEPIDLE = 4; // on Linux

  private final Socket socket;

  /** Of an open stream; skips the test where the stream shows no descriptor. */
  NettySocket(Stream stream) {
    assumeTrue(stream.fd() >= 0, "skipped: the transport nio shows no descriptor");
    boolean linux = System.getProperty("os.name").equals("Linux");
    assumeTrue(linux, "skipped: the numbers of the options are those of Linux");
    socket = new Socket(stream.fd());
  }

  boolean noDelay() throws IOException {
    return socket.isTcpNoDelay();
  }

  boolean keepAlive() throws IOException {
    return socket.isKeepAlive();
  }

  /** The seconds from the last data to the first probe. */
  int keepIdleSeconds() throws IOException {
    return socket.getIntOpt(IPPROTO_TCP, TCP_KEEPIDLE);
  }
}
