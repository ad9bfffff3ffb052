package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With Node's own {@code net} on the other side. */
class NodeTest {
  private static final String CLIENT =
      """
      const net = require('net');
      const place = process.argv[1];
      const stream = net.createConnection(/^[0-9]+$/.test(place) ? +place : place);
      stream.setEncoding('utf8');
      stream.on('connect', () => stream.end('hi\\r\\n'));
      stream.on('data', (data) => process.stdout.write(data));
      stream.on('close', (hadError) => console.log('close ' + hadError));
      """;

  private static final String SERVER =
      """
      const net = require('net');
      const server = net.createServer({allowHalfOpen: true}, (stream) => {
        let heard = 0;
        stream.on('data', (data) => { heard += data.length; });
        stream.on('end', () => { stream.end('heard ' + heard + ' bytes'); server.close(); });
      });
      server.listen(process.argv[1] || {port: 0, host: '127.0.0.1'}, () => {
        console.log('listening on ' + (process.argv[1] || server.address().port));
      });
      """;

  private static Program node(String script) {
    return Program.optional("node").with("-e", script);
  }

  @ParameterizedTest
  @EnumSource
  void C6_theEchoServerSaysGoodbyeToNode(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, NetcatTest::echo);
      Object place =
          address instanceof UnixDomainSocketAddress unix
              ? unix.getPath()
              : ((InetSocketAddress) address).getPort();
      assertThat(node(CLIENT).with(place).run(""))
          .isEqualTo("hello\r\nhi\r\ngoodbye\r\nclose false\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void C5_nodeCountsEveryByteAndAnswersAfterTheEnd(Wire wire) {
    Buffer chunk = Buffer.of(new byte[1 << 20]);
    try (TestNet net = new TestNet();
        RunningProgram node =
            (wire == Wire.TCP ? node(SERVER) : node(SERVER).with(net.socketPath())).start()) {
      String place = node.await("listening on (.*)\n").group(1);
      Stream stream = net.loop().newStream();
      EventLog log = EventLog.of(stream);
      if (wire == Wire.TCP) {
        stream.connect(Integer.parseInt(place), "127.0.0.1");
      } else {
        stream.connect(place);
      }
      for (int i = 0; i < 8; i++) {
        stream.write(chunk);
      }
      stream.end();
      assertThat(log.awaitClose()).contains("end", "close false");
      assertThat(log.text()).isEqualTo("heard " + (8 << 20) + " bytes");
      node.awaitSuccess();
    }
  }
}
