package evented.net.js;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a peer's certificates as OpenSSL does, and says in its words what is wrong with them.
 * Programs in JavaScript decide on those words, and they say more than the JDK's {@code
 * CertPathValidatorException} gives away. Like OpenSSL when its callback lets it go on, this tells
 * of the problem that is found last: those of the peer's own certificate go before those of the
 * authorities, and dates before signatures.
 */
final class ChainVerification {
  private static final int MAX_DEPTH = 100;
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final String SUBJECT_KEY_ID = "2.5.29.14";
  private static final String AUTHORITY_KEY_ID = "2.5.29.35";
  private static final int KEY_CERT_SIGN = 5;

  private final List<X509Certificate> path = new ArrayList<>();
  private @Nullable String problem;

  /**
   * Looks at a chain.
   *
   * @param sent the peer's own certificate, then what it has sent along
   * @param trusted whom to trust
   * @param peerIsServer what the peer's certificate is used for
   */
  ChainVerification(List<X509Certificate> sent, Trust trusted, boolean peerIsServer) {
    build(sent, trusted);
    checkUses(peerIsServer);
    checkSignaturesAndDates();
    if (problem == null && path.size() > 1) {
      checkConstraints();
    }
  }

  /**
   * What is left to look at in a chain that is good so far, the JDK does: constraints on names,
   * weak algorithms and short keys, critical extensions that nobody knows.
   */
  private void checkConstraints() {
    try {
      int top = path.size() - 1;
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.get(top), null)));
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(path.subList(0, top)),
              parameters);
    } catch (GeneralSecurityException e) {
      problem = "CERT_REJECTED";
    }
  }

  /** The code of what is wrong, such as {@code CERT_HAS_EXPIRED}; null if nothing is. */
  @Nullable String problem() {
    return problem;
  }

  /** The peer's certificate, and those that lead from it as far as could be found. */
  List<X509Certificate> path() {
    return path;
  }

  private void build(List<X509Certificate> sent, Trust trusted) {
    X509Certificate current = sent.get(0);
    path.add(current);
    boolean fromTrusted = false;
    while (true) {
      if (isSelfSigned(current)) {
        if (!fromTrusted && !trusted.contains(current)) {
          problem = path.size() == 1 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN";
        }
        return;
      }
      X509Certificate issuer = issuerOf(current, trusted.named(current.getIssuerX500Principal()));
      if (issuer != null) {
        fromTrusted = true;
      } else if (!fromTrusted) {
        issuer = issuerOf(current, sent);
      }
      if (issuer == null) {
        problem = fromTrusted ? "UNABLE_TO_GET_ISSUER_CERT" : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
        return;
      }
      if (path.size() >= MAX_DEPTH) {
        problem = "CERT_CHAIN_TOO_LONG";
        return;
      }
      path.add(issuer);
      current = issuer;
    }
  }

  private @Nullable X509Certificate issuerOf(
      X509Certificate certificate, List<X509Certificate> candidates) {
    X509Certificate found = null;
    for (X509Certificate candidate : candidates) {
      if (!path.contains(candidate) && claimsToIssue(candidate, certificate)) {
        if (hasSigned(candidate, certificate)) {
          return candidate;
        }
        found = found == null ? candidate : found;
      }
    }
    return found;
  }

  private static boolean claimsToIssue(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    byte[] wanted = authorityKeyId(certificate);
    byte[] id = subjectKeyId(issuer);
    return wanted == null || id == null || Arrays.equals(wanted, id);
  }

  private static byte @Nullable [] subjectKeyId(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_ID);
    return extension == null ? null : Der.of(Der.of(extension).content()).content();
  }

  private static byte @Nullable [] authorityKeyId(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(AUTHORITY_KEY_ID);
    if (extension != null) {
      for (Der part : Der.of(Der.of(extension).content()).children()) {
        if ((part.tag & 0x1f) == 0) { // keyIdentifier
          return part.content();
        }
      }
    }
    return null;
  }

  /** Whether the certificate's own key has signed it, as that of a root has. */
  static boolean isSelfSigned(X509Certificate certificate) {
    return claimsToIssue(certificate, certificate) && hasSigned(certificate, certificate);
  }

  private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void checkUses(boolean peerIsServer) {
    for (int i = path.size() - 1; i > 0; i--) {
      X509Certificate authority = path.get(i);
      if (!mayIssue(authority)) {
        problem = "INVALID_CA";
      } else if (authority.getVersion() >= 3 && authority.getBasicConstraints() < i - 1) {
        problem = "PATH_LENGTH_EXCEEDED";
      }
    }
    if (!isFor(path.get(0), peerIsServer ? SERVER_AUTH : CLIENT_AUTH)) {
      problem = "INVALID_PURPOSE";
    }
  }

  private static boolean mayIssue(X509Certificate authority) {
    if (authority.getVersion() < 3) {
      return isSelfSigned(authority); // such a certificate cannot say, so it must be a root
    }
    boolean[] usage = authority.getKeyUsage();
    return authority.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
  }

  private static boolean isFor(X509Certificate certificate, String purpose) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null || usages.contains(purpose) || usages.contains(ANY_USAGE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private void checkSignaturesAndDates() {
    int top = path.size() - 1;
    X509Certificate issuer = path.get(top);
    if (!isSelfSigned(issuer)) {
      if (top == 0) {
        problem = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
        checkDates(issuer);
      }
      top--;
    }
    for (int i = top; i >= 0; i--) {
      X509Certificate certificate = path.get(i);
      if (!certificate.equals(issuer) && !hasSigned(issuer, certificate)) {
        problem = "CERT_SIGNATURE_FAILURE";
      }
      checkDates(certificate);
      issuer = certificate;
    }
  }

  private void checkDates(X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      problem = "CERT_HAS_EXPIRED";
    } catch (CertificateNotYetValidException e) {
      problem = "CERT_NOT_YET_VALID";
    }
  }

  /** Which certificates are trusted. */
  interface Trust {
    /** Those whose subject is {@code name}. */
    List<X509Certificate> named(X500Principal name);

    /** Whether this very one is. */
    default boolean contains(X509Certificate certificate) {
      return named(Objects.requireNonNull(certificate.getSubjectX500Principal()))
          .contains(certificate);
    }
  }
}
