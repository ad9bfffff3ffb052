package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import evented.net.Loop;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
  private static final String ECHO =
      """
      var net = require('net');
      var server = net.createServer(function (stream) {
        stream.on('data', function (data) { stream.write(data); });
      });
      server.listen(0, '127.0.0.1', function () {
        var client = net.createConnection(server.address().port, '127.0.0.1');
        client.setEncoding('utf8');
        client.write('over the wire, there and back');
        client.on('data', function (text) { told(text); client.end(); server.close(); });
      });
      """;

  private final Loop loop = Loop.create(1);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private Host.Builder builder() {
    return Host.builder()
        .loop(loop)
        .output(output, output)
        .allowConnect("127.0.0.1")
        .allowListen("127.0.0.1");
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aScriptServesAndTellsJava() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    try (Host host = builder().build()) {
      host.share("told", (ProxyExecutable) arguments -> told.complete(arguments[0].asString()));
      get(host.eval("echo.js", ECHO));
      assertThat(get(told)).isEqualTo("over the wire, there and back");
    }
  }

  @Test
  void requireCanBeAddedToAnyContext() throws Exception {
    for (HostAccess access :
        new HostAccess[] {HostAccess.NONE, HostAccess.EXPLICIT, HostAccess.ALL}) {
      CompletableFuture<String> told = new CompletableFuture<>();
      try (Context context =
          Context.newBuilder("js")
              .option("engine.WarnInterpreterOnly", "false")
              .allowHostAccess(access)
              .build()) {
        Host host = builder().install(context);
        host.share("told", (ProxyExecutable) arguments -> told.complete(arguments[0].asString()));
        get(host.eval("echo.js", ECHO));
        assertThat(get(told)).isEqualTo("over the wire, there and back");
        assertThat(get(host.eval("q", "typeof process")).asString()).isEqualTo("undefined");
        host.stop();
        get(host.exited());
        get(CompletableFuture.runAsync(() -> {}, loop)); // the loop has left the context
      }
    }
  }

  @Test
  void anEmbeddedScriptReachesNoFilesByDefault(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret.js"), "module.exports = 'secret'");
    try (Host host = builder().build()) {
      assertThatThrownBy(() -> get(host.eval("a.js", "require('fs')")))
          .hasMessageContaining("may not use the module 'fs'");
      assertThatThrownBy(() -> get(host.eval("a.js", "require('" + file + "')")))
          .hasMessageContaining("may not read " + file);
      assertThat(get(host.eval("a.js", "Object.keys(process.env).length")).asInt()).isZero();
      assertThat(get(host.eval("a.js", "typeof Java")).asString()).isEqualTo("undefined");
    }
    try (Host host = builder().allowFiles(folder).allowModules("fs").build()) {
      assertThat(get(host.eval("a.js", "require('" + file + "')")).asString()).isEqualTo("secret");
      assertThatThrownBy(() -> get(host.eval("a.js", "require('fs').readFileSync('/etc/passwd')")))
          .hasMessageContaining("/etc/passwd");
    }
  }

  @Test
  void modulesCanBeNarrowed() throws Exception {
    try (Host host = builder().onlyModules("events").build()) {
      assertThat(get(host.eval("a.js", "typeof require('events')")).asString())
          .isEqualTo("function");
      assertThatThrownBy(() -> get(host.eval("a.js", "require('net')")))
          .hasMessageContaining("its host allows events");
    }
  }

  @Test
  void uncaughtErrorsAreTold() throws Exception {
    CompletableFuture<PolyglotException> told = new CompletableFuture<>();
    try (Host host = builder().onUncaughtError(told::complete).build()) {
      get(host.eval("late.js", "setTimeout(function () { throw new Error('late') }, 1)"));
      assertThat(get(told)).hasMessageContaining("late");
      assertThat(get(host.eval("a.js", "1 + 1")).asInt()).isEqualTo(2);
    }
  }

  @Test
  void whatAScriptThrowsComesBack() throws Exception {
    try (Host host = builder().build()) {
      assertThatThrownBy(() -> get(host.eval("a.js", "throw new TypeError('mine')")))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(PolyglotException.class)
          .hasMessageContaining("mine");
      assertThatThrownBy(() -> get(host.run(Path.of("no/such.js"))))
          .hasCauseInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void processExitEndsTheHostAlone() throws Exception {
    try (Host host = builder().build()) {
      var unused =
          host.eval("a.js", "process.on('exit', c => console.log('exit ' + c)); process.exit(7)");
      assertThat(get(host.exited())).isEqualTo(7);
      assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("exit 7\n");
    }
  }

  @Test
  void stopEndsAScriptThatNeverDoes() throws Exception {
    Host host = builder().build();
    get(host.eval("a.js", "0"));
    CompletableFuture<?> endless = host.eval("endless.js", "for (;;);");
    host.stop();
    assertThatThrownBy(() -> get(endless)).isInstanceOf(ExecutionException.class);
    assertThat(get(host.exited())).isZero();
  }

  @Test
  void hostsOnSeveralLoopsRunSideBySide() throws Exception {
    try (Loop other = Loop.create(1);
        Host one = builder().build();
        Host two = builder().loop(other).build()) {
      CompletableFuture<String> first = new CompletableFuture<>();
      CompletableFuture<String> second = new CompletableFuture<>();
      one.share("told", (ProxyExecutable) a -> first.complete(a[0].asString()));
      two.share("told", (ProxyExecutable) a -> second.complete(a[0].asString()));
      get(one.eval("echo.js", ECHO));
      get(two.eval("echo.js", ECHO));
      assertThat(get(first)).isEqualTo(get(second));
    }
  }

  @Test
  void aLoopOfSeveralThreadsIsRefused() {
    String message =
        "a host needs a loop of one thread, and this one has 2;"
            + " make a loop and a host for each thread";
    try (Loop several = Loop.create(2);
        Context context = Context.create("js")) {
      assertThatThrownBy(() -> Host.builder().loop(several))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> Host.install(context, several)).hasMessage(message);
    }
  }

  @Test
  void aPromiseThatFailsUnheardIsAnUncaughtError() throws Exception {
    CompletableFuture<PolyglotException> told = new CompletableFuture<>();
    try (Host host = builder().onUncaughtError(told::complete).build()) {
      get(host.eval("a.js", "Promise.reject(new Error('unheard'))"));
      assertThat(get(told)).hasMessageContaining("unheard");
    }
  }

  @Test
  void aMainScriptIsReadWhateverTheHostAllows(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("app.js"), "console.log('runs')");
    Path module = Files.writeString(folder.resolve("app.mjs"), "console.log('runs too')");
    try (Host host = builder().build()) {
      get(host.run(script));
      get(host.run(module));
      assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("runs\nruns too\n");
    }
  }

  /** What waits for the kernel is in memory once more than in the script, and nothing else is. */
  @Test
  void aLargeWriteCostsItsBytesOnce() throws Exception {
    int size = 16 * 1024 * 1024;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    CompletableFuture<Object> written = new CompletableFuture<>();
    long[] allocated = new long[3];
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Host host = builder().build()) {
      int[] round = {0};
      host.share(
          "measure",
          (ProxyExecutable) a -> allocated[round[0]++] = threads.getCurrentThreadAllocatedBytes());
      host.share("written", (ProxyExecutable) a -> written.complete(a[0].asInt()));
      var connecting =
          host.eval(
              "write.js",
              """
              const net = require('net');
              const bytes = Buffer.alloc(%d);
              const stream = net.createConnection(%d, '127.0.0.1', () => {
                stream.write(bytes.subarray(0, 100000)); // all is loaded
                stream.flush();
                measure();
                stream.write(bytes);
                measure();
                written(stream.bufferSize);
                stream.end();
              });
              """
                  .formatted(size, server.getLocalPort()));
      get(connecting);
      try (Socket reader = server.accept()) {
        assertThat((Integer) get(written)).as("bytes that wait").isGreaterThan(size / 2);
        assertThat(allocated[1] - allocated[0]).isLessThan(size + size / 8);
        assertThat(reader.getInputStream().readAllBytes()).hasSize(100_000 + size);
      }
    }
  }
}
