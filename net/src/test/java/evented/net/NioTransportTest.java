package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is the {@link NioTransport}'s own; the rest is in the contract that all transports keep. */
@Tag("values") // it opens the transport itself
class NioTransportTest {
  @Test
  void C2_anIpv6AddressWhereTheJvmHasNoIpv6IsAnErrorAtOnce() {
    try (ChildJvm jvm = ChildJvm.start(NioProgram.class, "ipv4")) {
      assertThat(jvm.awaitLine("failure: ")).isEqualTo("connect EAFNOSUPPORT [::1]:7");
      assertThat(jvm.awaitExit()).isZero();
    }
  }

  @Test
  void F8_aStreamToAnIpv6AddressWhereTheJvmHasNoIpv6IsOneErrorAndClose() {
    try (ChildJvm jvm = ChildJvm.start(NioProgram.class, "ipv4-stream")) {
      assertThat(jvm.awaitExit()).isZero();
      assertThat(jvm.lines())
          .filteredOn(line -> line.startsWith("event: "))
          .containsExactly("event: error connect EAFNOSUPPORT [::1]:7", "event: close true");
    }
  }

  @Test
  void S3_aDescriptorThatTakesAFlagIsAnErrorThatNamesIt() {
    String reason =
        "EOPNOTSUPP: descriptor 1 can be taken over by the nio transport only if the JVM is started"
            + " with --add-opens java.base/sun.nio.ch=ALL-UNNAMED; the epoll transport, on Linux"
            + " with JDK 22 or newer, needs no such flag";
    try (ChildJvm jvm = ChildJvm.start(NioProgram.class, "flag", "1")) {
      assertThat(jvm.awaitLine("adopt: ")).isEqualTo("adopt " + reason);
      assertThat(jvm.awaitLine("listen: ")).isEqualTo("listenFD " + reason);
      assertThat(jvm.awaitExit()).isZero();
    }
  }

  @Test
  void S3_standardInputThatIsNoSocketIsAnErrorWithoutTheFlag() {
    try (ChildJvm jvm = ChildJvm.start(NioProgram.class, "flag", "0")) {
      assertThat(jvm.awaitLine("adopt: ")).isEqualTo("adopt ENOTSOCK: descriptor 0 is no socket");
      assertThat(jvm.awaitLine("listen: "))
          .isEqualTo("listenFD ENOTSOCK: descriptor 0 is no socket");
      assertThat(jvm.awaitExit()).isZero();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void standardInputThatIsConnectedIsTakenOverWithoutTheFlag() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ChildJvm jvm = ChildJvm.startConnected(server.getLocalPort(), NioProgram.class, "stdin");
        Socket peer = server.accept()) {
      assertThat(jvm.awaitLine("listen: ")).isEqualTo("listenFD EINVAL: descriptor 0 is connected");
      assertThat(jvm.awaitLine("written: ")).isEqualTo("5");
      assertThat(peer.getInputStream().readAllBytes())
          .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void F36_aDescriptorThatAHandlerHasClosedIsFreeForTheNextSocketWhenNoneIsLeft() {
    try (ChildJvm jvm = ChildJvm.startWithDescriptors(64, NioProgram.class, "scarce")) {
      assertThat(jvm.awaitLine("refused: ")).isEqualTo("EMFILE, then connected");
      assertThat(jvm.awaitExit()).isZero();
    }
  }
}
