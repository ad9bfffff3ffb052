package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** What holds for any text that is asked to be an address; {@code -Pfuzz}, and {@link FuzzTest}. */
public final class AddressFuzz {
  private static final String PART = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
  private static final String IPV4 = PART + "(\\." + PART + "){3}";
  private static final String GROUP = "[0-9a-fA-F]{1,4}";

  private static final Pattern VERSION_4 = Pattern.compile(IPV4);

  /** Groups with a colon between each two, the last two perhaps as IPv4; or none. */
  private static final Pattern GROUPS =
      Pattern.compile("(" + GROUP + "(:" + GROUP + ")*(:" + IPV4 + ")?|" + IPV4 + ")?");

  private AddressFuzz() {}

  /** The entry point of a fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new FuzzInput(input).restAsText();
    int version = IpAddress.version(text);
    byte[] address = IpAddress.parse(text);
    assertThat(address == null ? 0 : address.length == 4 ? 4 : 6).isEqualTo(version);
    if (text.indexOf('%') < 0) {
      assertThat(version).as(text).isEqualTo(expected(text));
      assertThat(IpAddress.zone(text)).isNull();
    } else if (version != 0) {
      assertThat(version).isEqualTo(6);
      assertThat(text).endsWith("%" + IpAddress.zone(text));
    }
    if (address != null) {
      String written = IpAddress.format(address);
      assertThat(IpAddress.parse(written)).as(written).isEqualTo(address);
    }
  }

  /** By RFC 4291, section 2.2, in other words than those of the library. */
  private static int expected(String text) {
    if (VERSION_4.matcher(text).matches()) {
      return 4;
    }
    int gap = text.indexOf("::");
    if (gap < 0) {
      return !text.isEmpty() && GROUPS.matcher(text).matches() && groups(text) == 8 ? 6 : 0;
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    boolean wellFormed =
        GROUPS.matcher(before).matches()
            && before.indexOf('.') < 0
            && GROUPS.matcher(after).matches();
    return wellFormed && groups(before) + groups(after) < 8 ? 6 : 0;
  }

  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int groups = text.indexOf('.') < 0 ? 1 : 2;
    return groups + (int) text.chars().filter(c -> c == ':').count();
  }
}
