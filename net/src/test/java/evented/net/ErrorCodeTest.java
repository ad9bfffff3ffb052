package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("values")
class ErrorCodeTest {
  @Test
  void everyRowIsWhatTheCLibraryOfThisLinuxSays(@TempDir Path folder) throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: the texts are glibc's");
    var source = new StringBuilder("#include <errno.h>\n#include <stdio.h>\n#include <string.h>\n");
    source.append("int main(void) {\n");
    var expected = new ArrayList<String>();
    for (ErrorCode code : ErrorCode.values()) {
      if (code.errno() != ErrorCode.NO_ERRNO) {
        source.append("printf(\"%s %d %s\\n\", \"").append(code).append("\", ");
        source.append(code).append(", strerror(").append(code).append("));\n");
        expected.add(code + " " + code.errno() + " " + code.text());
      }
    }
    var program = CProgram.compile(folder, source.append("return 0; }\n").toString());
    assertThat(program.answers(List.of())).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeIsFoundByItsErrnoAndByItsText(ErrorCode code) {
    if (code.errno() != ErrorCode.NO_ERRNO) {
      assertThat(ErrorCode.ofErrno(code.errno())).isSameAs(code);
    }
    assertThat(ErrorCode.ofText("it failed: " + code.text() + ": /1.2.3.4:5")).isSameAs(code);
  }

  @Test
  void aStrangeErrnoIsUnknown() {
    assertThat(ErrorCode.ofErrno(9999)).isSameAs(ErrorCode.UNKNOWN);
    assertThat(ErrorCode.ofErrno(0)).isSameAs(ErrorCode.UNKNOWN);
  }

  @Test
  void S9_connectingToAClosedPortIsRefused() throws Exception {
    InetSocketAddress closed;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }
    assertCode(() -> SocketChannel.open(closed).close(), ErrorCode.ECONNREFUSED);
  }

  @Test
  void S9_bindingTwiceFindsTheAddressInUse() throws Exception {
    try (var server = new ServerSocket(0)) {
      assertCode(() -> new ServerSocket(server.getLocalPort()).close(), ErrorCode.EADDRINUSE);
    }
  }

  @Test
  void S9_anAddressOfNobodyHereCannotBeBound() {
    var documentationOnly = new byte[] {(byte) 192, 0, 2, 1};
    assertCode(
        () -> new ServerSocket(0, 1, InetAddress.getByAddress(documentationOnly)).close(),
        ErrorCode.EADDRNOTAVAIL);
  }

  @Test
  void S9_anUnknownHostIsNotFound() {
    Throwable thrown = catchThrowable(() -> InetAddress.getAllByName("name.invalid"));
    assertThat(ErrorCode.of(thrown)) // EAI_AGAIN where there is no name server at all
        .isIn(ErrorCode.ENOTFOUND, ErrorCode.EAI_AGAIN);
    assertThat(ErrorCode.of(new UnknownHostException("x"))).isSameAs(ErrorCode.ENOTFOUND);
    assertThat(ErrorCode.of(new UnknownHostException("x: Temporary failure in name resolution")))
        .isSameAs(ErrorCode.EAI_AGAIN);
    assertCode(
        () -> SocketChannel.open(InetSocketAddress.createUnresolved("x", 1)), ErrorCode.ENOTFOUND);
  }

  @Test
  void S9_unixPathsThatAreMissingTakenTooLongOrInAFileAreTold(@TempDir Path folder)
      throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertCode(() -> connect(folder.resolve("missing")), ErrorCode.ENOENT);
    assertCode(() -> connect(file), ErrorCode.ECONNREFUSED);
    assertCode(() -> connect(file.resolve("inside")), ErrorCode.ENOTDIR);
    assertCode(() -> connect(folder.resolve("x".repeat(200))), ErrorCode.ENAMETOOLONG);
    assertCode(
        () -> {
          try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
          }
        },
        ErrorCode.EADDRINUSE);
  }

  @Test
  void aClosedChannelIsABrokenPipeUnlessItsCauseTellsMore() throws Exception {
    var channel = SocketChannel.open();
    channel.close();
    assertCode(() -> channel.write(Buffer.of("x").asByteBuffer()), ErrorCode.EPIPE);
    var caused = new ClosedChannelException();
    caused.initCause(new SocketException("Connection reset"));
    assertThat(ErrorCode.of(caused)).isSameAs(ErrorCode.ECONNRESET);
  }

  @ParameterizedTest
  @CsvSource({
    "connect(..) failed with error(-111): Connection refused: /127.0.0.1:1,ECONNREFUSED",
    "syscall:read(..) failed: Connection reset by peer,ECONNRESET",
    "bind(..) failed with error(-98): Address already in use,EADDRINUSE",
    "accept(..) failed with error(-23): Too many open files in system,ENFILE",
    "accept(..) failed: Too many open files in system,ENFILE",
    "accept(..) failed: Too many open files,EMFILE",
    "odd(..) failed with error(-9999): Broken pipe,EPIPE",
    "odd(..) failed with error(-: Broken pipe,EPIPE",
    "Permission denied,EACCES",
    "Network is unreachable,ENETUNREACH"
  })
  void messagesOfTransportsAreUnderstood(String message, ErrorCode code) {
    boolean linuxNumbers = System.getProperty("os.name").equals("Linux");
    assumeTrue(linuxNumbers || !message.contains("error("), "skipped: the numbers are Linux's");
    assertThat(ErrorCode.of(new IOException(message))).isSameAs(code);
    assertThat(ErrorCode.of(new RuntimeException("wrapped", new IOException(message))))
        .isSameAs(code);
  }

  @Test
  void kindsOfExceptionsCountWhereTheirWordsSayNothing() {
    assertThat(ErrorCode.of(new NoRouteToHostException())).isSameAs(ErrorCode.EHOSTUNREACH);
    assertThat(ErrorCode.of(new PortUnreachableException())).isSameAs(ErrorCode.ECONNREFUSED);
    assertThat(ErrorCode.of(new SocketTimeoutException())).isSameAs(ErrorCode.ETIMEDOUT);
    assertThat(ErrorCode.of(new NoSuchFileException("/x"))).isSameAs(ErrorCode.ENOENT);
    assertThat(ErrorCode.of(new ConnectException("?"))).isSameAs(ErrorCode.ECONNREFUSED);
    assertThat(ErrorCode.of(new ConnectException("connection timed out after 9 ms: /1.2.3.4:5")))
        .isSameAs(ErrorCode.ETIMEDOUT);
  }

  @Test
  void whatTellsNoCodeGivesNone() {
    assertThat(ErrorCode.of(new IOException())).isNull();
    assertThat(ErrorCode.of(new RuntimeException("Invalid argument"))).isNull();
    assertThat(ErrorCode.of(new SSLException("Protocol error"))).isNull();
    var circle = new IOException("a");
    circle.initCause(new IOException("b", circle));
    assertThat(ErrorCode.of(circle)).isNull();
  }

  private static void connect(Path path) throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
  }

  private static void assertCode(ThrowingCallable call, ErrorCode code) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isNotNull();
    assertThat(ErrorCode.of(thrown)).as("%s", thrown).isSameAs(code);
  }
}
