package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./evented}, started from a shell. What a script does there, it does in Node too: where
 * that is installed, exit code and output are compared.
 */
class ShellLauncherTest {
  /** The first start builds the library. */
  private static final long MINUTES = 8;

  private static final String LAUNCHER = Path.of("..", "evented").toAbsolutePath().toString();
  private static final boolean NODE = isInstalled("node");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  /** What a program did. */
  private record Outcome(int code, String output, String error) {}

  @AfterEach
  void killWhatStillRuns() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static boolean isInstalled(String program) {
    for (String path : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(path, program))) {
        return true;
      }
    }
    assertThat(System.getenv("CI")).as("CI must have the program " + program).isNull();
    return false;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Process start(Object... command) throws IOException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    Process process = new ProcessBuilder(words).directory(folder.toFile()).start();
    started.add(process);
    return process;
  }

  private static Outcome outcome(Process process, String input) throws Exception {
    CompletableFuture<String> output = text(process.inputReader(StandardCharsets.UTF_8));
    CompletableFuture<String> error = text(process.errorReader(StandardCharsets.UTF_8));
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended before it read all.
    }
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    return new Outcome(
        process.exitValue(),
        output.get(MINUTES, TimeUnit.MINUTES),
        error.get(MINUTES, TimeUnit.MINUTES).replaceFirst("evented: building .*\n", ""));
  }

  private static CompletableFuture<String> text(BufferedReader reader) {
    return CompletableFuture.supplyAsync(
        () -> {
          StringBuilder text = new StringBuilder();
          reader.lines().forEach(line -> text.append(line).append('\n'));
          return text.toString();
        });
  }

  /** Runs a script here and, if it is installed, in Node, which has to come to the same end. */
  private Outcome run(String input, Object... arguments) throws Exception {
    Outcome here = outcome(launch(arguments), input);
    if (NODE) {
      Outcome there = outcome(start(with("node", arguments)), input);
      assertThat(here.code()).as("exit code, here: " + here).isEqualTo(there.code());
      assertThat(here.output()).isEqualTo(there.output());
      assertThat(here.error().isEmpty() && !there.error().isEmpty()).as(there.error()).isFalse();
    }
    return here;
  }

  private Process launch(Object... arguments) throws IOException {
    return start(with(LAUNCHER, arguments));
  }

  private static Object[] with(Object first, Object... more) {
    List<Object> all = new ArrayList<>(List.of(more));
    all.add(0, first);
    return all.toArray();
  }

  private static String firstLine(Process process) throws IOException {
    // Not closed: that would close the process's output too.
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  @Test
  void aScriptGetsItsArgumentsAndEndsByItself() throws Exception {
    file("module.js", "exports.twice = function (n) { return 2 * n; };");
    Path script =
        file(
            "app.js",
            """
            #!/usr/bin/env node
            var twice = require('./module').twice;
            console.log(process.argv.slice(2), twice(21), require.main === module, __filename);
            process.on('exit', function (code) { console.log('exit', code); });
            """);
    Outcome outcome = run("", script, "one", "--two");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.output())
        .isEqualTo("[ 'one', '--two' ] 42 true " + script.toRealPath() + "\nexit 0\n");
    assertThat(outcome.error()).isEmpty();
  }

  @Test
  void aMissingScriptIsNamed() throws Exception {
    Outcome outcome = run("", "nowhere.js");
    assertThat(outcome).isEqualTo(new Outcome(1, "", "evented: no such file: nowhere.js\n"));
  }

  @Test
  void aSyntaxErrorTellsFileLineAndColumn() throws Exception {
    Outcome outcome = run("", file("app.js", "var a = 1;\nvar b = ;\n"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error())
        .startsWith("SyntaxError: ")
        .contains(folder.toRealPath() + "/app.js:2:9\nvar b = ;\n        ^\n");
    assertThat(run("", file("app.mjs", "const a = ;")).error()).contains("app.mjs:1:10");
  }

  @Test
  void aMissingModuleIsNamed() throws Exception {
    Outcome outcome = run("", file("app.js", "\nrequire('left-pad');"));
    assertThat(outcome.error())
        .contains("app.js:2\nrequire('left-pad');\n^\n")
        .contains("Error: Cannot find module 'left-pad'\nRequire stack:\n- ");
    assertThat(run("", file("app.mjs", "import x from './nowhere.mjs';")).error())
        .contains("nowhere.mjs' imported from ");
  }

  @Test
  void anUncaughtErrorShowsWhereItWasThrown() throws Exception {
    String code = "setTimeout(function later() {\n  throw new Error('boo');\n}, 1);\n";
    Outcome outcome = run("", file("app.js", code));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error())
        .startsWith(folder.toRealPath() + "/app.js:2\n  throw new Error('boo');\n        ^\n\n")
        .contains("Error: boo\n    at ")
        .contains("/app.js:2:9)\n");
    assertThat(run("", file("first.js", "throw new Error('line 1');")).error())
        .contains("first.js:1\nthrow new Error('line 1');\n      ^\n\nError: line 1\n    at ")
        .contains("first.js:1:7)\n");
    assertThat(run("", file("app.mjs", "await 1;\nthrow new Error('late');")).error())
        .contains("app.mjs:2\nthrow new Error('late');\n      ^\n\nError: late\n    at ");
    assertThat(run("", file("text.js", "throw 'a text';")).error()).contains("a text");
  }

  @Test
  void aListenerThatThrowsEndsTheProgram() throws Exception {
    Outcome outcome =
        run(
            "",
            file(
                "app.js",
                """
                var net = require('net');
                net.createServer(function (stream) { throw new Error('in a listener'); })
                  .listen(0, function () { net.connect(this.address().port).on('error', String); });
                """));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error()).contains("app.js:2\n").contains("Error: in a listener\n    at ");
    Outcome unheard = run("", file("unheard.js", "require('net').connect('/no/such.sock')"));
    assertThat(unheard.code()).isEqualTo(1);
    assertThat(unheard.error()).contains("Error: connect ENOENT /no/such.sock");
  }

  @Test
  void exitCodesAreTheScripts() throws Exception {
    assertThat(run("", file("a.js", "process.exit(3)")).code()).isEqualTo(3);
    assertThat(run("", file("b.js", "process.exit('4')")).code()).isEqualTo(4);
    assertThat(run("", file("c.js", "process.exit(300)")).code()).isEqualTo(44);
    assertThat(run("", file("d.js", "process.exitCode = 6")).code()).isEqualTo(6);
    assertThat(run("", file("e.mjs", "await new Promise(() => {})")).code()).isEqualTo(13);
    assertThat(run("", file("f.js", "Promise.reject(new Error('x'))")).code()).isEqualTo(1);
  }

  @Test
  void anEsModuleRuns() throws Exception {
    file("twice.mjs", "export const twice = (n) => 2 * n;");
    String code =
        """
        import net, { isIP } from 'net';
        import { twice } from './twice.mjs';
        console.log(isIP('::1'), net.isIP === isIP, await twice(4), import.meta.url);
        """;
    Path byName = file("app.mjs", code);
    assertThat(run("", byName).output())
        .isEqualTo("6 true 8 " + byName.toRealPath().toUri() + "\n");
    file("package.json", "{\"type\": \"module\"}");
    assertThat(run("", file("app.js", code)).code()).isZero();
  }

  @Test
  void standardInputIsReadToItsEnd() throws Exception {
    Path script =
        file(
            "app.js",
            """
            var text = '';
            process.stdin.setEncoding('utf8');
            process.stdin.on('data', function (data) { text += data; });
            process.stdin.on('end', function () { console.log(text.length, text.slice(-4)); });
            """);
    assertThat(run("x".repeat(300_000) + "\u00e9nd!", script).output())
        .isEqualTo("300004 \u00e9nd!\n");
    assertThat(run("", script).output()).isEqualTo("0 \n");
    Path paused =
        file("b.js", "process.stdin.once('data', function () { process.stdin.pause(); })");
    Process waiting = launch(paused); // nobody closes its input
    waiting.getOutputStream().write('x');
    waiting.getOutputStream().flush();
    assertThat(waiting.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(waiting.exitValue()).isZero();
  }

  @Test
  void standardInputKeepsTheProgramAlive() throws Exception {
    Path script =
        file(
            "app.js",
            """
            process.stdin.on('data', function (data) { console.log('got ' + data); });
            setTimeout(function () { console.log('idle'); }, 1);
            """);
    Process process = launch(script);
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("idle");
    process.getOutputStream().write("late".getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().close();
    assertThat(output.readLine()).isEqualTo("got late");
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aScriptMayComeByStandardInput() throws Exception {
    Outcome outcome = run("console.log(require('net').isIP('::1'));\nprocess.exitCode = 5;\n");
    assertThat(outcome).isEqualTo(new Outcome(5, "6\n", ""));
    Outcome failed = run("\nthrow new Error('piped');\n");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.error()).contains("[stdin]:2\nthrow new Error('piped');\n      ^\n");
  }

  @Test
  void onATerminalThereIsAPrompt() throws Exception {
    assumeTrue(isInstalled("script"), "skipped: there is no program script");
    Process prompt = start("env", "TERM=dumb", "script", "-qec", LAUNCHER, "/dev/null");
    Outcome outcome =
        outcome(
            prompt,
            """
            var answer = 6 * 7
            answer
            { a: 1 }
            [1,
            2]
            nowhere
            process.exit(4)
            """);
    assertThat(outcome.output().replace("\r", ""))
        .contains("> undefined\n> 42\n> { a: 1 }\n> ... [ 1, 2 ]\n> Uncaught prompt:1\n")
        .contains("ReferenceError: nowhere is not defined");
    assertThat(outcome.code()).isEqualTo(4);
  }

  @Test
  void interruptEndsItUnlessItIsHeard() throws Exception {
    String wait = "setInterval(function () {}, 1000); console.log('up');";
    Process plain = launch(file("plain.js", wait));
    assertThat(firstLine(plain)).isEqualTo("up");
    interrupt(plain);
    assertThat(plain.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(plain.exitValue()).isEqualTo(130);

    Process hearing =
        launch(
            file(
                "hears.js",
                "process.on('SIGINT', function (s) { process.exit(s.length) });" + wait));
    assertThat(firstLine(hearing)).isEqualTo("up");
    interrupt(hearing);
    assertThat(hearing.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(hearing.exitValue()).isEqualTo("SIGINT".length());
  }

  private void interrupt(Process process) throws Exception {
    assertThat(outcome(start("sh", "-c", "kill -INT " + process.pid()), "").code()).isZero();
  }

  @Test
  void itTellsHowItIsUsedAndWhichOneItIs() throws Exception {
    Outcome help = outcome(launch("--help"), "");
    assertThat(help.code()).isZero();
    assertThat(help.output()).startsWith("Usage: ./evented ").contains("--version");
    Outcome version = outcome(launch("--version"), "");
    assertThat(version.code()).isZero();
    assertThat(version.output()).matches("evented \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    Outcome unknown = outcome(launch("--fast"), "");
    assertThat(unknown.code()).isEqualTo(9);
    assertThat(unknown.error())
        .isEqualTo("evented: unknown option --fast; ./evented --help tells the options\n");
  }

  @Test
  void codeMayComeOnTheCommandLine() throws Exception {
    assertThat(run("", "-p", "[6 * 7, process.argv.length]", "x").output())
        .isEqualTo("[ 42, 2 ]\n");
    assertThat(
            run("", "-e", "console.log(require('net').isIP('::1'), typeof fs.readFile)").output())
        .isEqualTo("6 function\n");
    assertThat(run("", "--eval=throw new Error('said')").code()).isEqualTo(1);
    assertThat(run("console.log(process.argv.length)", "-", "x").output()).isEqualTo("3\n");
    Path before = file("before.js", "globalThis.before = 'before';");
    assertThat(run("", "-r", before, "-p", "before").output()).isEqualTo("before\n");
    assertThat(run("", "--check", before).output()).isEmpty();
    assertThat(run("", "-c", file("broken.js", "let a = ;")).code()).isEqualTo(1);
  }

  @Test
  void aDebuggerMayAttach() throws Exception {
    Path script = file("app.js", "setInterval(function () {}, 1000); console.log('up');");
    Process process = launch("--inspect=0", script);
    assertThat(firstLine(process)).isEqualTo("up");
    Matcher url =
        Pattern.compile("Debugger listening on ws://127\\.0\\.0\\.1:(\\d+)(/\\S+)")
            .matcher(
                process
                    .errorReader()
                    .lines()
                    .filter(line -> line.startsWith("D"))
                    .findFirst()
                    .orElse(""));
    assertThat(url.find()).isTrue();
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + url.group(1) + url.group(2)),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    answer.complete(text.toString());
                    from.request(1);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .get(MINUTES, TimeUnit.MINUTES);
    socket.sendText("{\"id\":1,\"method\":\"Runtime.enable\"}", true);
    assertThat(answer.get(MINUTES, TimeUnit.MINUTES)).contains("\"id\":1");
    socket.abort();
  }
}
