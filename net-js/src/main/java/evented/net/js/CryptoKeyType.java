package evented.net.js;

/** The kinds of keys, with the names that Node gives them. */
enum CryptoKeyType {
  SECRET("secret", "", ""),
  RSA("rsa", "RSA", "1.2.840.113549.1.1.1"),
  RSA_PSS("rsa-pss", "RSA", "1.2.840.113549.1.1.10"),
  DSA("dsa", "DSA", "1.2.840.10040.4.1"),
  DH("dh", "DH", "1.2.840.113549.1.3.1"),
  EC("ec", "EC", "1.2.840.10045.2.1"),
  ED25519("ed25519", "Ed25519", "1.3.101.112"),
  ED448("ed448", "Ed448", "1.3.101.113"),
  X25519("x25519", "X25519", "1.3.101.110"),
  X448("x448", "X448", "1.3.101.111");

  private final String label;
  private final String jca;
  private final String oid;

  CryptoKeyType(String label, String jca, String oid) {
    this.label = label;
    this.jca = jca;
    this.oid = oid;
  }

  /** The one that files name by that number. */
  static CryptoKeyType of(String oid) throws CodedException {
    for (CryptoKeyType type : values()) {
      if (type.oid.equals(oid)) {
        return type;
      }
    }
    throw CodedException.openSsl("1E08010C", "DECODER routines", "ERR_OSSL_", "unsupported");
  }

  /** The one that Node names so. */
  static CryptoKeyType named(String label) {
    for (CryptoKeyType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no such type of key: " + label);
  }

  String label() {
    return label;
  }

  String jca() {
    return jca;
  }

  String oid() {
    return oid;
  }

  boolean isRsa() {
    return this == RSA || this == RSA_PSS;
  }

  /** Whether it signs a whole text, and not a digest. */
  boolean isEdwards() {
    return this == ED25519 || this == ED448;
  }

  boolean isMontgomery() {
    return this == X25519 || this == X448;
  }
}
