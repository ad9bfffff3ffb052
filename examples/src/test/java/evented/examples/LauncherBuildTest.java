package evented.examples;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./evented} in a checkout that holds hardly more than itself. Maven and the JDKs are played
 * by scripts that print what they are asked for; {@link LauncherFolderTest} has real ones.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherBuildTest {
  private static final Path LAUNCHER = Path.of("").toAbsolutePath().resolveSibling("evented");

  private static final String MAVEN =
      """
      #!/bin/sh
      echo run >>"$(dirname "$0")/builds"
      for argument; do
        case $argument in -Dlauncher=*) output=${argument#-Dlauncher=} ;; esac
      done
      for module in net net-js; do
        mkdir -p "$output/evented-$module/classes" "$output/evented-$module/lib"
      done
      """;

  @TempDir Path folder;
  private Path checkout;
  private Path tools;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = Files.createDirectory(folder.resolve("checkout"));
    tools = Files.createDirectory(folder.resolve("tools"));
    Files.copy(LAUNCHER, checkout.resolve("evented"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createFile(checkout.resolve("pom.xml"));
    for (String module : List.of("net", "net-js")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(folder.resolve("App.java"));
    executable(tools.resolve("mvn"), MAVEN);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A JDK whose java only prints the words that it is started with, one on a line. */
  private Path jdk(int version) {
    Path jdk = folder.resolve("jdk-" + version);
    try {
      Files.createDirectories(jdk.resolve("bin"));
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + ".0.2\"\n");
      executable(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jdk;
  }

  private RunningProgram start(int javaVersion, Object... environment) {
    Program env =
        Program.named("env")
            .with("PATH=" + tools + ":" + System.getenv("PATH"))
            .with("JAVA_HOME=" + jdk(javaVersion), "XDG_CACHE_HOME=" + folder.resolve("cache"))
            .with(environment);
    return env.with(checkout.resolve("evented"), folder.resolve("App.java"), "a b").start();
  }

  private List<String> words(int javaVersion) {
    try (RunningProgram launcher = start(javaVersion)) {
      return launcher.awaitSuccess().lines().toList();
    }
  }

  private int builds() throws IOException {
    return Files.readAllLines(tools.resolve("builds")).size();
  }

  @Test
  void theProgramGetsItsArgumentsAndTheJvmWhatNioNeeds() {
    assertThat(words(17))
        .containsSequence("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED")
        .containsSequence("--add-opens", "java.base/java.io=ALL-UNNAMED")
        .endsWith(folder.resolve("App.java").toString(), "a b");
  }

  @Test
  void aNewJdkFindsTheClassesThatAreForIt() {
    Path built = checkout.resolve("target/launcher/evented-net");
    assertThat(words(22))
        .contains("--enable-native-access=ALL-UNNAMED")
        .containsSequence(
            "-cp",
            built + "/classes/META-INF/versions/22:" + built + "/classes:" + built + "/lib/*");
    assertThat(words(21)).containsSequence("-cp", built + "/classes:" + built + "/lib/*");
  }

  @Test
  void whatANewerJdkHasBuiltServesAnOlderOne() throws IOException {
    words(25);
    words(17);
    words(22);
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void whatAnOlderJdkHasBuiltIsBuiltAgainOnceForANewerOne() throws IOException {
    words(17);
    words(21);
    assertThat(builds()).isEqualTo(1);
    words(25);
    words(17);
    words(25);
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aCheckoutThatCannotBeWrittenToIsBuiltInTheUsersCache() throws IOException {
    Files.createFile(checkout.resolve("target")); // in the way even of root
    List<String> classPath = words(17).stream().filter(word -> word.contains("/classes:")).toList();
    assertThat(classPath).hasSize(1);
    assertThat(classPath.get(0)).startsWith(folder.resolve("cache/evented") + "/");
    words(17);
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void whereNothingCanBeWrittenToItSaysWhatToDo() throws IOException {
    Files.createFile(checkout.resolve("target"));
    Path cache = Files.createFile(folder.resolve("cache"));
    try (RunningProgram launcher = start(17)) {
      assertThat(launcher.awaitExit()).isEqualTo(1);
      launcher.await("evented: can write neither to " + checkout + "/target nor to " + cache + "/");
      launcher.await("point XDG_CACHE_HOME to a folder that is\n");
      assertThat(launcher.output()).doesNotContain("mkdir");
    }
  }

  @Test
  void aFolderThatNoClassPathCanHoldIsRefused() throws IOException {
    checkout = Files.move(checkout, folder.resolve("a:b"));
    try (RunningProgram launcher = start(17)) {
      assertThat(launcher.awaitExit()).isEqualTo(1);
      launcher.await("evented: the folder .*/a:b has a colon in its name, .*; rename it\n");
    }
  }

  private void assertThatMavenEndsBy(String signal, int exitCode) throws Exception {
    Path pid = tools.resolve("pid");
    Program.named("mkfifo").with(pid).run("");
    // Like a wrapper of someone's own: what works is a child of it.
    executable(
        tools.resolve("mvn"), "#!/bin/sh\ntail -f /dev/null &\necho $! >'" + pid + "'\nwait\n");
    try (RunningProgram launcher = start(17)) {
      CompletableFuture<String> written =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return Files.readString(pid);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      ProcessHandle maven =
          ProcessHandle.of(Long.parseLong(written.get(20, TimeUnit.SECONDS).strip())).orElseThrow();
      Program.named("kill").with("-" + signal, launcher.pid()).run("");
      assertThat(launcher.awaitExit()).isEqualTo(exitCode);
      maven.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void terminatingItEndsMavenToo() throws Exception {
    assertThatMavenEndsBy("TERM", 143);
  }

  @Test
  void interruptingItEndsMavenToo() throws Exception {
    assertThatMavenEndsBy("INT", 130);
  }

  @Test
  void whatWasInterruptedIsBuiltTheNextTime() throws Exception {
    assertThatMavenEndsBy("TERM", 143);
    executable(tools.resolve("mvn"), MAVEN);
    words(17);
    assertThat(builds()).isEqualTo(1);
  }
}
