package evented.net;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Does what an engine wants until the handshake is done, or the network is not ready for more. */
final class TlsHandshake {
  /** More than any handshake has. */
  private static final int MAX_RECORDS = 32;

  private final SSLEngine engine;
  private final TlsInput input;
  private final TlsOutput output;

  private boolean begun;
  private boolean waitsToWrite;

  TlsHandshake(SSLEngine engine, TlsInput input, TlsOutput output) {
    this.engine = engine;
    this.input = input;
    this.output = output;
  }

  /**
   * Goes on as far as possible. It asks the kernel once, so that a peer that sends without end does
   * not keep the loop.
   *
   * @return whether the handshake is done
   */
  boolean proceed() throws SSLException, NetException {
    if (!begun) {
      begun = true;
      engine.beginHandshake();
    }
    output.flush();
    waitsToWrite = false;
    boolean asked = false;
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
      if (status == HandshakeStatus.NEED_TASK) {
        input.runTasks();
        status = engine.getHandshakeStatus();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        waitsToWrite = !output.flush();
        if (waitsToWrite) {
          return false;
        }
        status = statusOf(output.wrap());
      } else {
        boolean starved = input.isStarved();
        SSLEngineResult result = input.handshake(/* mayAsk= */ !asked || input.isHungUp());
        asked |= starved;
        status = statusOf(result);
        if (status == HandshakeStatus.NEED_UNWRAP
            && input.isStarved()
            && result.bytesConsumed() == 0) {
          if (input.hasEnded()) {
            throw NetException.of("handshake", ErrorCode.ECONNRESET, null, /* cause= */ null);
          }
          return false;
        }
      }
    }
    output.wrap(); // tickets that are ready by now need not wait for the first data
    return true;
  }

  /**
   * A peer that refuses us says so in an alert before it hangs up: if we have failed to write, that
   * may lie in the kernel still.
   *
   * @return the alert, or {@code cause}
   */
  NetException alertBehind(NetException cause) {
    input.hungUp();
    try {
      for (int records = 0; records < MAX_RECORDS; records++) {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
          output.wrap(); // to nowhere: the JDK's engine listens to nothing before
        } else if (input.handshake(/* mayAsk= */ true).bytesConsumed() == 0) {
          break;
        }
      }
    } catch (SSLException e) {
      return TlsErrors.toNetException("handshake", e);
    } catch (NetException e) {
      // the same again
    }
    return cause;
  }

  /** Whether more is to be read now. Not so while a peer that does not read has to be answered. */
  boolean wantsRead() {
    return !waitsToWrite;
  }

  private HandshakeStatus statusOf(SSLEngineResult result) throws NetException {
    HandshakeStatus status = result.getHandshakeStatus();
    if (result.getStatus() == Status.CLOSED) {
      // BoringSSL comes upon a close_notify while it still says how the handshake ended.
      if (status == HandshakeStatus.FINISHED || hasSession()) {
        return HandshakeStatus.FINISHED;
      }
      throw NetException.of("handshake", ErrorCode.ECONNRESET, null, /* cause= */ null);
    }
    // The engine says only once that it has finished, and may want more before it does.
    return status == HandshakeStatus.FINISHED ? status : engine.getHandshakeStatus();
  }

  private boolean hasSession() {
    return !engine.getSession().getCipherSuite().endsWith("NULL_WITH_NULL_NULL");
  }
}
