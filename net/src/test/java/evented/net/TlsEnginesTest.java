package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import evented.net.TestCertificates.Identity;
import io.netty.util.ReferenceCounted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics T3, T4, and fault F41: what the engines make of the credentials. */
@org.junit.jupiter.api.Tag("values")
class TlsEnginesTest {
  private static final Identity CA = TestCertificates.CA;

  /** More names than a handshake message of the JDK's may have, and more than TLS allows. */
  private static final class SevenHundred {
    static final String[] AUTHORITIES = new String[701];

    static {
      String name = "C=UK,O=Evented Tests,OU=" + "a very long name of a department ".repeat(3);
      AUTHORITIES[0] = CA.certPem();
      for (int i = 1; i < AUTHORITIES.length; i++) {
        AUTHORITIES[i] = TestCertificates.authority(name + ",CN=Root " + i).make().certPem();
      }
    }
  }

  private final MemoryNetwork network = new MemoryNetwork();

  @AfterEach
  void freeTheEngines() {
    network.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_12", "TCP_JDK_13"})
  void F41_theJdksEngineTakesAnEd25519Key(SecureWire wire) throws Exception {
    Identity identity = TestCertificates.server().keyType("Ed25519").make();
    Credentials server = wire.credentials(identity).build();
    TlsPair pair = TlsPair.connect(network, wire.client(), server);
    assertThat(pair.client.socket.session().getPeerCertificates()[0])
        .isEqualTo(identity.certificate());
  }

  @Test
  void F41_boringSslRefusesAnEd25519KeyAtTheStart() {
    Identity identity = TestCertificates.server().keyType("Ed25519").make();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecureWire.TCP_OPENSSL_13.credentials(identity).build().engines())
        .withMessage(
            "key is of the kind EdDSA, which the engine openssl cannot use: take RSA or EC, or the"
                + " engine jdk");
  }

  @Test
  void F41_anEd25519KeyIsLeftToTheJdkWhereTheEngineIsNotNamed() throws Exception {
    Identity identity = TestCertificates.server().keyType("Ed25519").make();
    Credentials server =
        Credentials.builder().engine("").key(identity.keyPem()).cert(identity.chainPem()).build();
    TlsPair.connect(network, SecureWire.TCP_JDK_13.client(), server);
  }

  /**
   * 700 names are more than a handshake message of the JDK's may have, and more than TLS allows.
   */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F41_sevenHundredAuthoritiesDoNotBreakTheHandshake(SecureWire wire) throws Exception {
    Credentials server =
        wire.credentials(TestCertificates.SERVER).ca(SevenHundred.AUTHORITIES).build();
    Credentials client = wire.credentials(TestCertificates.CLIENT).ca(CA.certPem()).build();
    TlsPair pair = TlsPair.connect(network, client, server);
    assertThat(pair.server.socket.session().getPeerCertificates()[0])
        .isEqualTo(TestCertificates.CLIENT.certificate());
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T4_aClientKeepsACertificateToItselfThatTheServerDidNotAskFor(SecureWire wire)
      throws Exception {
    Credentials server =
        wire.credentials(TestCertificates.SERVER).ca(TestCertificates.OTHER_CA.certPem()).build();
    Credentials client = wire.credentials(TestCertificates.CLIENT).ca(CA.certPem()).build();
    TlsPair pair = TlsPair.connect(network, client, server);
    assertThat(pair.server.socket.session().getLocalCertificates()).isNotNull();
    assertThat(pair.client.socket.session().getLocalCertificates()).isNullOrEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_OPENSSL_12", "TCP_OPENSSL_13"})
  void closeFreesTheNativeMemoryOfAnEngine(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.client.socket.close();
    pair.server.socket.close();
    assertThat(((ReferenceCounted) pair.client.engine).refCnt()).isZero();
    assertThat(((ReferenceCounted) pair.server.engine).refCnt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "openssl"})
  void T3_saysThatACipherIsNotKnown(String engine) {
    Credentials.Builder builder = Credentials.builder().engine(engine).ciphers("TLS_ROT13");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.build().engines())
        .withMessageStartingWith("ciphers [TLS_ROT13] cannot be used: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "openssl"})
  void T3_ciphersAreObeyed(String engine) throws Exception {
    String cipher = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    Credentials client =
        Credentials.builder().engine(engine).protocols("TLSv1.2").ciphers(cipher).build();
    TlsPair pair = TlsPair.connect(network, client, SecureWire.TCP_JDK_12.server());
    assertThat(pair.client.socket.session().getCipherSuite()).isEqualTo(cipher);
  }

  /** The JDK's server tells the same session by the time that it was made. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T7_aClientResumesItsSession(SecureWire wire) throws Exception {
    Credentials client = wire.credentials().ca(CA.certPem()).build();
    Credentials server = jdk(wire).credentials(TestCertificates.SERVER).build();
    assertResumes(client, server, pair -> pair.server.socket.session().getCreationTime());
  }

  /** The JDK's client does, too. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T7_aServerResumesASession(SecureWire wire) throws Exception {
    Credentials client = jdk(wire).credentials().ca(CA.certPem()).build();
    Credentials server = wire.credentials(TestCertificates.SERVER).build();
    assertResumes(client, server, pair -> pair.client.socket.session().getCreationTime());
  }

  private static SecureWire jdk(SecureWire wire) {
    return wire.protocol().equals("TLSv1.2") ? SecureWire.TCP_JDK_12 : SecureWire.TCP_JDK_13;
  }

  private static void assertResumes(
      Credentials client, Credentials server, Function<TlsPair, Long> creationTime)
      throws NetException {
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TlsPair pair = TlsPair.connect(new MemoryNetwork(), client, server);
      pair.exchange(10); // with it the client reads its tickets
      made.add(creationTime.apply(pair));
      pair.client.socket.close();
      pair.server.socket.close();
      Await.until("the clock goes on", () -> System.currentTimeMillis() > made.get(0) + 5);
    }
    assertThat(made).containsOnly(made.get(0));
  }
}
