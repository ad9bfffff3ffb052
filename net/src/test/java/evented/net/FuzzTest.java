package evented.net;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What {@code -Pfuzz} does for as long as it is told to, done shortly and without a fuzzer: known
 * inputs, and random changes of them. An input that fails is printed, to become an example; {@code
 * -Devented.seed=…} begins with other changes, {@code -Devented.inputs=…} makes more of them.
 */
@Tag("values")
class FuzzTest {
  private static final long SEED = Long.getLong("evented.seed", 20_260_801);
  private static final int INPUTS = Integer.getInteger("evented.inputs", 2000);

  private final Random random = new Random(SEED);

  @Test
  void I1_anyTextIsAnAddressOrNone() {
    run(
        AddressFuzz::fuzzerTestOneInput,
        texts(
            "0",
            "127.0.0.1",
            "255.255.255.255",
            "::",
            "1::8",
            "1:2:3:4:5:6:7:8",
            "fe80::1%eth0",
            "::ffff:192.0.2.1",
            "1:2:3:4:5:6:1.2.3.4",
            "2001:db8::a:0:0:1"));
  }

  @Test
  void R3_anyBytesAreTextHoweverTheyAreCut() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte encoding = 0; encoding < Encoding.values().length; encoding++) {
      for (String text : List.of("aé€😀 zß\uFEFF\uFFFD漢🏴\r\n", "plain", "\uD800x\uDC00")) {
        seeds.add(join(new byte[] {encoding, 3, 5}, text.getBytes(StandardCharsets.UTF_8)));
        seeds.add(join(new byte[] {encoding, 0, 0}, text.getBytes(StandardCharsets.UTF_16LE)));
      }
    }
    run(TextFuzz::fuzzerTestOneInput, seeds);
  }

  @Test
  void R3_anyTextIsWrittenOrRefused() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte encoding = 0; encoding < Encoding.values().length; encoding++) {
      for (byte[] text :
          texts(
              "0",
              "",
              "00ffAB",
              "abc",
              "QUJD",
              "QUI=",
              "QQ==",
              "QQ",
              "Q Q\n= =",
              "-_+/",
              "A",
              "=",
              "QQ=",
              "QR==",
              "aé\u00ff")) {
        seeds.add(join(new byte[] {encoding}, text));
      }
    }
    run(NotationFuzz::fuzzerTestOneInput, seeds);
  }

  @Test
  void T3_anyPemIsReadOrRefusedInWordsThatNameIt() {
    List<byte[]> seeds = new ArrayList<>();
    TestCertificates.Identity edwards = TestCertificates.server().keyType("Ed25519").make();
    for (TestCertificates.Identity identity :
        List.of(TestCertificates.SERVER, TestCertificates.EC_SERVER, edwards)) {
      seeds.add(body(1, identity.keyPem()));
      seeds.add(body(2, identity.encryptedKeyPem("secret")));
      seeds.add(body(5, identity.certPem()));
      seeds.add(whole(identity.keyPem()));
      seeds.add(whole(identity.encryptedKeyPem("secret")));
      seeds.add(whole(identity.certPem() + identity.certPem()));
    }
    for (TestCertificates.Identity identity :
        List.of(TestCertificates.SERVER, TestCertificates.EC_SERVER)) {
      seeds.add(body(identity == TestCertificates.SERVER ? 3 : 4, identity.traditionalKeyPem()));
      seeds.add(whole(identity.traditionalKeyPem()));
      seeds.add(whole(identity.encryptedTraditionalKeyPem("secret")));
    }
    run(PemFuzz::fuzzerTestOneInput, seeds, INPUTS / 10); // to hash a passphrase takes its time
  }

  @Test
  void T6_anyCertificateCanBeToldOf() throws CertificateEncodingException {
    List<byte[]> seeds = new ArrayList<>();
    for (TestCertificates.Identity identity :
        List.of(
            TestCertificates.EC_SERVER,
            TestCertificates.CA,
            TestCertificates.CA.issue("DC=a+UID=b,2.5.4.17=c,1.2.3=d,CN=\\#é\\,\\+/\\\\").make())) {
      seeds.add(identity.certificate().getEncoded());
    }
    run(CertificateFuzz::fuzzerTestOneInput, seeds, INPUTS / 2);
  }

  @Test
  void T5_anyNameMatchesOnlyItsCertificate() {
    run(
        NamesFuzz::fuzzerTestOneInput,
        texts(
            "a.example",
            "A.EXAMPLE.",
            "x.b.example",
            "*.b.example",
            "xn--bcher-kva.example",
            "b\u00fccher.example",
            "192.0.2.1",
            "2001:db8::1",
            "2001:db8::1%eth0",
            ".b.example",
            ""));
  }

  @Test
  void T7_anyBytesAreARecordOrNone() {
    run(
        RecordFuzz::fuzzerTestOneInput,
        List.of(
            HexFormat.of().parseHex("0000160301020001"),
            HexFormat.of().parseHex("0103170303480000"),
            HexFormat.of().parseHex("010114030300"),
            HexFormat.of().parseHex("0002474554202f20")));
  }

  private void run(Consumer<byte[]> target, List<byte[]> seeds) {
    run(target, seeds, INPUTS);
  }

  private void run(Consumer<byte[]> target, List<byte[]> seeds, int inputs) {
    for (byte[] seed : seeds) {
      check(target, seed);
    }
    for (int i = 0; i < inputs; i++) {
      byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
      for (int changes = 1 << random.nextInt(4); changes > 0; changes--) {
        input = changed(input, seeds);
      }
      check(target, input);
    }
  }

  private static void check(Consumer<byte[]> target, byte[] input) {
    try {
      target.accept(input);
    } catch (Throwable failed) {
      throw new AssertionError("input " + HexFormat.of().formatHex(input), failed);
    }
  }

  private byte[] changed(byte[] input, List<byte[]> seeds) {
    int at = random.nextInt(input.length + 1);
    byte[] before = Arrays.copyOf(input, at);
    byte[] after = Arrays.copyOfRange(input, at, input.length);
    byte[] next = after.length == 0 ? after : Arrays.copyOfRange(after, 1, after.length);
    return switch (random.nextInt(6)) {
      case 0 -> join(before, new byte[] {(byte) random.nextInt()}, next);
      case 1 -> join(before, new byte[] {(byte) random.nextInt()}, after);
      case 2 -> join(before, next);
      case 3 ->
          join(before, Arrays.copyOfRange(after, random.nextInt(after.length + 1), after.length));
      case 4 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        yield join(
            before, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
      }
      default ->
          after.length == 0
              ? before
              : join(before, new byte[] {(byte) (after[0] ^ 1 << random.nextInt(8))}, next);
    };
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  /** For {@link FuzzInput#restAsText}. */
  private static List<byte[]> texts(String... texts) {
    List<byte[]> seeds = new ArrayList<>();
    for (String text : texts) {
      seeds.add(join(new byte[] {0}, text.getBytes(StandardCharsets.ISO_8859_1)));
      seeds.add(join(new byte[] {1}, text.getBytes(StandardCharsets.UTF_16BE)));
    }
    return seeds;
  }

  /** The bytes inside of {@code pem}, and the number of its label in {@link PemFuzz}. */
  private static byte[] body(int label, String pem) {
    String base64 = pem.replaceAll("-----[^-]*-----", "");
    return join(new byte[] {(byte) label, 1}, Base64.getMimeDecoder().decode(base64));
  }

  private static byte[] whole(String pem) {
    return join(new byte[] {0, 1}, pem.getBytes(StandardCharsets.ISO_8859_1));
  }
}
