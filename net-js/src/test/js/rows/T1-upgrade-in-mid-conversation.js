const { assert, net, listen, mustCall, pem } = require('../common');
const crypto = require('crypto');
const credentials = crypto.createCredentials({ key: pem('key'), cert: pem('cert') });
listen((stream) => {
  stream.setEncoding('utf8');
  stream.once('data', mustCall((text) => {
    assert.strictEqual(text, 'STARTTLS\r\n');
    assert.throws(() => stream.verifyPeer(), /Stream is not a secure stream\./);
    stream.write('220 go ahead\r\n');
    stream.setSecure(credentials);
    stream.write('secret');
    stream.on('secure', mustCall());
    stream.on('data', mustCall((answer) => {
      assert.strictEqual(answer, 'hidden');
      stream.end();
    }));
  }));
}, (port, server) => {
  const client = net.createConnection(port, 'localhost');
  client.setEncoding('utf8');
  client.write('STARTTLS\r\n');
  let secure = false;
  client.once('data', mustCall((text) => {
    assert.strictEqual(text, '220 go ahead\r\n');
    client.setSecure(crypto.createCredentials({ ca: [pem('cert')] }));
    client.on('secure', mustCall(() => {
      secure = true;
      assert.strictEqual(client.verifyPeer(), true);
      assert.strictEqual(client.verifyPeer('localhost'), true);
      assert.strictEqual(client.verifyPeer('example.org'), false);
      const certificate = client.getPeerCertificate();
      assert.strictEqual(certificate.subject, '/C=UK/O=Evented/CN=localhost');
      assert.strictEqual(certificate.issuer, certificate.subject);
      assert.match(certificate.valid_from, /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT$/);
      assert.match(certificate.valid_to, /GMT$/);
      assert.match(certificate.fingerprint, /^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
    }));
    client.on('data', mustCall((more) => {
      assert.ok(secure);
      assert.strictEqual(more, 'secret');
      client.write('hidden');
    }));
  }));
  client.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, false);
    server.close();
  }));
});
