package evented.net.js;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** Elliptic curves by the names that OpenSSL gives them. */
final class CryptoCurves {
  /** OpenSSL's names for those that the tables name otherwise. */
  private static final Map<String, String> OPEN_SSL =
      Map.of("secp256r1", "prime256v1", "secp192r1", "prime192v1", "sm2p256v1", "SM2");

  /** The other way, with what WebCrypto calls them. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "prime256v1", "secp256r1",
          "p-256", "secp256r1",
          "p-384", "secp384r1",
          "p-521", "secp521r1",
          "prime192v1", "secp192r1",
          "sm2", "sm2p256v1");

  private static final List<String> OF_JDK =
      List.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

  private CryptoCurves() {}

  /** All names. */
  static List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (Object name : Collections.list((Enumeration<?>) ECNamedCurveTable.getNames())) {
      ASN1ObjectIdentifier oid = ECNamedCurveTable.getOID(name.toString());
      if (oid != null) {
        names.add(name(oid));
      }
    }
    return new ArrayList<>(names);
  }

  /** The number of a curve; null if there is none of that name. */
  static @Nullable ASN1ObjectIdentifier find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ECNamedCurveTable.getOID(ALIASES.getOrDefault(lower, lower));
  }

  /** As {@link #find}, but there must be one. */
  static ASN1ObjectIdentifier of(String name) throws CodedException {
    ASN1ObjectIdentifier oid = find(name);
    if (oid == null) {
      throw new CodedException("TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
    }
    return oid;
  }

  /** OpenSSL's name. */
  static String name(ASN1ObjectIdentifier oid) {
    String name = ECNamedCurveTable.getName(oid);
    if (name == null) {
      return oid.getId();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String known = OPEN_SSL.get(lower);
    if (known != null) {
      return known;
    }
    return lower.startsWith("brainpool") ? "brainpoolP" + lower.substring(10) : lower;
  }

  static X9ECParameters parameters(ASN1ObjectIdentifier oid) {
    X9ECParameters fast = CustomNamedCurves.getByOID(oid);
    return fast != null ? fast : Crypto.present(ECNamedCurveTable.getByOID(oid));
  }

  /** The bytes of a coordinate. */
  static int size(ASN1ObjectIdentifier oid) {
    return (parameters(oid).getCurve().getFieldSize() + 7) / 8;
  }

  static boolean isOfJdk(@Nullable ASN1ObjectIdentifier oid) {
    return oid != null && OF_JDK.contains(oid.getId());
  }

  /**
   * A point as bytes.
   *
   * @param form uncompressed, compressed or hybrid
   */
  static byte[] encode(ECPoint point, String form) {
    byte[] bytes = point.getEncoded(form.equals("compressed"));
    if (form.equals("hybrid")) {
      byte[] y = point.normalize().getAffineYCoord().getEncoded();
      bytes[0] = (byte) (6 | (y[y.length - 1] & 1));
    }
    return bytes;
  }
}
