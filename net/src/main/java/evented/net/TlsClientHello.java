package evented.net;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the first bytes of a client for the name of the server that it wants (RFC 6066, 3).
 * It judges nothing: of what is no ClientHello it says that there is no name, and the engine, which
 * gets the same bytes, says what is wrong with them.
 */
final class TlsClientHello {
  /** No message is looked at that is longer, in bytes; the JDK's engine takes half of that. */
  static final int MAX_LENGTH = 64 * 1024;

  private static final int RECORD_HEADER = 5;
  private static final int HANDSHAKE_RECORD = 22;
  private static final int MAX_RECORD = 1 << 14;
  private static final int MESSAGE_HEADER = 4;
  private static final int CLIENT_HELLO = 1;
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;

  private static final TlsClientHello NAMELESS = new TlsClientHello(0, null);

  /** How many bytes there must be before it is worth while to look again; 0 if all is known. */
  final int needed;

  /** The name that the client has sent; null if it has sent none. */
  final @Nullable String serverName;

  private TlsClientHello(int needed, @Nullable String serverName) {
    this.needed = needed;
    this.serverName = serverName;
  }

  /** Looks at the first {@code length} of {@code bytes}. */
  static TlsClientHello in(byte[] bytes, int length) {
    ByteBuffer records = ByteBuffer.wrap(bytes, 0, length);
    ByteBuffer message = ByteBuffer.allocate(length);
    while (true) {
      if (records.remaining() < RECORD_HEADER) {
        return new TlsClientHello(records.position() + RECORD_HEADER, null);
      }
      int type = records.get() & 0xff;
      int major = records.get() & 0xff;
      records.get();
      int body = records.getShort() & 0xffff;
      if (type != HANDSHAKE_RECORD || major != 3 || body == 0 || body > MAX_RECORD) {
        return NAMELESS;
      }
      if (records.remaining() < body) {
        return new TlsClientHello(records.position() + body, null);
      }
      message.put(records.slice().limit(body));
      records.position(records.position() + body);
      if (message.position() >= MESSAGE_HEADER) {
        int header = message.getInt(0);
        int end = MESSAGE_HEADER + (header & 0xffffff);
        if (header >>> 24 != CLIENT_HELLO || end > MAX_LENGTH) {
          return NAMELESS;
        }
        if (message.position() >= end) {
          return new TlsClientHello(0, nameIn(message.flip().limit(end).position(MESSAGE_HEADER)));
        }
      }
    }
  }

  private static @Nullable String nameIn(ByteBuffer hello) {
    try {
      skip(hello, VERSION_AND_RANDOM);
      skip(hello, hello.get() & 0xff); // the session
      skip(hello, hello.getShort() & 0xffff); // cipher suites
      skip(hello, hello.get() & 0xff); // compression
      if (!hello.hasRemaining()) {
        return null; // nor are there extensions
      }
      ByteBuffer extensions = take(hello);
      while (extensions.hasRemaining()) {
        int type = extensions.getShort() & 0xffff;
        ByteBuffer extension = take(extensions);
        if (type == SERVER_NAME) {
          return hostIn(take(extension));
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException cutShort) {
      // The engine says so, too.
    }
    return null;
  }

  private static @Nullable String hostIn(ByteBuffer names) {
    while (names.hasRemaining()) {
      int type = names.get() & 0xff;
      ByteBuffer name = take(names);
      if (type == HOST_NAME) {
        return StandardCharsets.ISO_8859_1.decode(name).toString();
      }
    }
    return null;
  }

  private static void skip(ByteBuffer from, int count) {
    from.position(from.position() + count);
  }

  /** The bytes behind a length of two bytes. */
  private static ByteBuffer take(ByteBuffer from) {
    int length = from.getShort() & 0xffff;
    ByteBuffer taken = from.slice().limit(length);
    skip(from, length);
    return taken;
  }
}
