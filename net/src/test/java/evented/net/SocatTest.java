package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code socat} on the other side, as client and as server. */
class SocatTest {
  /** Half-closes when its input ends, then goes on reading; {@code -t} is only its deadline. */
  private static Program socat() {
    return Program.named("socat").with("-t", "20");
  }

  private static String addressFor(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix
        ? "UNIX-CONNECT:" + unix.getPath()
        : "TCP:127.0.0.1:" + ((InetSocketAddress) address).getPort();
  }

  @ParameterizedTest
  @EnumSource
  void C6_theEchoServerSaysGoodbyeToOneThatHasHalfClosed(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, NetcatTest::echo);
      assertThat(socat().with("STDIO", addressFor(address)).run("hi\r\n"))
          .isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void C7_aServerThatAllowsItSpeaksOnAfterTheClientHasEnded(Wire wire) {
    try (TestNet net = new TestNet()) {
      Server server =
          net.server(
                  stream -> {
                    StringBuilder heard = new StringBuilder();
                    stream.onText(heard::append);
                    stream.onEnd(
                        () ->
                            net.loop()
                                .setTimeout(
                                    1,
                                    () -> {
                                      String state = stream.readyState().toString();
                                      stream.end(state + " after " + heard);
                                    }));
                  })
              .allowHalfOpen(true);
      SocketAddress address = net.listen(wire, server);
      assertThat(socat().with("STDIO", addressFor(address)).run("hi"))
          .isEqualTo("writeOnly after hi");
    }
  }

  @ParameterizedTest
  @EnumSource
  void C5_aClientEndsAndStillReads(Wire wire) {
    try (TestNet net = new TestNet();
        RunningProgram socat = serve(wire, net)) {
      Stream stream = net.loop().newStream();
      EventLog log = EventLog.of(connect(wire, socat, stream));
      stream.onConnect(() -> stream.end("question"));
      socat.await("question");
      assertThat(stream.readyState()).isEqualTo(ReadyState.READ_ONLY);
      socat.write("answer");
      socat.closeInput();
      assertThat(log.awaitClose()).containsExactly("connect", "data answer", "end", "close false");
      socat.awaitSuccess();
    }
  }

  @ParameterizedTest
  @EnumSource
  void C7_aClientSpeaksOnAfterTheServerHasEnded(Wire wire) {
    try (TestNet net = new TestNet();
        RunningProgram socat = serve(wire, net)) {
      Stream stream = net.loop().newStream().allowHalfOpen(true);
      EventLog log = EventLog.of(connect(wire, socat, stream));
      socat.write("all that there is");
      socat.closeInput();
      log.await("end");
      assertThat(stream.readyState()).isEqualTo(ReadyState.WRITE_ONLY);
      stream.write("thanks");
      socat.await("thanks");
      stream.end(" and goodbye");
      assertThat(log.awaitClose())
          .containsExactly("connect", "data all that there is", "end", "close false");
      assertThat(socat.awaitSuccess()).contains("thanks and goodbye");
    }
  }

  private static RunningProgram serve(Wire wire, TestNet net) {
    String place =
        wire == Wire.TCP ? "TCP-LISTEN:0,bind=127.0.0.1" : "UNIX-LISTEN:" + net.socketPath();
    return socat().with("-d", "-d", "STDIO", place).start();
  }

  private static Stream connect(Wire wire, RunningProgram socat, Stream stream) {
    if (wire == Wire.TCP) {
      return stream.connect(socat.awaitNumber("listening on AF=2 127.0.0.1:(\\d+)"), "127.0.0.1");
    }
    return stream.connect(socat.await("listening on AF=1 \"(.*)\"").group(1));
  }
}
