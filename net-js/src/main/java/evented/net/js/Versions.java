package evented.net.js;

/** What process.version and process.versions tell. */
final class Versions {
  /** The Node whose API scripts may expect; packages ask for it to choose their syntax. */
  static final String NODE = "v22.12.0";

  /** This library's version. */
  static final String EVENTED = version();

  private Versions() {}

  private static String version() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
