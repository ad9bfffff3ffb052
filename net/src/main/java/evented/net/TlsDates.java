package evented.net;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;

/** Writes the dates of certificates as OpenSSL does, such as {@code Nov 11 09:52:22 2009 GMT}. */
final class TlsDates {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private TlsDates() {}

  static String format(Date date) {
    return DATE.format(date.toInstant());
  }
}
