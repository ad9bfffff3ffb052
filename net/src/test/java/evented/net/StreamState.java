package evented.net;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** What a server's stream was about when something failed. Whoever made it had it paused or not. */
enum StreamState {
  IDLE,
  FLOWING,
  PAUSED,
  PAUSED_WITH_DATA,
  PAUSED_WITH_FIN,
  STUCK,
  STUCK_AND_PAUSED_WITH_DATA,
  ENDING,
  ENDED,
  PEER_ENDED,
  PEER_ENDED_AND_STUCK,
  TIMED,
  LIMITED,
  HANDSHAKING,
  UPGRADING;

  /** More than the kernel takes for a peer that does not read. */
  private static final int STUCK_BYTES = 8 << 20;

  /** What the peer has said, which nothing but a destruction may keep from the listener. */
  String said() {
    return switch (this) {
      case FLOWING, PAUSED_WITH_DATA, PAUSED_WITH_FIN, STUCK_AND_PAUSED_WITH_DATA -> "said before";
      default -> "";
    };
  }

  boolean isPaused() {
    return name().contains("PAUSED");
  }

  boolean isStuck() {
    return name().contains("STUCK") || this == ENDING || this == UPGRADING;
  }

  boolean isSecuring() {
    return this == HANDSHAKING || this == UPGRADING;
  }

  boolean hasPeerEnded() {
    return this == PAUSED_WITH_FIN || this == PEER_ENDED || this == PEER_ENDED_AND_STUCK;
  }

  boolean hasEnded() {
    return this == ENDING || this == ENDED;
  }

  /** How much the user writes on the way. */
  int written() {
    return isStuck() ? STUCK_BYTES : 0;
  }

  /** Brings the stream there. */
  void reach(TestNet net, Stream stream, EventLog log, SocketChannel peer) throws IOException {
    log.await("connect");
    if (isPaused()) {
      net.onLoop(stream::pause);
    }
    if (!said().isEmpty()) {
      RawBytes.write(peer, said());
      Await.until("it has arrived", () -> stream.bytesRead() == said().length());
    }
    if (hasPeerEnded()) {
      peer.shutdownOutput();
    }
    if (this == PEER_ENDED || this == PEER_ENDED_AND_STUCK) {
      log.await("end");
    }
    if (isStuck()) {
      net.onLoop(() -> stream.write(new byte[STUCK_BYTES]));
      Await.until(
          "the queue is stuck",
          () -> net.onLoop(() -> stream.bytesWritten() > stream.bufferSize() && !stream.flush()));
    }
    net.onLoop(
        () -> {
          switch (this) {
            case ENDING, ENDED -> stream.end();
            case TIMED -> stream.setTimeout(Await.DEADLINE.toMillis());
            case LIMITED -> stream.maxBufferSize(1 << 20);
            case HANDSHAKING, UPGRADING -> stream.setSecure(SecureWire.TCP_JDK_13.server());
            default -> {}
          }
          return null;
        });
  }
}
