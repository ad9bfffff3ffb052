package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** A client and a server whose {@link TlsSocket}s lie back to back over a {@link MemoryNetwork}. */
final class TlsPair {
  final MemoryNetwork network;
  final TlsPeer client;
  final TlsPeer server;

  private TlsPair(MemoryNetwork network, Credentials client, Credentials server)
      throws NetException {
    this.network = network;
    this.client = TlsPeer.client(network, client);
    this.server = TlsPeer.server(network, server);
  }

  /** A pair that has begun to shake hands. */
  static TlsPair start(MemoryNetwork network, Credentials client, Credentials server)
      throws NetException {
    TlsPair pair = new TlsPair(network, client, server);
    pair.server.start();
    pair.client.start();
    return pair;
  }

  /** A pair that has shaken hands. */
  static TlsPair connect(MemoryNetwork network, Credentials client, Credentials server)
      throws NetException {
    TlsPair pair = start(network, client, server);
    pair.network.until(
        "both are secure",
        () -> {
          assertThat(pair.client.error).isNull();
          assertThat(pair.server.error).isNull();
          return pair.client.isSecure() && pair.server.isSecure();
        });
    return pair;
  }

  static TlsPair connect(SecureWire wire) throws NetException {
    return connect(new MemoryNetwork(), wire);
  }

  static TlsPair connect(MemoryNetwork network, SecureWire wire) throws NetException {
    return connect(network, wire.client(), wire.server());
  }

  /** Sends so much each way at the same time. */
  void exchange(int length) {
    byte[] question = random(length);
    byte[] answer = random(length + 1);
    client.send(question);
    server.send(answer);
    network.until(
        "all has arrived",
        () -> client.receivedLength() >= answer.length && server.receivedLength() >= length);
    assertThat(server.received()).isEqualTo(question);
    assertThat(client.received()).isEqualTo(answer);
    network.settle();
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
