package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client that speaks TLS over a socket of the JDK's own, TCP or UNIX, with the JDK's engine: a
 * peer of which the test decides when it reads.
 */
final class RawTlsClient {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final byte[] BLOCK = new byte[16 * 1024];

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer received = ByteBuffer.allocate(1 << 16).flip();
  private final ByteBuffer plaintext = ByteBuffer.allocate(1 << 16);

  /** Speaks the version of {@code wire}. */
  RawTlsClient(SocketChannel channel, SecureWire wire)
      throws GeneralSecurityException, IOException {
    this.channel = channel;
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", TestCertificates.CA.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {wire.protocol()});
  }

  /** Sends what begins the handshake, and reads nothing. */
  void sayHello() throws IOException {
    engine.beginHandshake();
    send(wrap(NOTHING));
  }

  /** Goes on with the handshake, or begins it, and does not return before it is done. */
  void shakeHands() throws IOException {
    if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
      engine.beginHandshake();
    }
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.NOT_HANDSHAKING) {
      switch (status) {
        case NEED_WRAP -> send(wrap(NOTHING));
        case NEED_TASK -> engine.getDelegatedTask().run();
        default -> unwrap();
      }
      status = engine.getHandshakeStatus();
    }
  }

  void write(String text) throws IOException {
    send(wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))));
  }

  /** Waits for so many bytes, as text. */
  String readText(int count) throws IOException {
    while (plaintext.position() < count) {
      unwrap();
    }
    plaintext.flip();
    byte[] bytes = new byte[count];
    plaintext.get(bytes);
    plaintext.compact();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Sends until nothing moves, and {@code stream} is paused since its own writes are stuck; what it
   * has encrypted already does not count as buffered. The channel is left non-blocking.
   */
  void floodUntilBothDirectionsAreStuck(Stream stream) throws IOException {
    channel.configureBlocking(false);
    ByteBuffer[] next = {NOTHING};
    Await.until(
        "both directions are stuck", () -> !takesMore(next, stream) && stream.engine().isPaused());
  }

  private boolean takesMore(ByteBuffer[] next, Stream stream) {
    try {
      if (!next[0].hasRemaining()) {
        next[0] = wrap(ByteBuffer.wrap(BLOCK));
      }
      return channel.write(next[0]) > 0 || Flood.moves(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteBuffer wrap(ByteBuffer bytes) throws IOException {
    ByteBuffer records = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
    do {
      engine.wrap(bytes, records);
    } while (bytes.hasRemaining());
    return records.flip();
  }

  private void send(ByteBuffer records) throws IOException {
    while (records.hasRemaining()) {
      channel.write(records);
    }
  }

  private void unwrap() throws IOException {
    while (engine.unwrap(received, plaintext).getStatus() == Status.BUFFER_UNDERFLOW) {
      received.compact();
      if (channel.read(received) < 0) {
        throw new IOException("the server has hung up");
      }
      received.flip();
    }
  }
}
