package evented.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Descriptors that another program has bound and listens on: {@code systemd-socket-activate}, which
 * hands down descriptor 3 when the first client comes, and a parent in C with any other number.
 */
class ListenFdTest {
  private static final int NOT_THREE = 7;

  /** Binds what it is told, listens or not, puts it at a number, and becomes the program. */
  private static final String PARENT =
      """
      #include <arpa/inet.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include <sys/socket.h>
      #include <sys/un.h>
      #include <unistd.h>
      static void check(int result, const char *what) {
        if (result < 0) { perror(what); exit(1); }
      }
      /* parent PATH|- LISTENS DESCRIPTOR PROGRAM... */
      int main(int argc, char **argv) {
        int descriptor = atoi(argv[3]);
        int tcp = strcmp(argv[1], "-") == 0;
        int s = socket(tcp ? AF_INET : AF_UNIX, SOCK_STREAM, 0);
        check(s, "socket");
        if (tcp) {
          struct sockaddr_in in = {.sin_family = AF_INET};
          socklen_t length = sizeof in;
          in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
          check(bind(s, (struct sockaddr *) &in, length), "bind");
          check(getsockname(s, (struct sockaddr *) &in, &length), "getsockname");
          printf("bound to %d\\n", ntohs(in.sin_port));
        } else {
          struct sockaddr_un un = {.sun_family = AF_UNIX};
          strncpy(un.sun_path, argv[1], sizeof un.sun_path - 1);
          check(bind(s, (struct sockaddr *) &un, sizeof un), "bind");
        }
        fflush(stdout);
        if (atoi(argv[2])) check(listen(s, 16), "listen");
        check(dup2(s, descriptor), "dup2");
        if (s != descriptor) close(s);
        execv(argv[4], argv + 4);
        check(-1, "exec");
      }
      """;

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: only Linux adopts");
  }

  @ParameterizedTest
  @EnumSource
  void S3_systemdHandsDownDescriptor3(Wire wire, @TempDir Path folder) throws Exception {
    Path path = folder.resolve("socket");
    int port = wire == Wire.TCP ? FreePort.find() : -1;
    SocketAddress address = wire == Wire.TCP ? loopback(port) : UnixDomainSocketAddress.of(path);
    Program activate =
        Program.named("systemd-socket-activate")
            .with("-l", wire == Wire.TCP ? "127.0.0.1:" + port : path);
    try (RunningProgram server = child(3).under(activate).start()) {
      server.await("Listening on \\S+ as 3");
      try (SocketChannel first = Wire.rawSocket(address)) { // this one starts the program
        server.await("listening on ");
        assertThat(converse(first, "first")).isEqualTo("heard firstgoodbye");
        serveAndStop(server, address, path);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void S3_aParentHandsDownAnyOtherDescriptor(Wire wire, @TempDir Path folder) throws Exception {
    Path path = folder.resolve("socket");
    try (RunningProgram server = child(NOT_THREE).under(parent(folder, wire, path, 1)).start()) {
      SocketAddress address =
          wire == Wire.TCP
              ? loopback(server.awaitNumber("bound to (\\d+)"))
              : UnixDomainSocketAddress.of(path);
      server.await("listening on ");
      serveAndStop(server, address, path);
    }
  }

  @Test
  void S3_aDescriptorThatOnlyWasBoundIsAnError(@TempDir Path folder) throws Exception {
    Program parent = parent(folder, Wire.TCP, folder.resolve("socket"), 0);
    try (RunningProgram server = child(NOT_THREE).under(parent).start()) {
      server.await("error EINVAL .*descriptor 7 is bound but does not listen\nclosed\n");
      assertThat(server.awaitExit()).isZero();
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Program child(int descriptor) {
    return Program.java(DescriptorServer.class.getName()).with(descriptor);
  }

  private static Program parent(Path folder, Wire wire, Path path, int listens) throws Exception {
    CProgram.compile(folder, PARENT);
    return Program.file(folder.resolve("program"))
        .with(wire == Wire.TCP ? "-" : path, listens, NOT_THREE);
  }

  private static void serveAndStop(RunningProgram server, SocketAddress address, Path path)
      throws IOException {
    String shown =
        address instanceof InetSocketAddress tcp ? "/127.0.0.1:" + tcp.getPort() : path.toString();
    assertThat(server.output()).contains("listening on " + shown);
    try (SocketChannel client = Wire.rawSocket(address)) {
      assertThat(converse(client, "hi")).isEqualTo("heard higoodbye");
    }
    server.write("stop\n");
    assertThat(server.awaitSuccess()).endsWith("closed\n");
    if (address instanceof UnixDomainSocketAddress) {
      assertThat(Files.exists(path)).as("The path is not ours to remove").isTrue();
    }
  }

  private static String converse(SocketChannel client, String text) throws IOException {
    client.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    client.shutdownOutput();
    return Await.get(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }
}
