package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import evented.net.TestCertificates.Identity;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics T3: what credentials are made of, and what is said when they cannot be made. */
@org.junit.jupiter.api.Tag("values")
class CredentialsTest {
  private static final Identity CA = TestCertificates.CA;
  private static final Identity RSA = TestCertificates.SERVER;
  private static final Identity EC = TestCertificates.EC_SERVER;
  private static final char[] PASSWORD = "change it".toCharArray();

  @TempDir private Path folder;

  /** Shakes hands with a server of these credentials and gives what the client sees of it. */
  private static String subjectShownBy(Credentials.Builder server, String engine) {
    try (TestNet net = new TestNet()) {
      Credentials credentials = server.engine(engine).build();
      SocketAddress address =
          net.serve(
              Wire.TCP,
              stream -> {
                stream.setSecure(credentials);
                stream.end("x");
              });
      Credentials trusting = Credentials.builder().engine(engine).ca(CA.certPem()).build();
      Stream client = net.connect(address);
      StringBuilder subject = new StringBuilder();
      client.onSecure(
          () -> subject.append(client.getPeerCertificate().subject()).append(client.verifyPeer()));
      EventLog log = EventLog.of(client);
      client.setSecure(trusting); // with all listeners there: the server ends at once
      log.awaitClose();
      return subject.toString();
    }
  }

