package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.net.TlsPemSource.PemProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Whatever is given as PEM is read, or refused in words that name it; {@code -Pfuzz}, and {@link
 * FuzzTest}.
 */
public final class PemFuzz {
  /** What stands behind BEGIN; none for an input that is PEM as a whole. */
  private static final String[] LABELS = {
    "",
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "CERTIFICATE",
    "TRUSTED CERTIFICATE"
  };

  /** How often a passphrase may be hashed: what takes seconds belongs to no fuzzer. */
  private static final int LARGEST = 4096;

  private PemFuzz() {}

  /** The entry point of a fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    String label = LABELS[in.choice(LABELS.length)];
    String passphrase = in.choice(2) == 0 ? null : "secret";
    byte[] rest = in.rest();
    if (rest.length > LARGEST) {
      return;
    }
    TlsPemSource source = TlsPemSource.text("given", pem(label, rest));
    check(() -> TlsPem.readKey(source, passphrase));
    check(() -> TlsPem.readCertificates(source));
    check(() -> TlsPem.readAuthorities(source));
  }

  private static String pem(String label, byte[] bytes) {
    if (label.isEmpty()) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    String body = Base64.getMimeEncoder().encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static void check(Runnable read) {
    try {
      read.run();
    } catch (PemProblem e) {
      assertThat(e).hasMessageStartingWith("given ");
    }
  }
}
