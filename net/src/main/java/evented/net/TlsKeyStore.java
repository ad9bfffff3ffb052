package evented.net;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what credentials are made of from a {@link KeyStore}. */
final class TlsKeyStore {
  private @Nullable PrivateKey key;
  private final List<X509Certificate> chain = new ArrayList<>();
  private final List<X509Certificate> authorities = new ArrayList<>();

  TlsKeyStore(KeyStore store, char @Nullable [] password) {
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          readKey(store, alias, password);
        } else if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          authorities.add(certificate);
        }
      }
    } catch (UnrecoverableKeyException e) {
      throw new IllegalArgumentException("keyStore: the password of its key is wrong", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("keyStore cannot be read: " + e.getMessage(), e);
    }
    if (key == null && authorities.isEmpty()) {
      throw new IllegalArgumentException("keyStore holds neither a key nor a certificate");
    }
  }

  private void readKey(KeyStore store, String alias, char @Nullable [] password)
      throws GeneralSecurityException {
    if (key == null && store.getKey(alias, password) instanceof PrivateKey privateKey) {
      key = privateKey;
      for (Certificate certificate : store.getCertificateChain(alias)) {
        chain.add((X509Certificate) certificate);
      }
    }
  }

  @Nullable PrivateKey key() {
    return key;
  }

  List<X509Certificate> chain() {
    return chain;
  }

  List<X509Certificate> authorities() {
    return authorities;
  }
}
