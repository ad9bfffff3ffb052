package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import evented.net.TestCertificates.Identity;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T3: credentials that are replaced while a server runs. */
class ReplacedCredentialsTest {
  private static final Identity FIRST = TestCertificates.CA.issue("CN=first").make();
  private static final Identity SECOND = TestCertificates.CA.issue("CN=second").make();

  private static SocketAddress serve(TestNet net, SecureWire wire, Credentials credentials) {
    return net.serve(
        wire.wire(),
        stream -> {
          stream.setSecure(credentials).onError(error -> {});
          stream.pipe(stream);
        });
  }

  /** Whose certificate a new client is shown. */
  private static String shown(TestNet net, SecureWire wire, SocketAddress address) {
    Stream client = net.connect(address);
    CompletableFuture<String> subject = new CompletableFuture<>();
    client.onError(subject::completeExceptionally);
    client.onSecure(
        () -> {
          subject.complete(client.getPeerCertificate().subject());
          client.end();
        });
    client.setSecure(wire.client());
    return Await.get(subject);
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T3_eachHandshakeTakesWhatTheSupplierGivesThen(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      AtomicReference<Credentials> now = new AtomicReference<>(wire.credentials(FIRST).build());
      SocketAddress address = serve(net, wire, Credentials.supplied(now::get));
      assertThat(shown(net, wire, address)).isEqualTo("/CN=first");
      now.set(wire.credentials(SECOND).build());
      assertThat(shown(net, wire, address)).isEqualTo("/CN=second");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T3_whatIsSecureAlreadyGoesOn(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      AtomicReference<Credentials> now = new AtomicReference<>(wire.credentials(FIRST).build());
      SocketAddress address = serve(net, wire, Credentials.supplied(now::get));
      Stream client = net.connect(address);
      client.onSecure(client::getPeerCertificate);
      EventLog log = EventLog.of(client.setSecure(wire.client()));
      client.write("before ");
      log.awaitText("before ");
      now.set(wire.credentials(SECOND).build());
      assertThat(shown(net, wire, address)).isEqualTo("/CN=second");
      client.write("after");
      log.awaitText("after");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T3_newCredentialsThatCannotBeUsedDoNoHarm(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Credentials first = wire.credentials(FIRST).build();
      AtomicReference<Supplier<Credentials>> now = new AtomicReference<>(() -> first);
      SocketAddress address = serve(net, wire, Credentials.supplied(() -> now.get().get()));
      List<Supplier<Credentials>> bad =
          List.of(
              () -> null,
              () -> {
                throw new IllegalStateException("thrown by the test");
              },
              () -> wire.credentials().key(FIRST.keyPem()).cert(SECOND.certPem()).build(),
              wire::client);
      for (Supplier<Credentials> supplier : bad) {
        now.set(supplier);
        assertThat(shown(net, wire, address)).isEqualTo("/CN=first");
      }
      now.set(() -> wire.credentials(SECOND).build());
      assertThat(shown(net, wire, address)).isEqualTo("/CN=second");
    }
  }

  @Test
  void T3_theFirstCredentialsMustBeGood() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.supplied(() -> null))
        .withMessageContaining("has returned null");
    Credentials supplied = Credentials.supplied(() -> SecureWire.TCP_JDK_13.server());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.supplied(() -> supplied))
        .withMessageContaining("supplied themselves");
  }

  @Test
  void T3_aServersNameMayHaveSuppliedCredentials() throws Exception {
    SecureWire wire = SecureWire.TCP_JDK_13;
    try (TestNet net = new TestNet()) {
      AtomicReference<Credentials> now = new AtomicReference<>(wire.credentials(FIRST).build());
      Credentials credentials =
          wire.credentials(TestCertificates.SERVER)
              .serverName("a.example", Credentials.supplied(now::get))
              .build();
      SocketAddress address = serve(net, wire, credentials);
      now.set(wire.credentials(SECOND).build());
      assertThat(NamedClient.shown(address, wire, "a.example").getSubjectX500Principal().getName())
          .isEqualTo("CN=second");
    }
  }

  /** Key and certificate in a folder, and how often they were read. */
  private static final class Folder {
    final SecureWire wire;
    final Path key;
    final Path cert;
    final AtomicInteger made = new AtomicInteger();

    Folder(SecureWire wire, Path folder) {
      this.wire = wire;
      key = folder.resolve("key.pem");
      cert = folder.resolve("cert.pem");
    }

    Credentials credentials() {
      return Credentials.reloaded(
          List.of(key, cert),
          () -> {
            made.incrementAndGet();
            return wire.credentials().key(key).cert(cert).build();
          });
    }

    /** As tools do that renew certificates: a whole new file takes the place of the old one. */
    static void replace(Path file, String text) throws IOException {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T3_filesThatAreReplacedAreReadAnew(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Folder folder = new Folder(wire, net.folder());
      Folder.replace(folder.key, FIRST.keyPem());
      Folder.replace(folder.cert, FIRST.certPem());
      SocketAddress address = serve(net, wire, folder.credentials());
      assertThat(shown(net, wire, address)).isEqualTo("/CN=first");
      assertThat(shown(net, wire, address)).isEqualTo("/CN=first");
      assertThat(folder.made).as("what has not changed is not read").hasValue(1);
      Folder.replace(folder.key, SECOND.keyPem()); // for a moment the two do not match
      assertThat(shown(net, wire, address)).isEqualTo("/CN=first");
      assertThat(shown(net, wire, address)).isEqualTo("/CN=first");
      assertThat(folder.made).as("nor is what was found bad").hasValue(2);
      Folder.replace(folder.cert, SECOND.certPem());
      assertThat(shown(net, wire, address)).isEqualTo("/CN=second");
      Files.delete(folder.cert);
      assertThat(shown(net, wire, address)).isEqualTo("/CN=second");
    }
  }

  @Test
  void T3_aLinkThatPointsElsewhereIsAChange() throws Exception {
    SecureWire wire = SecureWire.TCP_JDK_13;
    try (TestNet net = new TestNet()) {
      Path files = net.folder();
      Folder folder = new Folder(wire, net.folder());
      Files.writeString(files.resolve("key1"), FIRST.keyPem());
      Files.writeString(files.resolve("cert1"), FIRST.certPem());
      Files.writeString(files.resolve("key2"), SECOND.keyPem());
      Files.writeString(files.resolve("cert2"), SECOND.certPem());
      link(folder.key, files.resolve("key1"));
      link(folder.cert, files.resolve("cert1"));
      SocketAddress address = serve(net, wire, folder.credentials());
      assertThat(shown(net, wire, address)).isEqualTo("/CN=first");
      link(folder.key, files.resolve("key2"));
      link(folder.cert, files.resolve("cert2"));
      assertThat(shown(net, wire, address)).isEqualTo("/CN=second");
    }
  }

  private static void link(Path link, Path target) throws IOException {
    Path fresh = link.resolveSibling("fresh");
    Files.createSymbolicLink(fresh, target);
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void T3_filesThatCannotBeUsedToBeginWithAreRefused() {
    try (TestNet net = new TestNet()) {
      Folder folder = new Folder(SecureWire.TCP_JDK_13, net.folder());
      assertThatIllegalArgumentException()
          .isThrownBy(folder::credentials)
          .withMessageContaining("there is no such file");
    }
  }
}
