package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import evented.net.TestCertificates.Identity;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.PrivateKey;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics T3: what the JDK reads alone, and what it is said to need where it cannot. */
@org.junit.jupiter.api.Tag("values")
class TlsPemTest {
  /** Asks in a JVM of its own that has this library's classes and the JDK, and nothing else. */
  private static String readWithoutBouncyCastle(String pem, String passphrase) throws Exception {
    URL classes = Net.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> source = alone.loadClass("evented.net.TlsPemSource");
      var text = source.getDeclaredMethod("text", String.class, String.class);
      text.setAccessible(true);
      var readKey =
          alone.loadClass("evented.net.TlsPem").getDeclaredMethod("readKey", source, String.class);
      readKey.setAccessible(true);
      try {
        Object key = readKey.invoke(null, text.invoke(null, "key", pem), passphrase);
        return ((PrivateKey) key).getAlgorithm();
      } catch (java.lang.reflect.InvocationTargetException e) {
        return e.getCause().getMessage();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void T3_theJdkReadsPkcs8Alone(String type) throws Exception {
    Identity identity = TestCertificates.server().keyType(type).make();
    String algorithm = type.equals("Ed25519") ? "EdDSA" : type;
    assertThat(readWithoutBouncyCastle(identity.keyPem(), null)).isEqualTo(algorithm);
    assertThat(readWithoutBouncyCastle(identity.encryptedKeyPem("secret"), "secret"))
        .isEqualTo(algorithm);
  }

  @Test
  void T3_anOlderFormIsSaidToNeedBouncyCastle() throws Exception {
    for (String pem :
        new String[] {
          TestCertificates.SERVER.traditionalKeyPem(),
          TestCertificates.EC_SERVER.traditionalKeyPem()
        }) {
      assertThat(readWithoutBouncyCastle(pem, null))
          .isEqualTo(
              "key cannot be read by the JDK alone: add BouncyCastle"
                  + " (org.bouncycastle:bcpkix-jdk18on) to the class path, or convert the key by"
                  + " openssl pkcs8 -topk8");
    }
  }

  @Test
  void T3_aWrongPassphraseIsToldByTheJdkAlone() throws Exception {
    assertThat(readWithoutBouncyCastle(TestCertificates.SERVER.encryptedKeyPem("secret"), "guess"))
        .isEqualTo("key cannot be decrypted: the passphrase is wrong");
  }

  @Test
  void T3_aPassphraseInAnotherAlphabetIsLeftToBouncyCastle() {
    String pem = TestCertificates.SERVER.encryptedKeyPem("größer");
    PrivateKey key = TlsPem.readKey(TlsPemSource.text("key", pem), "größer");
    assertThat(key).isEqualTo(TestCertificates.SERVER.key());
  }

  /** As today's openssl writes it, and as its predecessors did. */
  @ParameterizedTest
  @ValueSource(strings = {"-v2 aes-256-cbc", "-v2 des3", "-v1 PBE-SHA1-3DES"})
  void T3_readsWhatOpensslEncrypts(String options) throws Exception {
    String command = "openssl pkcs8 -topk8 -passout pass:secret " + options;
    Process openssl = new ProcessBuilder(command.split(" ")).start();
    try (var in = openssl.getOutputStream()) {
      in.write(TestCertificates.SERVER.keyPem().getBytes());
    }
    String pem = new String(openssl.getInputStream().readAllBytes());
    assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(TlsPem.readKey(TlsPemSource.text("key", pem), "secret"))
        .isEqualTo(TestCertificates.SERVER.key());
  }

  @Test
  void T3_aKeyOfNoKnownKindIsRefused() {
    String pem = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsPem.readKey(TlsPemSource.text("key", pem), null))
        .withMessage("key cannot be read: it is no key of a kind that the JDK knows");
  }

  @Test
  void T3_aKeyWithoutItsEndIsSaidToBeCutShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TlsPem.readKey(TlsPemSource.text("key", "-----BEGIN PRIVATE KEY-----\nAAAA"), null))
        .withMessage("key cannot be read: it is cut short, its END line is missing");
  }
}
