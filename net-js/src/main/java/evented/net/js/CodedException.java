package evented.net.js;

import java.util.Locale;

/** Becomes an Error of a class and with a code of its own in JavaScript. */
final class CodedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String code;

  /**
   * Makes one.
   *
   * @param kind Error, TypeError or RangeError
   */
  CodedException(String kind, String code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  /** The class of the Error. */
  String kind() {
    return kind;
  }

  /** What its {@code code} is. */
  String code() {
    return code;
  }

  /** What OpenSSL's provider reports in Node, such as {@code bad decrypt}. */
  static CodedException provider(String number, String reason) {
    return openSsl(number, "Provider routines", "ERR_OSSL_", reason);
  }

  /** What OpenSSL reports in Node: programs look for its code and its words. */
  static CodedException openSsl(String number, String library, String prefix, String reason) {
    String code = prefix + reason.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    return new CodedException("Error", code, "error:" + number + ":" + library + "::" + reason);
  }
}
