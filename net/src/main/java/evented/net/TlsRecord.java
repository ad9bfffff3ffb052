package evented.net;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/** The header that each record of TLS begins with: its type, its version and its length. */
final class TlsRecord {
  private static final int HEADER = 5;
  private static final int LENGTH_AT = 3;

  /** 2^14 bytes, and what TLS 1.2 lets encryption add to them (RFC 5246, 6.2.3). */
  private static final int MAX_BODY = (1 << 14) + 2048;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int HEARTBEAT = 24;

  private TlsRecord() {}

  /** How long the record is with its header; the most that there is if that cannot be said. */
  static int length(ByteBuffer from) {
    return isRecord(from)
        ? HEADER + (from.getShort(from.position() + LENGTH_AT) & 0xffff)
        : HEADER + MAX_BODY;
  }

  /**
   * Refuses what the engine had better not see. The JDK's renegotiates whenever a client asks for
   * it, and takes records of twice the length, after which it needs twice the room for its own.
   *
   * @param refusesHandshakes whether no handshake may begin any more
   */
  static void check(ByteBuffer from, boolean refusesHandshakes) throws SSLException {
    if (!isRecord(from)) {
      return; // too short yet, or none: the engine knows what to say then
    }
    if (length(from) > HEADER + MAX_BODY) {
      throw new SSLException("a record is larger than TLS allows");
    }
    if (refusesHandshakes && from.get(from.position()) == HANDSHAKE) {
      throw new SSLException("the peer asks to renegotiate, which is refused");
    }
  }

  private static boolean isRecord(ByteBuffer from) {
    if (from.remaining() < HEADER) {
      return false;
    }
    int type = from.get(from.position()) & 0xff;
    return type >= CHANGE_CIPHER_SPEC && type <= HEARTBEAT && from.get(from.position() + 1) == 3;
  }
}
