package evented.net;

import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.Provider;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key that the JDK cannot, with BouncyCastle's PEM reader: PKCS#1, SEC 1, and what
 * is encrypted in the ways of old. The only class that needs BouncyCastle, which is optional.
 */
final class TlsPemLegacyKey {
  private TlsPemLegacyKey() {}

  static PrivateKey read(TlsPemSource source, @Nullable String passphrase) {
    try (PEMParser parser = new PEMParser(new StringReader(source.text()))) {
      Object object;
      while ((object = parser.readObject()) != null) {
        PrivateKeyInfo key = keyOf(source, object, passphrase);
        if (key != null) {
          return new JcaPEMKeyConverter().getPrivateKey(key);
        }
      }
    } catch (TlsPemSource.PemProblem e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw source.problem("cannot be read: " + e.getMessage(), e);
    }
    throw source.problem("holds no private key");
  }

  /** The key in {@code object}, decrypted; null if that is something else, such as parameters. */
  private static @Nullable PrivateKeyInfo keyOf(
      TlsPemSource source, Object object, @Nullable String passphrase) throws IOException {
    if (object instanceof PrivateKeyInfo key) {
      return key;
    }
    if (object instanceof PEMKeyPair pair) {
      return pair.getPrivateKeyInfo();
    }
    if (object instanceof PEMEncryptedKeyPair encrypted) {
      char[] password = TlsPemKey.password(source, passphrase);
      try {
        return encrypted
            .decryptKeyPair(
                new JcePEMDecryptorProviderBuilder().setProvider(provider()).build(password))
            .getPrivateKeyInfo();
      } catch (PEMException e) {
        throw TlsPemKey.wrongPassphrase(source, e);
      }
    }
    if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      char[] password = TlsPemKey.password(source, passphrase);
      try {
        return encrypted.decryptPrivateKeyInfo(
            new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider()).build(password));
      } catch (PKCSException | OperatorCreationException e) {
        throw TlsPemKey.wrongPassphrase(source, e);
      }
    }
    return null;
  }

  private static Provider provider() {
    return new BouncyCastleProvider();
  }
}
