package evented.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is built before anything is measured: the programs in C, and a certificate. */
final class Workbench {
  private static final Pattern NOT_EVENTED =
      Pattern.compile(
          "(vertx|jackson|jmh|jopt-simple|commons-math|netty-codec-(?!base)|netty-resolver-dns).*");

  private final Path sources;
  private final Path output;
  private Optional<String> tlsMissing = Optional.empty();

  private Workbench(Path sources, Path output) {
    this.sources = sources;
    this.output = output;
  }

  /**
   * Compiles.
   *
   * @param sources the folder {@code src/main} of this module
   * @param output where to put what is made
   * @throws IOException if there is no C compiler
   */
  static Workbench build(Path sources, Path output) throws IOException, InterruptedException {
    Workbench workbench = at(sources, Files.createDirectories(output));
    workbench.compile("server", "server.c");
    workbench.compile("load", "load.c");
    workbench.prepareTls();
    return workbench;
  }

  /** The same paths, at which nothing has been built yet. */
  static Workbench at(Path sources, Path output) {
    return new Workbench(sources, output.toAbsolutePath());
  }

  private void compile(String program, String source, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-o", program(program)));
    command.add(sources.resolve("c").resolve(source).toString());
    command.addAll(Arrays.asList(options));
    Executables.run(command.toArray(String[]::new));
  }

  private void prepareTls() throws InterruptedException {
    try {
      compile("load-tls", "load.c", "-DTLS", "-lssl", "-lcrypto");
    } catch (IOException e) {
      tlsMissing =
          Optional.of("the load for TLS does not compile; are OpenSSL's headers installed?");
      return;
    }
    try {
      makeCertificate();
    } catch (IOException e) {
      tlsMissing = Optional.of("openssl makes no certificate: " + e.getMessage());
    }
  }

  private void makeCertificate() throws IOException, InterruptedException {
    Executables.run(
        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
                + " -subj /CN=localhost -keyout KEY -out CERTIFICATE")
            .replace("KEY", key().toString())
            .replace("CERTIFICATE", certificate().toString())
            .split(" ", -1));
  }

  /** Why TLS cannot be measured, if so. */
  Optional<String> tlsMissing() {
    return tlsMissing;
  }

  /** The path of a program that this has compiled. */
  String program(String name) {
    return output.resolve(name).toString();
  }

  String script(String name) {
    return sources.resolve("js").resolve(name).toAbsolutePath().toString();
  }

  Path key() {
    return output.resolve("key.pem");
  }

  Path certificate() {
    return output.resolve("certificate.pem");
  }

  /** Where the UNIX socket of a server may be. */
  Path socket() {
    return output.resolve("socket");
  }

  Path file(String name) {
    return output.resolve(name);
  }

  /** All that this module needs, Vert.x with it. */
  static String wholeClassPath() {
    return System.getProperty("java.class.path");
  }

  /** What a user of Evented or of Netty has, in which classes are found sooner. */
  static String eventedClassPath() {
    return Arrays.stream(wholeClassPath().split(File.pathSeparator, -1))
        .filter(entry -> !NOT_EVENTED.matcher(Path.of(entry).getFileName().toString()).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
