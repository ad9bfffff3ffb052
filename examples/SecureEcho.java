import evented.net.Credentials;
import evented.net.Net;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * An echo server behind TLS: {@code SecureEcho [port [key.pem cert.pem]]}. Without a key it makes a
 * certificate for localhost that only lives as long as the program. Speak to it with {@code openssl
 * s_client -quiet -connect localhost:8125}.
 */
public class SecureEcho {
  public static void main(String[] args) throws Exception {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8125;
    Credentials credentials =
        args.length > 2
            ? Credentials.builder().key(Path.of(args[1])).cert(Path.of(args[2])).build()
            : throwaway();
    var server =
        Net.createServer(
            stream -> {
              stream.setSecure(credentials);
              stream.on("secure", () -> stream.write("hello " + stream.getProtocol() + "\r\n"));
              stream.pipe(stream);
              stream.onError(error -> System.err.println(error.getMessage()));
            });
    server.listen(port, "localhost", () -> System.out.println("listening on " + server.port()));
  }

  /** Has the JDK's keytool make a key and a certificate. */
  static Credentials throwaway()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("certificate");
    Path file = folder.resolve("store.p12");
    String password = "only for a moment";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-alias",
                "server",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    Files.delete(file);
    Files.delete(folder);
    return Credentials.builder().keyStore(store, password.toCharArray()).build();
  }
}
