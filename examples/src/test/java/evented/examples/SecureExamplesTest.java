package evented.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import evented.net.Credentials;
import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples with TLS, spoken to by programs that we did not write. Their certificates are made
 * by the commands of docs/certificates.md, which are tested with that.
 */
class SecureExamplesTest {
  private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");

  @TempDir private static Path folder;

  @BeforeAll
  static void makeCertificates() throws IOException {
    Program.named("openssl");
    StringBuilder commands = new StringBuilder("set -e\ncd '" + folder + "'\n");
    Matcher block =
        Pattern.compile("(?s)```sh\n(.*?)```")
            .matcher(Files.readString(DOCS.resolve("certificates.md")));
    while (block.find()) {
      commands.append(block.group(1));
    }
    Path script = Files.writeString(folder.resolve("commands.sh"), commands);
    Program.named("sh").with(script).run("");
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static RunningProgram start(String example, Object... arguments) {
    return Program.java(example).with(arguments).start();
  }

  private static int portOf(RunningProgram example) {
    return example.awaitNumber("listening on (\\d+)\n");
  }

  private static Program sClient(int port) {
    return Program.named("openssl").with("s_client", "-quiet", "-connect", "localhost:" + port);
  }

  private static Program trusting(Program client) {
    return client.with(
        "-CAfile", file("ca.pem"), "-verify_return_error", "-verify_hostname", "localhost");
  }

  @Test
  void theCommandsOfThePageMakeCertificates() {
    Credentials.builder().key(file("server.key")).cert(file("server.pem")).build();
    Credentials.builder().ca(file("ca.pem")).rejectUnauthorized(true).build();
    Credentials.builder()
        .key(file("locked.key"))
        .passphrase("secret")
        .cert(file("server.pem"))
        .build();
  }

  @Test
  void secureEchoMakesItsOwnCertificate() {
    try (RunningProgram echo = start("SecureEcho", 0);
        RunningProgram client = sClient(portOf(echo)).start()) {
      client.write("hi\n");
      client.await("hello TLSv1.3\r\n");
      client.await("(?m)^hi$");
    }
  }

  @Test
  void secureEchoTakesACertificate() {
    try (RunningProgram echo = start("SecureEcho", 0, file("server.key"), file("server.pem"));
        RunningProgram client = trusting(sClient(portOf(echo))).start()) {
      client.write("hi\n");
      client.await("(?m)^hi$");
    }
  }

  @Test
  void startTlsUpgradesItsOwnClient() {
    try (RunningProgram server =
            start("StartTls", "server", 0, file("server.key"), file("server.pem"));
        RunningProgram client = start("StartTls", "client", portOf(server), file("ca.pem"))) {
      assertThat(client.awaitSuccess())
          .endsWith(
              "220 localhost ESMTP\n250-localhost\n250 STARTTLS\n220 go ahead\n"
                  + "secure with TLSv1.3, good: true\n250 in secret\n221 bye\n");
    }
  }

  @Test
  void startTlsUpgradesOpenssl() {
    try (RunningProgram server =
            start("StartTls", "server", 0, file("server.key"), file("server.pem"));
        RunningProgram client =
            trusting(sClient(portOf(server))).with("-starttls", "smtp").start()) {
      client.write("NOOP\r\n");
      client.await("250 in secret");
      client.write("QUIT\r\n");
      client.await("221 bye");
    }
  }

  @Test
  void startTlsServesOnAfterAClientThatResets() throws IOException {
    try (RunningProgram server =
        start("StartTls", "server", 0, file("server.key"), file("server.pem"))) {
      int port = portOf(server);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write("STARTTLS\r\n".getBytes(UTF_8));
        client.setSoTimeout(20_000);
        assertThat(client.getInputStream().readNBytes(35)).hasSize(35);
        client.setSoLinger(true, 0);
      }
      server.await("ECONNRESET\n");
      try (RunningProgram next = start("StartTls", "client", port, file("ca.pem"))) {
        next.awaitSuccess();
      }
      assertThat(server.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void theTlsProxyClosesTheServersSideOfAClientThatSpeaksNoTls() throws IOException {
    try (ServerSocket backend = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        RunningProgram proxy =
            start(
                "TlsProxy",
                0,
                file("server.key"),
                file("server.pem"),
                backend.getLocalPort(),
                "127.0.0.1");
        Socket client = new Socket(InetAddress.getLoopbackAddress(), portOf(proxy))) {
      backend.setSoTimeout(20_000);
      try (Socket upstream = backend.accept()) {
        upstream.setSoTimeout(20_000);
        client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        assertThat(upstream.getInputStream().read()).isEqualTo(-1);
      }
      proxy.await("EPROTO");
      assertThat(proxy.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void theTlsProxyStandsBeforeAPlainServer() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          byte[] body = "plain behind".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    try (RunningProgram proxy =
        start(
            "TlsProxy",
            0,
            file("server.key"),
            file("server.pem"),
            web.getAddress().getPort(),
            "127.0.0.1")) {
      assertThat(
              Program.named("curl")
                  .with("-sS", "--cacert", file("ca.pem"), "https://localhost:" + portOf(proxy))
                  .run(""))
          .isEqualTo("plain behind");
    } finally {
      web.stop(0);
    }
  }
}
