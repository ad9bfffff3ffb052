package evented.net;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What can fail while a stream is in a {@link StreamState}, and what its user may see of it. */
enum StreamFailure {
  RESET,
  FIN,
  FIN_THEN_RESET,
  END_THEN_RESET,
  SERVER_CLOSED_THEN_FIN,
  FROZEN_PEER,
  GARBAGE_RECORD,
  DESTROYED,
  DESTROYED_BY_ANOTHER_THREAD,
  DESTROYED_WITH_A_CAUSE;

  private static final byte[] GARBAGE =
      "GET / HTTP/1.1\r\nHost: no TLS at all\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  /** Whether this can happen to a stream in {@code state}. */
  boolean isPossible(StreamState state) {
    return switch (this) {
      case GARBAGE_RECORD -> state == StreamState.HANDSHAKING;
      case FIN, FIN_THEN_RESET, SERVER_CLOSED_THEN_FIN -> state != StreamState.UPGRADING;
      default -> true;
    };
  }

  boolean isLocal() {
    return name().startsWith("DESTROYED") || this == FROZEN_PEER;
  }

  /** Whether the connection is not broken off, so that all that was written has to arrive. */
  boolean isOrderly(StreamState state) {
    return (this == FIN || this == SERVER_CLOSED_THEN_FIN) && !state.isSecuring();
  }

  void strike(TestNet net, Server server, Stream stream, EventLog log, SocketChannel peer)
      throws IOException {
    switch (this) {
      case RESET -> RawBytes.reset(peer);
      case FIN -> peer.shutdownOutput();
      case FIN_THEN_RESET -> {
        peer.shutdownOutput();
        RawBytes.reset(peer);
      }
      case END_THEN_RESET -> {
        onLoop(net, stream::end);
        RawBytes.reset(peer);
      }
      case SERVER_CLOSED_THEN_FIN -> {
        onLoop(net, server::close);
        peer.shutdownOutput();
      }
      case FROZEN_PEER -> {
        onLoop(net, () -> stream.setTimeout(1));
        log.await("timeout");
        onLoop(net, stream::destroy);
      }
      case GARBAGE_RECORD -> RawBytes.write(peer, GARBAGE);
      case DESTROYED -> onLoop(net, stream::destroy);
      case DESTROYED_BY_ANOTHER_THREAD -> stream.destroy();
      case DESTROYED_WITH_A_CAUSE -> onLoop(net, () -> stream.destroy(new IOException("enough")));
    }
  }

  /** Takes all that the stream still has to say, and lets its user say a last word of its own. */
  void comeToTheEnd(TestNet net, StreamState state, Stream stream, SocketChannel peer)
      throws IOException {
    onLoop(net, stream::resume);
    if (isOrderly(state)) {
      onLoop(net, stream::end);
      int taken = RawBytes.readAll(peer).length;
      if (taken != state.written()) {
        throw new AssertionError("the peer got " + taken + " bytes of " + state.written());
      }
    } else if (!isLocal()) {
      // A reset of a stream that only writes is known by the next write alone, on some transports.
      onLoop(
          net,
          () -> {
            if (stream.writable()) {
              stream.write("is anyone there?");
            }
          });
    }
  }

  /**
   * Whether the stream may close so. A UNIX socket whose peer has closed it with nothing unread
   * sees a plain end, and a reset only when it writes. By rows C8, C11 to C13 and T8.
   */
  boolean mayClose(StreamState state, Wire wire, List<String> events) {
    boolean withError = events.contains("close true");
    return switch (this) {
      case DESTROYED, DESTROYED_BY_ANOTHER_THREAD, FROZEN_PEER -> !withError;
      case DESTROYED_WITH_A_CAUSE, GARBAGE_RECORD -> withError;
      case FIN, SERVER_CLOSED_THEN_FIN -> withError == state.isSecuring();
      case RESET -> withError == (wire == Wire.TCP || state != StreamState.ENDED);
      case END_THEN_RESET ->
          state.isStuck() || state.isSecuring()
              ? withError
              : wire == Wire.TCP
                  // Both had ended, so the reset may have come too late to be one.
                  ? withError || state.hasPeerEnded()
                  : !withError;
      case FIN_THEN_RESET -> withError || state == StreamState.ENDED;
    };
  }

  /** The codes that an error of this failure may have; none where the user gives the reason. */
  Set<String> codes() {
    return switch (this) {
      case GARBAGE_RECORD -> Set.of("EPROTO");
      case FIN, SERVER_CLOSED_THEN_FIN -> Set.of("ECONNRESET");
      case DESTROYED_WITH_A_CAUSE -> Set.of();
      default -> Set.of("ECONNRESET", "EPIPE");
    };
  }

  /** How often {@code drain} has to come at the most: what fails leaves nothing to go on with. */
  long mostDrains(StreamState state) {
    return isOrderly(state) && state.isStuck() ? 1 : 0;
  }

  private static void onLoop(TestNet net, Runnable call) {
    net.onLoop(
        () -> {
          call.run();
          return null;
        });
  }
}
