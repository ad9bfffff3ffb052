package evented.net;

/** Placeholder for the module's functions. */
public final class Net {
  private Net() {}

  /**
   * Says which IP version an address is written in.
   *
   * @param s the text to look at
   * @return 4, 6, or 0 where it is neither
   */
  public static int isIP(String s) {
    return s.indexOf(':') >= 0 ? 6 : s.indexOf('.') >= 0 ? 4 : 0;
  }
}