  private static void assertServes(Credentials.Builder server) {
    String expected = "/C=UK/O=Evented Tests/CN=localhosttrue";
    assertThat(subjectShownBy(server, "jdk")).isEqualTo(expected);
    assertThat(subjectShownBy(server, "openssl")).isEqualTo(expected);
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void T3_takesPkcs8(String type) {
    Identity server = identity(type);
    assertThat(server.keyPem()).contains("BEGIN PRIVATE KEY");
    assertServes(Credentials.builder().key(server.keyPem()).cert(server.chainPem()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void T3_takesEncryptedPkcs8(String type) {
    Identity server = identity(type);
    String pem = server.encryptedKeyPem("secret");
    assertThat(pem).contains("BEGIN ENCRYPTED PRIVATE KEY");
    assertServes(Credentials.builder().key(pem).passphrase("secret").cert(server.chainPem()));
  }

  @ParameterizedTest
  @CsvSource({"RSA, BEGIN RSA PRIVATE KEY", "EC, BEGIN EC PRIVATE KEY"})
  void T3_takesPkcs1AndSec1(String type, String header) {
    Identity server = identity(type);
    assertThat(server.traditionalKeyPem()).contains(header);
    assertServes(Credentials.builder().key(server.traditionalKeyPem()).cert(server.chainPem()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void T3_takesEncryptedPkcs1AndSec1(String type) {
    Identity server = identity(type);
    String pem = server.encryptedTraditionalKeyPem("secret");
    assertThat(pem).contains("Proc-Type: 4,ENCRYPTED");
    assertServes(Credentials.builder().key(pem).passphrase("secret").cert(server.chainPem()));
  }

  @Test
  void T3_takesFiles() throws Exception {
    assertServes(
        Credentials.builder()
            .key(file("server.key", RSA.keyPem()))
            .cert(file("server.pem", RSA.chainPem()))
            .ca(file("ca.pem", CA.certPem())));
  }

  /** openssl writes EC PARAMETERS in front of a key that it makes, and text around certificates. */
  @Test
  void T3_passesOverWhatElseIsInTheText() {
    String parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    assertServes(
        Credentials.builder()
            .key(parameters + EC.traditionalKeyPem())
            .cert("subject=CN = localhost\n\n" + EC.chainPem() + "\nthe end\n"));
  }

  @Test
  void T3_takesAKeyAndItsCertInOneText() {
    String both = RSA.certPem() + RSA.keyPem();
    assertServes(Credentials.builder().key(both).cert(both));
  }

  @Test
  void T3_takesWindowsLines() {
    assertServes(
        Credentials.builder()
            .key(RSA.keyPem().replace("\n", "\r\n"))
            .cert(RSA.chainPem().replace("\n", "\r\n")));
  }

  @Test
  void T3_takesAChainInOneTextOrInMany() {
    Identity intermediate = CA.issue("CN=Intermediate").asAuthority().make();
    Identity server = intermediate.issue("C=UK,O=Evented Tests,CN=localhost").make();
    assertServes(Credentials.builder().key(server.keyPem()).cert(server.chainPem()));
    assertServes(
        Credentials.builder()
            .key(server.keyPem())
            .cert(server.certPem())
            .cert(intermediate.certPem()));
  }

  @Test
  void T3_takesAKeyStore() throws Exception {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", RSA.key(), PASSWORD, RSA.chain().toArray(new Certificate[0]));
    assertServes(Credentials.builder().keyStore(store, PASSWORD));
  }

  @Test
  void T3_takesAnSslContext() throws Exception {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", RSA.key(), PASSWORD, RSA.chain().toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    assertServes(Credentials.builder().sslContext(context));
  }

  @Test
  void T3_saysThatAFileIsMissing() {
    Path missing = folder.resolve("no.key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().key(missing))
        .withMessage("key (" + missing + "): there is no such file");
  }

  @Test
  void T3_saysThatAFileCannotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().cert(folder))
        .withMessageStartingWith("cert (" + folder + ") cannot be read: ");
  }

  @Test
  void T3_saysThatAKeyIsNoPem() throws Exception {
    Path der = Files.write(folder.resolve("key.der"), RSA.key().getEncoded());
    assertFails(
        Credentials.builder().key(der).cert(RSA.certPem()),
        "key (" + der + ") is no PEM: a line such as -----BEGIN PRIVATE KEY----- is missing");
  }

  @Test
  void T3_saysThatTheKeyIsACertificate() {
    assertFails(
        Credentials.builder().key(RSA.certPem()).cert(RSA.certPem()),
        "key holds no private key, but CERTIFICATE");
  }

  @Test
  void T3_saysThatTheCertIsAKey() {
    assertFails(
        Credentials.builder().key(RSA.keyPem()).cert(RSA.keyPem()),
        "cert holds no certificate, but PRIVATE KEY");
  }

  @Test
  void T3_saysThatAKeyIsDamaged() {
    assertFailsStarting(
        Credentials.builder()
            .key("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
            .cert(RSA.certPem()),
        "key cannot be read: ");
  }

  @Test
  void T3_saysThatAKeyIsCutShort() {
    String pem = RSA.keyPem();
    assertFailsStarting(
        Credentials.builder().key(pem.substring(0, pem.length() / 2)).cert(RSA.certPem()),
        "key cannot be read: ");
  }

  @Test
  void T3_saysWhichCertificateIsDamaged() {
    String damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assertFailsStarting(
        Credentials.builder().key(RSA.keyPem()).cert(RSA.certPem() + damaged),
        "cert holds a certificate that cannot be read (number 2): ");
  }

  @Test
  void T3_saysThatTheKeyIsOfAnotherCertificate() {
    assertFails(
        Credentials.builder().key(EC.keyPem()).cert(TestCertificates.CLIENT.certPem()),
        "key does not match cert: the certificate /O=Evented Tests/CN=client belongs to another"
            + " key");
  }

  @Test
  void T3_saysThatTheKeyIsOfAnotherKind() {
    assertFails(
        Credentials.builder().key(EC.keyPem()).cert(RSA.certPem()),
        "key does not match cert: the certificate /C=UK/O=Evented Tests/CN=localhost belongs to"
            + " another key");
  }

  @Test
  void T3_saysThatTheChainIsInTheWrongOrder() {
    assertFails(
        Credentials.builder().key(RSA.keyPem()).cert(CA.certPem() + RSA.certPem()),
        "cert has the certificate of the key as number 2: it must come first, then the one that"
            + " signed it");
  }

  @Test
  void T3_saysThatTheKeyIsMissing() {
    assertFails(Credentials.builder().cert(RSA.certPem()), "cert was given without its key");
  }

  @Test
  void T3_saysThatTheCertIsMissing() {
    assertFails(Credentials.builder().key(RSA.keyPem()), "key was given without its cert");
  }

  @Test
  void T3_saysThatAPassphraseIsNeeded() {
    assertFails(
        Credentials.builder().key(RSA.encryptedKeyPem("secret")).cert(RSA.certPem()),
        "key is encrypted: a passphrase is needed");
    assertFails(
        Credentials.builder().key(RSA.encryptedTraditionalKeyPem("secret")).cert(RSA.certPem()),
        "key is encrypted: a passphrase is needed");
  }

  @Test
  void T3_saysThatThePassphraseIsWrong() {
    for (String key :
        List.of(
            RSA.encryptedKeyPem("secret"),
            RSA.encryptedTraditionalKeyPem("secret"),
            EC.encryptedKeyPem("secret"),
            EC.encryptedTraditionalKeyPem("secret"))) {
      for (int i = 0; i < 20; i++) { // a wrong one may decrypt to something by chance
        assertFails(
            Credentials.builder().key(key).passphrase("guess" + i).cert(RSA.certPem()),
            "key cannot be decrypted: the passphrase is wrong");
      }
    }
  }

  @Test
  void T3_saysThatACaFileIsEmpty() throws Exception {
    Path empty = file("ca.pem", "\n");
    assertFails(Credentials.builder().ca(empty), "ca (" + empty + ") is empty");
  }

  @Test
  void T3_saysThatACaIsNoPem() {
    assertFails(
        Credentials.builder().ca("rubbish"),
        "ca is no PEM: a line such as -----BEGIN CERTIFICATE----- is missing");
  }

  @Test
  void T3_saysThatACaHasExpired() {
    Identity old = TestCertificates.authority("O=Old,CN=Root").expired().make();
    assertFails(
        Credentials.builder().ca(CA.certPem(), old.certPem()),
        "ca holds an authority that expired on "
            + TlsDates.format(old.certificate().getNotAfter())
            + ": /O=Old/CN=Root");
  }

  @Test
  void T3_saysThatAKeyStoresPasswordIsWrong() throws Exception {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", RSA.key(), PASSWORD, RSA.chain().toArray(new Certificate[0]));
    assertFails(
        Credentials.builder().keyStore(store, "guess".toCharArray()),
        "keyStore: the password of its key is wrong");
  }

  @Test
  void T3_saysThatAKeyStoreIsEmpty() throws Exception {
    assertFails(
        Credentials.builder().keyStore(emptyStore(), PASSWORD),
        "keyStore holds neither a key nor a certificate");
  }

  @Test
  void T3_saysThatAKeyStoreIsNotLoaded() throws Exception {
    assertFailsStarting(
        Credentials.builder().keyStore(KeyStore.getInstance("PKCS12"), PASSWORD),
        "keyStore cannot be read: ");
  }

  @Test
  void T3_saysThatAKeyStoreBringsItsOwnKey() throws Exception {
    assertFails(
        Credentials.builder().key(RSA.keyPem()).keyStore(emptyStore(), PASSWORD),
        "keyStore brings its own key: give either it, or key and cert");
  }

  @Test
  void T3_saysThatAnSslContextBringsItsOwnKey() throws Exception {
    assertFails(
        Credentials.builder().key(RSA.keyPem()).sslContext(SSLContext.getDefault()),
        "sslContext brings its own key: give either it, or key and cert, or keyStore");
  }

  @Test
  void T3_saysThatAProtocolIsNotKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().protocols("SSLv3"))
        .withMessage("protocols must be TLSv1.2 or TLSv1.3, one was SSLv3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().protocols())
        .withMessage("protocols must name one or more, such as TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "openssl"})
  void T3_saysThatACipherIsNotKnown(String engine) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().engine(engine).ciphers("TLS_ROT13").build())
        .withMessageStartingWith("ciphers ")
        .withMessageContaining("TLS_ROT13");
  }

  @Test
  void T3_saysThatAHandshakeTimeoutIsTooShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().handshakeTimeout(0))
        .withMessage("handshakeTimeout must be 1 or more, was 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "openssl"})
  void T3_ciphersAreObeyed(String engine) {
    for (String cipher :
        List.of("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")) {
      Credentials.Builder client = Credentials.builder().ciphers(cipher);
      if (!cipher.startsWith("TLS_AES")) {
        client.protocols("TLSv1.2");
      }
      assertThat(negotiated(engine, Credentials.builder(), client, Stream::getCipher))
          .isEqualTo(cipher);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "openssl"})
  void T3_protocolsAreObeyed(String engine) {
    Credentials.Builder old = Credentials.builder().protocols("TLSv1.2");
    assertThat(negotiated(engine, old, Credentials.builder(), Stream::getProtocol))
        .isEqualTo("TLSv1.2");
    assertThat(
            negotiated(engine, Credentials.builder(), Credentials.builder(), Stream::getProtocol))
        .isEqualTo("TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "openssl"})
  void T3_theServersAlpnProtocolIsChosenThatTheClientOffersToo(String engine) {
    Credentials.Builder server = Credentials.builder().alpn("echo/2", "echo/1");
    Credentials.Builder client = Credentials.builder().alpn("http/1.1", "echo/1");
    assertThat(negotiated(engine, server, client, Stream::getAlpnProtocol)).isEqualTo("echo/1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "openssl"})
  void T3_withNoCommonAlpnProtocolThereIsNone(String engine) {
    assertThat(
            negotiated(
                engine,
                Credentials.builder().alpn("a"),
                Credentials.builder().alpn("b"),
                stream -> String.valueOf(stream.getAlpnProtocol())))
        .isEqualTo("null");
  }

  private static String negotiated(
      String engine,
      Credentials.Builder server,
      Credentials.Builder client,
      java.util.function.Function<Stream, String> what) {
    try (TestNet net = new TestNet()) {
      Credentials serving = server.engine(engine).key(RSA.keyPem()).cert(RSA.chainPem()).build();
      SocketAddress address =
          net.serve(
              Wire.TCP,
              stream -> stream.setSecure(serving).onSecure(() -> stream.end(what.apply(stream))));
      Stream stream = net.connect(address);
      CompletableFuture<String> here = new CompletableFuture<>();
      stream.onSecure(() -> here.complete(what.apply(stream)));
      EventLog log = EventLog.of(stream);
      stream.setSecure(client.engine(engine).rejectUnauthorized(false).build());
      log.awaitClose();
      assertThat(log.text()).isEqualTo(Await.get(here));
      return log.text();
    }
  }

  private static Identity identity(String type) {
    return type.equals("RSA") ? RSA : EC;
  }

  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void assertFails(Credentials.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }

  private static void assertFailsStarting(Credentials.Builder builder, String start) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(start);
  }
}
