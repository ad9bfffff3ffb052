package evented.net;

import java.security.cert.CertificateException;

/** A certificate is good, but for someone else. */
final class TlsWrongNameException extends CertificateException {
  private static final long serialVersionUID = 1L;

  TlsWrongNameException(String host) {
    super("the certificate is not for " + host);
  }
}
