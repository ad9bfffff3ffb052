package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in a JVM of their own, started as the launcher starts it. */
class LauncherTest {
  @TempDir Path folder;

  private Process start(String code, String... arguments) throws IOException {
    Path script = Files.writeString(folder.resolve("app.js"), code);
    return new ProcessBuilder(OwnJvm.command(script, arguments)).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String error(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int code(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void endsByItselfAndSaysNothingOfTheInterpreter() throws Exception {
    Process process =
        start(
            """
            var server = require('net').createServer(function (stream) { stream.end('x'); });
            server.listen(0, function () {
              require('net').createConnection(server.address().port)
                  .on('close', function () { server.close(); });
            });
            process.on('exit', function () { console.log(process.argv.slice(2).join()); });
            """,
            "one",
            "two");
    assertThat(output(process)).isEqualTo("one,two\n");
    assertThat(error(process)).isEmpty();
    assertThat(code(process)).isZero();
  }

  @Test
  void anUncaughtErrorEndsWith1() throws Exception {
    Process process = start("setTimeout(function () { null.x }, 1)");
    assertThat(error(process)).contains("TypeError").contains("app.js:1");
    assertThat(code(process)).isEqualTo(1);
  }

  @Test
  void signalsEndItOrAreHeard() throws Exception {
    Process plain = start("setInterval(function () {}, 1000); console.log('up')");
    assertThat(plain.getInputStream().read()).isEqualTo('u');
    plain.destroy();
    assertThat(code(plain)).isEqualTo(128 + 15);

    Process hearing =
        start(
            "process.on('SIGTERM', function () { process.exit(9) });"
                + " setInterval(function () {}, 1000); console.log('up')");
    assertThat(hearing.getInputStream().read()).isEqualTo('u');
    hearing.destroy();
    assertThat(code(hearing)).isEqualTo(9);
  }

  @Test
  void underSigtermInMidLoadAServerThatClosesTearsNoAnswer() throws Exception {
    Process process =
        start(
            """
            const net = require('net');
            let ending = false;
            const server = net.createServer((stream) => {
              stream.on('data', (data) => {
                if (!ending) {
                  stream.write(data);
                } else if (stream.readyState === 'open') {
                  stream.end(data);
                }
              });
            });
            process.on('SIGTERM', () => {
              ending = true;
              server.close();
            });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """);
    int port = Integer.parseInt(line(process));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] question = new byte[16];
      int answers = 0;
      while (true) {
        socket.getOutputStream().write(question);
        int length = socket.getInputStream().readNBytes(new byte[16], 0, 16);
        if (length == 0) {
          break; // ended behind the answer before
        }
        assertThat(length).isEqualTo(16);
        if (++answers == 50) {
          process.destroy();
        }
      }
      assertThat(answers).isGreaterThanOrEqualTo(50);
    }
    assertThat(code(process)).isZero();
  }

  private static String line(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = process.getInputStream().read(); c != '\n'; c = process.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void exitSendsWhatStreamsHaveGathered() throws Exception {
    Process process =
        start(
            """
            var net = require('net');
            net.createServer(function (stream) {
              stream.on('connect', function () {
                stream.write('last words');
                process.exit(0);
              });
            }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
            """);
    int port = Integer.parseInt(line(process));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("last words");
    }
    assertThat(code(process)).isZero();
  }
}
