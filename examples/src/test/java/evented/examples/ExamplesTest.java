package evented.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example, started as a newcomer would, and spoken to by programs that we did not write. */
class ExamplesTest {
  private static RunningProgram start(String example, Object... arguments) {
    return Program.java(example).with(arguments).start();
  }

  private static int portOf(RunningProgram example) {
    return example.awaitNumber("listening on (\\d+)\n");
  }

  private static Program nc(int port) {
    return Program.named("nc").with("-N", "localhost", port);
  }

  @Test
  void echoSaysHelloAndGoodbye() {
    try (RunningProgram echo = start("Echo", 0)) {
      assertThat(nc(portOf(echo)).run("hi\r\n")).isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
    }
  }

  @Test
  void unixEchoAnswersOnAPath(@TempDir Path folder) {
    Path path = folder.resolve("echo.sock");
    try (RunningProgram echo = start("UnixEcho", path)) {
      echo.await("listening on " + path);
      assertThat(Program.named("nc").with("-N", "-U", path).run("hi\r\n")).isEqualTo("hi\r\n");
      assertThat(Program.named("socat").with("-t", "20", "-", "UNIX:" + path).run("ho\n"))
          .isEqualTo("ho\n");
    }
  }

  @Test
  void unixEchoSaysWhyItCannotListenAndEnds(@TempDir Path folder) {
    Path path = folder.resolve("missing").resolve("echo.sock");
    try (RunningProgram echo = start("UnixEcho", path)) {
      assertThat(echo.awaitSuccess()).isEqualTo("listen ENOENT " + path + "\n");
    }
  }

  @Test
  void daytimeTellsTheTime() {
    try (RunningProgram daytime = start("Daytime", 0)) {
      assertThat(nc(portOf(daytime)).run("")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*\r\n");
    }
  }

  @Test
  void theProxyPassesOnAHalfClose() {
    try (RunningProgram echo = start("Echo", 0);
        RunningProgram proxy = start("Proxy", 0, "localhost:" + portOf(echo))) {
      assertThat(nc(portOf(proxy)).run("hi\r\n")).isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
      assertThat(
              Program.named("socat")
                  .with("-t", "20", "-", "TCP:localhost:" + portOf(proxy))
                  .run("ho\n"))
          .isEqualTo("hello\r\nho\ngoodbye\r\n");
    }
  }

  @Test
  void theProxyClosesItsClientWhenNobodyIsBehindIt() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    try (RunningProgram proxy = start("Proxy", 0, "127.0.0.1:" + closed);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), portOf(proxy))) {
      client.setSoTimeout(20_000);
      assertThat(client.getInputStream().read())
          .as("the end, though we have not ended")
          .isEqualTo(-1);
      proxy.await("connect ECONNREFUSED 127.0.0.1:" + closed);
    }
  }

  @Test
  void chatTellsEveryoneWhoComesWhoSpeaksAndWhoLeaves() {
    try (RunningProgram chat = start("Chat", 0);
        RunningProgram ada = nc(portOf(chat)).start();
        RunningProgram bob = nc(portOf(chat)).start()) {
      ada.await("Your name");
      ada.write("Ada\n");
      ada.await("\\* Ada has joined\n");
      bob.write("Ada\nBob\nHello, A"); // a name that is taken, and a line cut in two
      bob.await("Another name, please.\n");
      ada.await("\\* Bob has joined\n");
      bob.write("da\nHow are you?\n");
      ada.await("Bob: Hello, Ada\nBob: How are you\\?\n");
      ada.write("Grüß dich\n");
      bob.await("Ada: Grüß dich\n");
      bob.closeInput();
      ada.await("\\* Bob has left\n");
    }
  }

  @Test
  void chatShowsOutAGuestWhoDoesNotRead() throws Exception {
    try (RunningProgram chat = start("Chat", 0);
        RunningProgram ada = nc(portOf(chat)).start()) {
      ada.await("Your name");
      ada.write("Ada\n");
      ada.await("Ada has joined");
      try (var sleeper = new Socket(InetAddress.getLoopbackAddress(), portOf(chat))) {
        sleeper.getOutputStream().write("Sleeper\n".getBytes(UTF_8));
        ada.await("Sleeper has joined");
        String line = "x".repeat(60_000) + "\n";
        for (int i = 0; i < 500 && !ada.output().contains("Sleeper has left"); i++) {
          ada.write(line);
        }
        ada.await("\\* Sleeper has left\n");
        chat.await("ENOBUFS");
      }
    }
  }
}
