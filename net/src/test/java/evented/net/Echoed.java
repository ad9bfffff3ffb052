package evented.net;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Random bytes that a stream sends, with heed of what {@code write} returns, to a peer that echoes
 * them. Compared are the hashes of what went and of what came.
 */
final class Echoed {
  private static final int CHUNK = 32 << 10;

  private final Stream stream;
  private final Random random;
  private final MessageDigest sent = sha256();
  private final MessageDigest received = sha256();
  private final CompletableFuture<Boolean> equal = new CompletableFuture<>();
  private long toSend;
  private long toReceive;

  private Echoed(Stream stream, long bytes, long seed) {
    this.stream = stream;
    this.random = new Random(seed);
    this.toSend = bytes;
    this.toReceive = bytes;
  }

  /** Begins, and tells when all has come back whether the hashes are equal. */
  static CompletableFuture<Boolean> begin(Stream stream, long bytes, long seed) {
    Echoed echoed = new Echoed(stream, bytes, seed);
    stream.onError(echoed.equal::completeExceptionally);
    stream.onData(echoed::receive);
    stream.onDrain(echoed::send);
    stream.onConnect(echoed::send);
    stream.onClose(
        hadError -> echoed.equal.completeExceptionally(new AssertionError("closed too early")));
    return echoed.equal;
  }

  private void send() {
    boolean goesOn = true;
    while (goesOn && toSend > 0) {
      byte[] chunk = new byte[(int) Math.min(toSend, 1 + random.nextInt(CHUNK))];
      random.nextBytes(chunk);
      sent.update(chunk);
      toSend -= chunk.length;
      goesOn = stream.write(chunk);
    }
  }

  /** Ends once all has come back, and no sooner: not every engine of TLS knows a half-close. */
  private void receive(Buffer chunk) {
    received.update(chunk.toByteArray());
    toReceive -= chunk.length();
    if (toReceive <= 0) {
      stream.end();
      equal.complete(toReceive == 0 && MessageDigest.isEqual(sent.digest(), received.digest()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
