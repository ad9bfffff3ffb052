package evented.net;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/** What a client says first: bytes to be cut, bent and sent too late. */
final class ClientHello {
  private ClientHello() {}

  static byte[] of(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<byte[]> hello = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(), stream -> stream.onData(bytes -> hello.complete(bytes.toByteArray())));
      wire.connect(net, address);
      return Await.get(hello);
    }
  }
}
