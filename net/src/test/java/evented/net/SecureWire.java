package evented.net;

import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What carries the bytes of a test of TLS: a wire, the engine of both sides, and the version. An
 * enum of its own rather than more values of {@link Wire}, since a row that counts bytes in the
 * kernel, or that speaks through a raw socket, means something else behind TLS.
 */
enum SecureWire {
  TCP_JDK_12(Wire.TCP, "jdk", "TLSv1.2"),
  TCP_JDK_13(Wire.TCP, "jdk", "TLSv1.3"),
  TCP_OPENSSL_12(Wire.TCP, "openssl", "TLSv1.2"),
  TCP_OPENSSL_13(Wire.TCP, "openssl", "TLSv1.3"),
  UNIX_JDK_12(Wire.UNIX, "jdk", "TLSv1.2"),
  UNIX_JDK_13(Wire.UNIX, "jdk", "TLSv1.3"),
  UNIX_OPENSSL_12(Wire.UNIX, "openssl", "TLSv1.2"),
  UNIX_OPENSSL_13(Wire.UNIX, "openssl", "TLSv1.3");

  private static final Map<SecureWire, Credentials> SERVERS = new EnumMap<>(SecureWire.class);
  private static final Map<SecureWire, Credentials> CLIENTS = new EnumMap<>(SecureWire.class);

  private final Wire wire;
  private final String engine;
  private final String protocol;

  SecureWire(Wire wire, String engine, String protocol) {
    this.wire = wire;
    this.engine = engine;
    this.protocol = protocol;
  }

  Wire wire() {
    return wire;
  }

  String engine() {
    return engine;
  }

  String protocol() {
    return protocol;
  }

  /** Whether a side whose peer has closed TLS may still write. */
  boolean canHalfClose() {
    return engine.equals("jdk") && protocol.equals("TLSv1.3");
  }

  /** Credentials of this engine and version that hold nothing yet. */
  Credentials.Builder credentials() {
    return Credentials.builder().engine(engine).protocols(protocol);
  }

  /** Credentials of {@code identity}. */
  Credentials.Builder credentials(TestCertificates.Identity identity) {
    return credentials().key(identity.keyPem()).cert(identity.chainPem());
  }

  /** What the server for localhost shows. */
  Credentials server() {
    synchronized (SERVERS) {
      return SERVERS.computeIfAbsent(
          this, wire -> wire.credentials(TestCertificates.SERVER).build());
    }
  }

  /** A client's, which trusts that server. */
  Credentials client() {
    synchronized (CLIENTS) {
      return CLIENTS.computeIfAbsent(
          this, wire -> wire.credentials().ca(TestCertificates.CA.certPem()).build());
    }
  }

  /** Starts a server whose streams are made secure at once. */
  SocketAddress serve(TestNet net, Consumer<Stream> listener) {
    return net.serve(
        wire,
        stream -> {
          stream.setSecure(server());
          listener.accept(stream);
        });
  }

  /** A stream that connects and is made secure at once. */
  Stream connect(TestNet net, SocketAddress address) {
    return net.connect(address).setSecure(client());
  }

  /**
   * Starts a server that asks for certificates of {@code ca}, and answers with its first client's
   * subject, and whether it is good; then does {@code then} with that client.
   */
  SocketAddress serveAsking(
      TestNet net,
      TestCertificates.Identity ca,
      CompletableFuture<String> answer,
      Consumer<Stream> then) {
    Credentials asking = credentials(TestCertificates.SERVER).ca(ca.certPem()).build();
    return net.serve(
        wire,
        stream -> {
          stream.setSecure(asking);
          stream.onError(answer::completeExceptionally);
          stream.onSecure(
              () -> {
                PeerCertificate peer = stream.getPeerCertificate();
                answer.complete(
                    (peer == null ? "none" : peer.subject()) + " " + stream.verifyPeer());
                then.accept(stream);
              });
        });
  }
}
