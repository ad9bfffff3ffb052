package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.net.Loop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults, row F45: a script reaches what its host allows and nothing else. */
class HostPermissionsTest {
  private final Loop loop = Loop.create(1);

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  private Host.Builder builder() {
    return Host.builder().loop(loop);
  }

  /** What became of connecting: 'connect', or the code of the error. */
  private static String connect(Host.Builder builder, int port, String host) throws Exception {
    return outcome(
        builder,
        "net.createConnection(%d, '%s').on('connect', function () { told('connect') })"
                .formatted(port, host)
            + ".on('error', error => told(error.code))");
  }

  private static String outcome(Host.Builder builder, String code) throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    try (Host host = builder.build()) {
      host.share("told", (ProxyExecutable) a -> told.complete(a[0].asString()));
      var unused =
          host.eval(
              "reach.js",
              "const net = require('net'); try { "
                  + code
                  + " } catch (error) { told(error.code || String(error)) }");
      return told.get(60, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.createConnection(9, '127.0.0.1')",
        "net.createConnection(9)",
        "net.createConnection(9, 'example.invalid')",
        "net.createConnection('/tmp/evented-none')",
        "require('node:net').connect(9, '127.0.0.1').on('error', e => told(e.code))",
        "net.createServer().listen(0)",
        "net.createServer().listen(0, '127.0.0.1')",
        "net.createServer().listen('/tmp/evented-none')",
        "net.createServer().listenFD(0)",
        "require('node:net').createServer().on('error', e => told(e.code)).listen({fd: 0})",
        "new net.Stream({fd: 0})",
        "new (require('node:net').Socket)({fd: 0})",
      })
  void F45_aHostAllowsNoNetworkByDefault(String code) throws Exception {
    assertThat(outcome(builder(), code)).isEqualTo("ERR_ACCESS_DENIED");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,        127.0.0.1,            connect",
    "127.0.0.0/8,      127.0.0.1,            connect",
    "127.0.0.0/8,      localhost,            connect",
    "localhost,        localhost,            connect",
    "LocalHost,        localhost,            connect",
    "*,                127.0.0.1,            connect",
    "127.0.0.1,        ::ffff:127.0.0.1,     connect",
    "localhost,        127.0.0.1,            ERR_ACCESS_DENIED",
    "10.0.0.0/8,       127.0.0.1,            ERR_ACCESS_DENIED",
    "10.0.0.0/8,       ::ffff:127.0.0.1,     ERR_ACCESS_DENIED",
    "10.0.0.0/8,       0.0.0.0,              ERR_ACCESS_DENIED",
    "10.0.0.0/8,       localhost,            EACCES",
    "127.0.0.1:1-2,    127.0.0.1,            ERR_ACCESS_DENIED",
  })
  void F45_theAddressThatIsConnectedToIsTested(String rule, String host, String outcome)
      throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      assertThat(connect(builder().allowConnect(rule), server.getLocalPort(), host))
          .isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x7f.1", "0x7f000001", "2130706433", "127.1", "0177.0.0.1"})
  void F45_anOddSpellingOfAnAddressLeadsNowhereElse(String host) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      assertThat(connect(builder().allowConnect("10.0.0.0/8"), server.getLocalPort(), host))
          .isIn("EACCES", "ENOTFOUND", "EAI_AGAIN", "ERR_ACCESS_DENIED");
    }
  }

  @Test
  void F45_aScriptListensWhereItsHostAllowsIt() throws Exception {
    String code = "net.createServer().listen(0, '%s', () => told('listening'))";
    Host.Builder builder = builder().allowListen("127.0.0.1:0");
    assertThat(outcome(builder, code.formatted("127.0.0.1"))).isEqualTo("listening");
    assertThat(outcome(builder, code.formatted("0.0.0.0"))).isEqualTo("ERR_ACCESS_DENIED");
  }

  @Test
  void F45_unixSocketsStayInTheirFolder(@TempDir Path folder) throws Exception {
    Path inside = Files.createDirectory(folder.resolve("in"));
    Files.createSymbolicLink(inside.resolve("link"), folder);
    Files.createSymbolicLink(inside.resolve("last"), folder.resolve("s"));
    String code = "net.createServer().listen('%s', () => told('listening'))";
    for (String path : new String[] {"in/../s", "in/link/s", "in/last", "in/none/s", "s"}) {
      assertThat(outcome(builder().allowUnixSockets(inside), code.formatted(folder + "/" + path)))
          .as(path)
          .isEqualTo("ERR_ACCESS_DENIED");
    }
    assertThat(outcome(builder().allowUnixSockets(inside), code.formatted(inside.resolve("s"))))
        .isEqualTo("listening");
    assertThat(folder.resolve("s")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a:1-", "a:2-1", "a:65536", "10.0.0.0/33", "a/8", "[::1]x"})
  void F45_aRuleThatCannotBeUnderstoodIsRefused(String rule) {
    assertThatThrownBy(() -> builder().allowConnect(rule))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What a script changes between two looks at its options: each is looked at once. */
  @Test
  void F45_anOptionThatChangesIsReadOnce() throws Exception {
    String code =
        "let looks = 0; const options = { get port() { return looks++ ? 22 : 9 },"
            + " get host() { return looks++ > 1 ? '::1' : '127.0.0.1' } };"
            + " net.connect(options).on('error', (error) => told(error.address + ' ' + error.port))";
    assertThat(outcome(builder().allowConnect("127.0.0.1:9"), code)).isEqualTo("127.0.0.1 9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.connect(9, { toString: () => '127.0.0.1' })",
        "net.connect(9, ['127.0.0.1'])",
        "net.connect({ port: [9], host: '127.0.0.1' })",
        "net.connect({ valueOf: () => 9 }, '127.0.0.1')",
        "net.connect(9n, '127.0.0.1')",
        "net.createServer().listenFD({ valueOf: () => 0 })",
        "const server = net.createServer(); server.listen(server)",
      })
  void F45_whatWouldHaveToBeConvertedIsRefused(String code) throws Exception {
    assertThat(outcome(builder().allowConnect("*").allowListen("*").allowDescriptors(), code))
        .isIn("ERR_INVALID_ARG_TYPE", "ERR_MISSING_ARGS");
  }

  @Test
  void F45_aStreamThatMayConnectMayNotConnectElsewhereAfterwards() throws Exception {
    String code =
        "const stream = net.connect(9, '127.0.0.1'); stream.on('error', () => {});"
            + " stream.on('close', () => { for (const where of [[9, '::1'], [10, '127.0.0.1'],"
            + " ['/tmp/evented-none']]) try { stream.connect(...where); told('connects') }"
            + " catch (error) { if (error.code !== 'ERR_ACCESS_DENIED') told(error.code) }"
            + " told('refused') })";
    assertThat(outcome(builder().allowConnect("127.0.0.1:9"), code)).isEqualTo("refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1%lo", "fe80::1%none", "[::1]", "127.0.0.1.", "localhost.", "", "0"})
  void F45_aHostIsAllowedUnderItsNameAlone(String host) throws Exception {
    assertThat(connect(builder().allowConnect("allowed.example"), 9, host))
        .isEqualTo("ERR_ACCESS_DENIED");
  }
}
