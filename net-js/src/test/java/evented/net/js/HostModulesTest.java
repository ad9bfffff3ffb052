package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.net.Loop;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes between an application and its scripts: modules, promises, functions, globals. */
class HostModulesTest {
  private final Loop loop = Loop.create(1);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private Host.Builder builder() {
    return Host.builder().loop(loop).output(output, output);
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  /** Text that a script gives, read on the loop, where alone that may be. */
  private static String text(Host host, String code) throws Exception {
    return get(
        host.eval("test.js", "(async () => String(await (" + code + ")))()")
            .thenCompose(host::future)
            .thenApply(Value::asString));
  }

  /** Something of the application's. */
  public static final class Store {
    @HostAccess.Export public final String name = "store";

    @HostAccess.Export
    public CompletableFuture<String> find(String key) {
      return key.isEmpty()
          ? CompletableFuture.failedFuture(new IllegalStateException("no key"))
          : CompletableFuture.supplyAsync(() -> key + "!");
    }

    public String secret() {
      return "secret";
    }
  }

  @Test
  void modulesFromJavaAreRequiredAndImported() throws Exception {
    ProxyExecutable twice = a -> a[0].asInt() * 2;
    try (Host host =
        builder()
            .module("app-config", Map.of("port", 8080, "twice", twice))
            .module("store", new Store())
            .module("@app/twice", twice)
            .build()) {
      assertThat(text(host, "require('app-config').port + require('app-config').twice(4)"))
          .isEqualTo("8088");
      assertThat(text(host, "Object.keys(require('app-config')).sort().join()"))
          .isEqualTo("port,twice");
      assertThat(text(host, "require('@app/twice')(21)")).isEqualTo("42");
      assertThat(text(host, "require('store').find('k')")).isEqualTo("k!");
      assertThat(text(host, "require('store').name + typeof require('store').secret"))
          .isEqualTo("storeundefined");
      assertThat(text(host, "import('app-config').then(({ twice, port }) => twice(port))"))
          .isEqualTo("16160");
      assertThat(text(host, "import('store').then((it) => it.default.find('x'))")).isEqualTo("x!");
    }
  }

  @Test
  void aModuleMayStandInForACoreModule() throws Exception {
    try (Host host = builder().module("fs", Map.of("readFileSync", "none")).build()) {
      assertThat(text(host, "require('fs').readFileSync")).isEqualTo("none");
      assertThatThrownBy(() -> text(host, "require('node:fs')"))
          .hasMessageContaining("may not use");
    }
  }

  @Test
  void namesOfModulesAreBareAndGivenOnce() {
    Host.Builder builder = builder().module("one", Map.of());
    for (String name :
        new String[] {"", ".", "./x", "../x", "/x", "#x", "a/../b", "a\\b", "node:x", "one"}) {
      assertThatThrownBy(() -> builder.moduleSource(name, ""))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void modulesInMemoryImportEachOther() throws Exception {
    try (Host host =
        builder()
            .moduleSource("app/a.mjs", "import { b } from './b.mjs'; export const a = 'a' + b;")
            .moduleSource("app/b.mjs", "export const b = await Promise.resolve('b');")
            .moduleSource("plain", "export default 'plain'; export const url = import.meta.url;")
            .build()) {
      Value main =
          get(
              host.evalModule(
                  "main.mjs",
                  """
                  import { a } from 'app/a.mjs';
                  import plain, { url } from 'plain';
                  import { basename } from 'path';
                  await new Promise((done) => setTimeout(done, 1));
                  export const all = [a, plain, url, basename('/x/y')].join();
                  export const meta = import.meta.url + import.meta.filename;
                  """));
      assertThat(get(CompletableFuture.supplyAsync(() -> main.getMember("all").asString(), loop)))
          .isEqualTo("ab,plain,evented:plain,y");
      assertThat(get(CompletableFuture.supplyAsync(() -> main.getMember("meta").asString(), loop)))
          .isEqualTo("evented:main.mjsundefined");
      assertThat(text(host, "require('plain').default")).isEqualTo("plain");
      assertThat(text(host, "import('main.mjs').then((it) => it.all)")).startsWith("ab");
      assertThatThrownBy(() -> get(host.evalModule("main.mjs", "")))
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> get(host.evalModule("app/c.mjs", "import './none.mjs'")))
          .hasMessageContaining("Cannot find module './none.mjs' imported from app/c.mjs");
      assertThatThrownBy(() -> get(host.evalModule("d", "await 0; throw new TypeError('late')")))
          .cause()
          .isInstanceOf(PolyglotException.class)
          .hasMessageContaining("late");
      assertThatThrownBy(() -> get(host.evalModule("e", "this is no JavaScript")))
          .cause()
          .isInstanceOf(PolyglotException.class)
          .hasMessageContaining("SyntaxError");
    }
  }

  @Test
  void modulesInMemoryReachNoFiles(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret.mjs"), "export default 'secret'");
    try (Host host = builder().build()) {
      assertThatThrownBy(() -> get(host.evalModule("a", "import '" + file + "'")))
          .hasMessageContaining("may not read " + file);
      assertThatThrownBy(() -> get(host.evalModule("b", "import '" + file.toUri() + "'")))
          .hasMessageContaining("may not read " + file);
      assertThatThrownBy(() -> get(host.evalModule("c/d", "import '../../.." + file + "'")))
          .hasMessageContaining("Cannot find module");
      assertThatThrownBy(() -> get(host.evalModule("e", "import 'fs'")))
          .hasMessageContaining("may not use the module 'fs'");
    }
  }

  @Test
  void promisesAreFuturesAndFuturesPromises() throws Exception {
    try (Host host = builder().build()) {
      host.share(
          "lookUp",
          (ProxyExecutable)
              a -> host.promise(CompletableFuture.supplyAsync(() -> "found " + a[0].asString())));
      host.share(
          "fail",
          (ProxyExecutable)
              a -> host.promise(CompletableFuture.failedFuture(new IllegalStateException("no"))));
      assertThat(text(host, "(async () => (await lookUp('x')) + '.')()")).isEqualTo("found x.");
      assertThat(text(host, "fail().catch((error) => error instanceof Error && error.message)"))
          .isEqualTo("no");
      assertThat(text(host, "lookUp('x') instanceof Promise")).isEqualTo("true");
      assertThatThrownBy(() -> text(host, "Promise.reject(new RangeError('refused'))"))
          .cause()
          .isInstanceOf(PolyglotException.class)
          .hasMessageContaining("refused");
      assertThatThrownBy(() -> host.promise(new CompletableFuture<String>()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aFutureFailsWhenItsHostStops() throws Exception {
    Host host = builder().build();
    CompletableFuture<Value> never =
        host.eval("a.js", "new Promise(() => {})").thenCompose(host::future);
    get(host.eval("b.js", "1"));
    host.stop();
    assertThatThrownBy(() -> get(never)).hasMessageContaining("has been stopped");
  }

  @Test
  void functionsAreCalledFromAnyThread() throws Exception {
    try (Host host = builder().build()) {
      Value add = get(host.eval("a.js", "async (a, b) => { await 0; return a + b }"));
      assertThat(get(host.call(add, 40, 2).thenApply(Value::asInt))).isEqualTo(42);
      Value fails = get(host.eval("a.js", "() => { throw new Error('of the script') }"));
      assertThatThrownBy(() -> get(host.call(fails)))
          .cause()
          .isInstanceOf(PolyglotException.class)
          .hasMessageContaining("of the script");
    }
  }

  @Test
  void globalsCanBeAddedToAnyContext() throws Exception {
    try (Context context =
        Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build()) {
      Host host = builder().globals().module("config", Map.of("a", 1)).install(context);
      assertThat(
              text(
                  host,
                  "console.log('said', Buffer.from('x').toString('hex'), new URL('http://h/p').host,"
                      + " new TextEncoder().encode('é').length, require('config').a),"
                      + " new Promise((done) => setTimeout(() => done(typeof process.nextTick), 1))"))
          .isEqualTo("function");
      assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("said 78 h 2 1\n");
      assertThat(text(host, "typeof print + typeof Polyglot")).doesNotContain("undefinedundefined");
      host.stop();
      get(host.exited());
      get(CompletableFuture.runAsync(() -> {}, loop)); // the loop has left the context
    }
  }
}
