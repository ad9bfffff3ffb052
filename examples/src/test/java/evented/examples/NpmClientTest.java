package evented.examples;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a host, with a package that answers to the client's name. */
class NpmClientTest {
  private static final String CLIENT =
      """
      const net = require('net');
      module.exports = class Redis {
        constructor({ host, port }) {
          this.waiting = [];
          this.socket = net.connect(port, host);
          this.socket.setEncoding('latin1');
          this.socket.on('data', (text) => this.waiting.shift()(text.trim().split('\\r\\n').pop()));
        }
        send(...words) {
          const lines = words.map((word) => `$${word.length}\\r\\n${word}\\r\\n`);
          this.socket.write(`*${words.length}\\r\\n${lines.join('')}`);
          return new Promise((resolve) => this.waiting.push(resolve));
        }
        set(key, value) {
          return this.send('SET', key, value);
        }
        get(key) {
          return this.send('GET', key);
        }
        disconnect() {
          this.socket.destroy();
        }
      };
      """;

  @Test
  void aPackageSpeaksToAServerInJava(@TempDir Path folder) throws Exception {
    Path module = Files.createDirectories(folder.resolve("node_modules").resolve("ioredis"));
    Files.writeString(module.resolve("package.json"), "{ \"exports\": \"./client.js\" }");
    Files.writeString(module.resolve("client.js"), CLIENT);
    try (RunningProgram program = Program.java("NpmClient").with(folder).start()) {
      assertThat(program.awaitSuccess()).contains("hello from npm\n");
    }
  }
}
