package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.net.TestCertificates.Identity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against {@code openssl s_client}, {@code s_server} and {@code x509}. */
class OpenSslPeerTest {
  private static final Identity CA = TestCertificates.CA;

  @TempDir private Path folder;

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path key(Identity identity) throws Exception {
    return file("own.key", identity.keyPem());
  }

  private Path chain(Identity identity) throws Exception {
    return file("own.pem", identity.chainPem());
  }

  private Path ca() throws Exception {
    return file("ca.pem", CA.certPem());
  }

  private static String version(SecureWire wire) {
    return wire.protocol().equals("TLSv1.2") ? "-tls1_2" : "-tls1_3";
  }

  /** Where s_client is to connect to; it speaks UNIX sockets too. */
  private static String[] place(SocketAddress address) {
    return address instanceof InetSocketAddress tcp
        ? new String[] {"-connect", "127.0.0.1:" + tcp.getPort()}
        : new String[] {"-unix", address.toString()};
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void sClientTalksToUs(SecureWire wire) throws Exception {
    for (Identity identity : new Identity[] {TestCertificates.SERVER, TestCertificates.EC_SERVER}) {
      try (TestNet net = new TestNet()) {
        Credentials credentials = wire.credentials(identity).build();
        SocketAddress address =
            net.serve(
                wire.wire(),
                stream -> {
                  stream.setSecure(credentials);
                  stream.onText(text -> stream.end("got " + text));
                });
        String[] place = place(address);
        try (TlsProgram client =
            TlsProgram.start(
                folder,
                "openssl",
                "s_client",
                place[0],
                place[1],
                version(wire),
                "-CAfile",
                ca(),
                "-verify_return_error",
                "-verify_hostname",
                "localhost")) {
          client.await("Verification: OK|Verify return code: 0");
          client.write("hello\n");
          client.await("got hello");
          assertThat(client.awaitEnd()).contains(wire.protocol());
        }
      }
    }
  }

  /**
   * What the server says of a client with this certificate: its subject, and whether it is good.
   */
  private String seen(SecureWire wire, Identity identity) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      SocketAddress address = wire.serveAsking(net, CA, answer, stream -> stream.end("bye"));
      String[] place = place(address);
      try (TlsProgram client =
          identity == null
              ? TlsProgram.start(folder, "openssl", "s_client", place[0], place[1], version(wire))
              : TlsProgram.start(
                  folder,
                  "openssl",
                  "s_client",
                  place[0],
                  place[1],
                  version(wire),
                  "-key",
                  key(identity),
                  "-cert",
                  chain(identity))) {
        client.await("bye");
        return Await.get(answer);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_clientCertificatesGivenMissingAndBad(SecureWire wire) throws Exception {
    assertThat(seen(wire, TestCertificates.CLIENT)).isEqualTo("/O=Evented Tests/CN=client true");
    assertThat(seen(wire, null)).isEqualTo("none false");
    assertThat(seen(wire, CA.issue("CN=old").expired().make())).isEqualTo("/CN=old false");
    assertThat(seen(wire, TestCertificates.OTHER_CA.issue("CN=stranger").make()))
        .isEqualTo("/CN=stranger false");
    assertThat(seen(wire, TestCertificates.selfSigned("CN=selfmade").make()))
        .isEqualTo("/CN=selfmade false");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F29_aStrictServerTellsAStrangerApart(SecureWire wire) throws Exception {
    Identity stranger = TestCertificates.OTHER_CA.issue("CN=stranger").make();
    try (TestNet net = new TestNet()) {
      Credentials strict =
          wire.credentials(TestCertificates.SERVER)
              .ca(CA.certPem())
              .rejectUnauthorized(true)
              .build();
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                accepted.complete(EventLog.of(stream));
                stream.setSecure(strict);
              });
      String[] place = place(address);
      try (TlsProgram client =
          TlsProgram.start(
              folder,
              "openssl",
              "s_client",
              place[0],
              place[1],
              version(wire),
              "-key",
              key(stranger),
              "-cert",
              chain(stranger))) {
        assertThat(Await.get(accepted).awaitClose())
            .containsExactly("connect", "error UNABLE_TO_VERIFY_LEAF_SIGNATURE", "close true");
        client.await("alert");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_12", "TCP_JDK_13", "TCP_OPENSSL_12", "TCP_OPENSSL_13"})
  void weTalkToSServerAndResume(SecureWire wire) throws Exception {
    for (Identity identity : new Identity[] {TestCertificates.SERVER, TestCertificates.EC_SERVER}) {
      try (TestNet net = new TestNet();
          TlsProgram server =
              TlsProgram.start(
                  folder,
                  "openssl",
                  "s_server",
                  "-accept",
                  "127.0.0.1:0",
                  "-rev",
                  version(wire),
                  "-key",
                  key(identity),
                  "-cert",
                  chain(identity))) {
        int port = Integer.parseInt(server.await("ACCEPT [^\\n]*:(\\d+)").group(1));
        Credentials credentials = wire.credentials().ca(CA.certPem()).build();
        for (int i = 0; i < 2; i++) {
          Stream client = net.loop().createConnection(port, "127.0.0.1").setSecure(credentials);
          EventLog log = EventLog.of(client);
          client.write("hello\n");
          log.awaitText("olleh\n");
          assertThat(client.verifyPeer("localhost")).isTrue();
          client.end();
          assertThat(log.awaitClose()).endsWith("close false");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_12", "TCP_JDK_13", "TCP_OPENSSL_12", "TCP_OPENSSL_13"})
  void T7_sClientResumesASession(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> stream.onData(go -> stream.end("bye")));
      String[] place = place(address);
      Path session = folder.resolve("session");
      for (String option : new String[] {"-sess_out", "-sess_in"}) {
        try (TlsProgram client =
            TlsProgram.start(
                folder,
                "openssl",
                "s_client",
                place[0],
                place[1],
                version(wire),
                option,
                session)) {
          client.await(option.equals("-sess_in") ? "Reused, TLSv1" : "New, TLSv1");
          client.write("go\n");
          client.awaitEnd();
        }
      }
    }
  }

  @Test
  void T6_theWordsAreThoseOfOpenssl() throws Exception {
    Identity identity =
        CA.issue(
                "C=DE,ST=Bayern,L=M\u00fcnchen,O=A/B \\, Inc.,OU=One+UID=u1,DC=example,"
                    + "E=a@example.org,SERIALNUMBER=7,CN=a b")
            .make();
    PeerCertificate ours = PeerCertificate.of(identity.certificate());
    String theirs =
        TlsProgram.run(
            folder,
            "openssl",
            "x509",
            "-in",
            chain(identity),
            "-noout",
            "-subject",
            "-issuer",
            "-dates",
            "-fingerprint",
            "-sha1",
            "-nameopt",
            "compat");
    assertThat("subject=" + ours.subject()).isEqualTo(line(theirs, "subject"));
    assertThat("issuer=" + ours.issuer()).isEqualTo(line(theirs, "issuer"));
    assertThat("notBefore=" + ours.validFrom()).isEqualTo(line(theirs, "notBefore"));
    assertThat("notAfter=" + ours.validTo()).isEqualTo(line(theirs, "notAfter"));
    assertThat(line(theirs, "(?i:sha1 Fingerprint)")).endsWith("=" + ours.fingerprint());
  }

  private static String line(String text, String name) {
    Matcher matcher = Pattern.compile("(?m)^" + name + "=.*$").matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }
}
