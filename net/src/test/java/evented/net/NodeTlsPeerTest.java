package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Node's {@code tls} module, on either side. */
class NodeTlsPeerTest {
  @TempDir private Path folder;

  private Path script(String text) throws Exception {
    Files.writeString(folder.resolve("key.pem"), TestCertificates.SERVER.keyPem());
    Files.writeString(folder.resolve("cert.pem"), TestCertificates.SERVER.chainPem());
    Files.writeString(folder.resolve("ca.pem"), TestCertificates.CA.certPem());
    return Files.writeString(folder.resolve("script.js"), text);
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void nodeConnectsToUs(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> stream.pipe(stream));
      String place =
          address instanceof InetSocketAddress tcp
              ? "{host: '127.0.0.1', port: " + tcp.getPort()
              : "{path: '" + address + "'";
      Path script =
          script(
              "const tls = require('tls'), fs = require('fs');\n"
                  + "const s = tls.connect("
                  + place
                  + ", servername: 'localhost', ca: fs.readFileSync('ca.pem')}, () => {\n"
                  + "  console.log(s.authorized, s.getProtocol());\n"
                  + "  s.write('ping');\n"
                  + "});\n"
                  + "s.on('data', d => { console.log('data ' + d); s.end(); });\n"
                  + "s.on('end', () => console.log('end'));\n"
                  + "s.on('close', e => console.log('close ' + e));\n");
      assertThat(TlsProgram.run(folder, "node", script))
          .contains("true " + wire.protocol())
          .contains("data ping")
          .endsWith("end\nclose false\n");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_12", "TCP_JDK_13", "TCP_OPENSSL_12", "TCP_OPENSSL_13"})
  void weConnectToNode(SecureWire wire) throws Exception {
    Path script =
        script(
            "const tls = require('tls'), fs = require('fs');\n"
                + "const options = {key: fs.readFileSync('key.pem'), cert:"
                + " fs.readFileSync('cert.pem')};\n"
                + "const server = tls.createServer(options, s => s.pipe(s));\n"
                + "server.listen(0, '127.0.0.1', () => console.log('port ' +"
                + " server.address().port));\n");
    try (TestNet net = new TestNet();
        TlsProgram node = TlsProgram.start(folder, "node", script)) {
      int port = Integer.parseInt(node.await("port (\\d+)").group(1));
      Stream client = net.loop().createConnection(port, "127.0.0.1").setSecure(wire.client());
      EventLog log = EventLog.of(client);
      client.write("ping");
      log.awaitText("ping");
      assertThat(client.verifyPeer("localhost")).isTrue();
      client.end();
      assertThat(log.awaitClose()).endsWith("end", "close false");
    }
  }
}
