const { assert, net, listen, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const [key, cert] = [pem('key'), pem('cert')];
let connections = 0;
listen((stream) => {
  stream.setSecure(createCredentials({ key, cert, ca: cert }));
  stream.on('error', () => {});
  if (++connections === 2) {
    stream.on('secure', mustCall(() => {
      assert.strictEqual(stream.verifyPeer(), false);
      assert.deepStrictEqual(stream.getPeerCertificate(), {});
      stream.end();
    }));
  }
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  client.on('connect', () => client.setSecure(createCredentials({ rejectUnauthorized: true })));
  client.on('secure', () => assert.fail('the certificate is not trusted'));
  client.on('error', mustCall((error) => assert.ok(error.message)));
  client.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, true);
    const second = net.createConnection(port, '127.0.0.1');
    second.on('connect', () => second.setSecure());
    second.on('secure', mustCall(() => assert.strictEqual(second.verifyPeer(), false)));
    second.on('close', mustCall(() => server.close()));
  }));
});
