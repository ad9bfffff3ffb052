package evented.net;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a private key and a certificate belong together. */
final class TlsKeys {
  private static final byte[] SAMPLE = {1, 2, 3, 4};

  private TlsKeys() {}

  static void checkPair(@Nullable PrivateKey key, List<X509Certificate> chain) {
    if (key == null) {
      if (!chain.isEmpty()) {
        throw new IllegalArgumentException("cert was given without its key");
      }
      return;
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("key was given without its cert");
    }
    if (matches(key, chain.get(0).getPublicKey())) {
      return;
    }
    for (int i = 1; i < chain.size(); i++) {
      if (matches(key, chain.get(i).getPublicKey())) {
        throw new IllegalArgumentException(
            "cert has the certificate of the key as number "
                + (i + 1)
                + ": it must come first, then the one that signed it");
      }
    }
    throw new IllegalArgumentException(
        "key does not match cert: the certificate "
            + TlsDistinguishedName.oneLine(chain.get(0).getSubjectX500Principal())
            + " belongs to another key");
  }

  private static boolean matches(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm = signatureAlgorithm(privateKey.getAlgorithm());
    if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())
        && !algorithm.startsWith("Ed")) {
      return false;
    }
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(SAMPLE);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(SAMPLE);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String signatureAlgorithm(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "DSA" -> "SHA256withDSA";
      default -> keyAlgorithm; // EdDSA, Ed25519, Ed448
    };
  }
}
