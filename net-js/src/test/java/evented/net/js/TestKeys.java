package evented.net.js;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Keys and certificates for the scripts, made anew for each run of the tests by the JDK's keytool:
 * {@code key.pem} and {@code cert.pem} for localhost, {@code encrypted-key.pem} with the passphrase
 * {@code changeit}, and the same with {@code old-} before them, whose time is over.
 */
final class TestKeys {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private TestKeys() {}

  /** Holds the folder, so that the keys are made when a script is first run. */
  private static final class Made {
    static final Path FOLDER = make();
  }

  /** Where they lie. */
  static Path folder() {
    return Made.FOLDER;
  }

  private static Path make() {
    try {
      Path folder =
          Files.createDirectories(
              Path.of("target", "keys", String.valueOf(ProcessHandle.current().pid()))
                  .toAbsolutePath()); // several JVMs run tests side by side
      make(folder, "", "-1d");
      make(folder, "old-", "-9d");
      return folder;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void make(Path folder, String prefix, String start)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve(prefix + "keys.p12");
    Files.deleteIfExists(store);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost, O=Evented, C=UK",
                "-startdate",
                start,
                "-validity",
                "3",
                "-ext",
                "bc:critical=ca:true",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), prefix + "keytool.log"))
            .start();
    if (keytool.waitFor() != 0) {
      throw new AssertionError(Files.readString(folder.resolve(prefix + "keytool.log")));
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    byte[] key = keys.getKey("test", PASSWORD).getEncoded();
    Files.writeString(folder.resolve(prefix + "key.pem"), pem("PRIVATE KEY", key));
    Files.writeString(
        folder.resolve(prefix + "encrypted-key.pem"), pem("ENCRYPTED PRIVATE KEY", encrypt(key)));
    byte[] certificate = keys.getCertificate("test").getEncoded();
    Files.writeString(folder.resolve(prefix + "cert.pem"), pem("CERTIFICATE", certificate));
  }

  private static byte[] encrypt(byte[] key) throws IOException, GeneralSecurityException {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    SecretKey secret =
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2"); // its standard name
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key)).getEncoded();
  }

  private static String pem(String kind, byte[] bytes) {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    String text = Base64.getMimeEncoder(64, lineEnd).encodeToString(bytes);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }
}
