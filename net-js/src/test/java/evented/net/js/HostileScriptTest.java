package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.net.Loop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script reaches that replaces what the code inside stands on. */
class HostileScriptTest {
  private final Loop loop = Loop.create(1);

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(120, TimeUnit.SECONDS);
  }

  private static String resource(String name) throws Exception {
    try (var in = HostileScriptTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Every intrinsic function is replaced by one that keeps what it is given. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void F45_spiesInPlaceOfIntrinsicsSeeNothingOfTheInside(
      boolean beforeRequire, @TempDir Path folder) throws Exception {
    List<String> seen = new ArrayList<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    Files.writeString(folder.resolve("part.js"), "module.exports = 1;");
    try (Host host =
        Host.builder()
            .loop(loop)
            .hostAccess(HostAccess.ALL)
            .allowModules("fs", "os", "dns")
            .allowFiles(folder)
            .allowListen("127.0.0.1")
            .allowConnect("127.0.0.1")
            .build()) {
      host.share("folder", folder.toString());
      host.share("isHost", (ProxyExecutable) a -> a[0].isHostObject());
      host.share("found", (ProxyExecutable) a -> seen.add(text(a)));
      host.share("done", (ProxyExecutable) a -> done.complete(null));
      host.share("failed", (ProxyExecutable) a -> done.completeExceptionally(failure(a[0])));
      if (beforeRequire) {
        get(host.eval("spies.js", resource("spies.js")));
        get(host.eval("work.js", resource("work.js")));
      } else {
        get(
            host.eval(
                "modules.js",
                "for (const name of require('module').builtinModules) require(name);"));
        get(host.eval("spies.js", resource("spies.js")));
        get(host.eval("work.js", resource("work.js")));
      }
      get(done);
      assertThat(get(host.eval("count.js", "report()")).asInt()).isGreaterThan(1000);
      assertThat(seen).isEmpty();
    }
  }

  private static String text(Value[] arguments) {
    return arguments[0].asString();
  }

  private static AssertionError failure(Value reason) {
    return new AssertionError(reason.toString());
  }

  private String codeOf(Host host, String code) throws Exception {
    return get(host.eval(
            "probe.js",
            "(() => { try { " + code + " } catch (e) { return e.code || String(e) } })()"))
        .asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String.prototype.startsWith = () => true;",
        "String.prototype.startsWith = () => false; String.prototype.slice = () => 'net';",
        "Map.prototype.get = function (key) { return { exports: this } };",
        "Function.prototype.call = function (...args) { return args };",
        "Object.prototype.hasOwnProperty = () => true;",
        "Array.prototype[Symbol.iterator] = function* () { yield 'os'; yield 'hostname'; };",
        "Array.prototype.includes = Array.prototype.filter = Array.prototype.some = () => true;",
        "Reflect.apply = (f, t, a) => a; Reflect.construct = (f, a) => a;",
        "RegExp.prototype.test = RegExp.prototype.exec = () => true;",
        "Object.prototype.os = 'lib/os.js'; Object.prototype.everything = true;",
      })
  void F45_modulesStayNarrowedWhateverIsReplaced(String replacement) throws Exception {
    try (Host host = Host.builder().loop(loop).build()) {
      get(host.eval("replace.js", replacement + " 0"));
      for (String name : List.of("os", "dns", "fs", "dns/promises", "node:os")) {
        assertThat(codeOf(host, "return typeof require('" + name + "').constructor"))
            .as(name)
            .isNotEqualTo("function");
      }
    }
  }

  @Test
  void F45_whatIsInsideCannotBeRequired() throws Exception {
    try (Host host = Host.builder().loop(loop).build()) {
      for (String name :
          List.of("inner/loader", "lib/os.js", "npm/buffer", "__proto__", "toString")) {
        assertThat(codeOf(host, "return typeof require('" + name + "')"))
            .isEqualTo("MODULE_NOT_FOUND");
      }
    }
  }

  @Test
  void F45_aLinkOutOfTheFolderReachesNothing(@TempDir Path outside, @TempDir Path inside)
      throws Exception {
    Path folder = Files.createDirectory(inside.resolve("folder"));
    Files.writeString(outside.resolve("secret.js"), "module.exports = 'secret';");
    Files.writeString(inside.resolve("beside.txt"), "secret");
    Files.createDirectory(outside.resolve("deep"));
    Files.createSymbolicLink(folder.resolve("out"), outside);
    Files.createSymbolicLink(folder.resolve("deep"), outside.resolve("deep"));
    Files.createSymbolicLink(folder.resolve("file.js"), outside.resolve("secret.js"));
    Files.createSymbolicLink(folder.resolve("dangling"), outside.resolve("made"));
    try (Host host = Host.builder().loop(loop).allowModules("fs").allowFiles(folder).build()) {
      host.share("folder", folder.toString());
      for (String path :
          List.of(
              "/out/secret.js",
              "/deep/../secret.js",
              "/file.js",
              "/../beside.txt",
              "/out/../out/secret.js",
              "/./out/deep/../secret.js")) {
        for (String call :
            List.of(
                "readFileSync(p)",
                "writeFileSync(p, 'x')",
                "appendFileSync(p, 'x')",
                "statSync(p)",
                "accessSync(p)",
                "chmodSync(p, 0o777)",
                "realpathSync(p)")) {
          assertThat(
                  codeOf(
                      host,
                      "const p = folder + '"
                          + path
                          + "'; return String(require('fs')."
                          + call
                          + ")"))
              .as("%s of %s", call, path)
              .isEqualTo("ERR_ACCESS_DENIED");
        }
        assertThat(codeOf(host, "return String(require(folder + '" + path + "'))"))
            .as("require of %s", path)
            .isIn("ERR_ACCESS_DENIED", "MODULE_NOT_FOUND");
      }
      for (String call :
          List.of(
              "unlinkSync(folder + '/out/secret.js')",
              "rmdirSync(folder + '/out/deep')",
              "mkdirSync(folder + '/out/new')",
              "mkdirSync(folder + '/out/new/er', { recursive: true })",
              "readdirSync(folder + '/out')",
              "lstatSync(folder + '/out/secret.js')",
              "renameSync(folder + '/out/secret.js', folder + '/mine')",
              "renameSync(folder + '/dangling', folder + '/out/dangling')",
              "readFileSync('/proc/self/environ')",
              "readFileSync('/proc/self/root' + folder + '/out/secret.js')",
              "readFileSync('file:///etc/passwd')",
              "readFileSync({ href: 'file:///etc/passwd' })")) {
        assertThat(codeOf(host, "return String(require('fs')." + call + ")"))
            .as(call)
            .isEqualTo("ERR_ACCESS_DENIED");
      }
      assertThat(
              codeOf(
                  host, "require('fs').writeFileSync(folder + '/dangling', 'x'); return 'written'"))
          .isNotEqualTo("written");
      assertThat(codeOf(host, "return String(require('fs').readFileSync(folder + '/a\\0b'))"))
          .isNotEqualTo("undefined");
      assertThat(outside.resolve("made")).doesNotExist();
      assertThat(outside.resolve("new")).doesNotExist();
      assertThat(outside.resolve("secret.js")).hasContent("module.exports = 'secret';");
      assertThatThrownBy(() -> get(host.eval("i.mjs", "import '" + folder.toUri() + "file.js'")))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void F45_aLinkThatStaysInTheFolderIsFollowed(@TempDir Path inside) throws Exception {
    Files.createDirectories(inside.resolve("packages/one"));
    Files.createDirectory(inside.resolve("node_modules"));
    Files.writeString(inside.resolve("packages/one/index.js"), "module.exports = 'one';");
    Files.createSymbolicLink(inside.resolve("node_modules/one"), inside.resolve("packages/one"));
    Path main = Files.writeString(inside.resolve("main.js"), "globalThis.got = require('one');");
    try (Host host = Host.builder().loop(loop).allowModules("fs").allowFiles(inside).build()) {
      host.share("folder", inside.toString());
      get(host.run(main));
      assertThat(get(host.eval("got.js", "got")).asString()).isEqualTo("one");
      assertThat(
              codeOf(
                  host,
                  "const fs = require('fs'); fs.mkdirSync(folder + '/a/b', { recursive: true });"
                      + " fs.writeFileSync(folder + '/a/b/new', 'text');"
                      + " fs.renameSync(folder + '/a/b/new', folder + '/a/moved');"
                      + " fs.unlinkSync(folder + '/node_modules/one');"
                      + " return fs.readFileSync(folder + '/a/moved', 'utf8')"))
          .isEqualTo("text");
      assertThat(inside.resolve("packages/one/index.js")).exists();
    }
  }

  @Test
  void F45_aLinkInPlaceOfTheMainScriptIsNotRead(@TempDir Path outside, @TempDir Path inside)
      throws Exception {
    Files.writeString(outside.resolve("secret.js"), "module.exports = 'secret';");
    Files.createSymbolicLink(inside.resolve("link.js"), outside.resolve("secret.js"));
    Path main = Files.writeString(inside.resolve("main.js"), "0");
    try (Host host = Host.builder().loop(loop).allowModules("fs").allowFiles(inside).build()) {
      host.share("folder", inside.toRealPath().toString());
      get(host.run(main));
      assertThat(
              codeOf(
                  host,
                  "require('fs').renameSync(folder + '/link.js', folder + '/main.js');"
                      + " return require(folder + '/main.js')"))
          .isIn("ERR_ACCESS_DENIED", "MODULE_NOT_FOUND");
    }
  }

  @Test
  void aBuilderSharesNothingWithAHostThatItBuilt(@TempDir Path inside) throws Exception {
    Path script = Files.writeString(inside.resolve("main.js"), "globalThis.got = process.argv[2];");
    Host.Builder builder = Host.builder().loop(loop);
    try (Host first = builder.build()) {
      builder.allowModules("os", "fs").allowFiles(inside).allowEverything();
      try (Host second = builder.build()) {
        get(second.run(script, "second"));
        get(first.run(script, "first"));
        assertThat(get(second.eval("argv.js", "got + process.argv[2]")).asString())
            .isEqualTo("secondsecond");
        assertThat(codeOf(first, "return typeof require('os')")).isEqualTo("ERR_ACCESS_DENIED");
        assertThat(get(second.eval("os.js", "typeof require('os')")).asString())
            .isEqualTo("object");
        assertThat(get(first.eval("env.js", "Object.keys(process.env).length")).asInt()).isZero();
        second.stop();
        get(second.exited());
        assertThat(first.exited()).isNotDone();
      }
    }
  }

  /** What a script says of the length of its bytes is not believed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "byteLength: 100",
        "byteLength: 200000",
        "byteLength: 2 ** 31 - 1",
        "byteLength: -1",
        "byteLength: 1.5",
        "byteLength: NaN",
        "byteLength: { valueOf: () => 4 }",
        "byteOffset: -50",
        "byteOffset: 50",
        "byteOffset: 2 ** 31 - 1",
        "buffer: 'text'",
        "buffer: null",
        "buffer: {}",
      })
  void F45_aViewReachesNoFurtherThanItsBuffer(String property) throws Exception {
    try (Host host = Host.builder().loop(loop).build()) {
      for (String call :
          List.of(
              "new (require('net').Stream)().write(bytes)",
              "new (require('net').Stream)().unshift(bytes)",
              "process.stdout.write(bytes)")) {
        assertThat(
                codeOf(
                    host,
                    "const bytes = new Uint8Array(10);"
                        + " for (const [name, value] of Object.entries({"
                        + property
                        + "})) Object.defineProperty(bytes, name, { value }); "
                        + call
                        + "; return 'taken'"))
            .as(call)
            .isEqualTo("ERR_INVALID_ARG_VALUE");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new (require('net').Stream)()._handle",
        "require('net').createServer()._handle",
        "require('crypto').createCredentials()._credentials",
      })
  void F45_whatStandsForJavaHasNoMembersAndNoName(String opaque) throws Exception {
    try (Host host = Host.builder().loop(loop).build()) {
      for (String use :
          List.of("it()", "new it()", "it.getClass()", "it.stream()", "it.x.y", "return it + ''")) {
        assertThat(codeOf(host, "const it = " + opaque + "; " + use + "; return 'done'"))
            .as(use)
            .isNotEqualTo("done")
            .doesNotContain("evented.net", "@", "java.");
      }
      assertThat(codeOf(host, "return String(Object.keys(" + opaque + ").length)")).isEqualTo("0");
    }
  }

  @Test
  void F45_credentialsNeedTheirModule() throws Exception {
    try (Host host = Host.builder().loop(loop).onlyModules("net").build()) {
      assertThat(codeOf(host, "return typeof require('crypto')")).isEqualTo("ERR_ACCESS_DENIED");
    }
  }
}
