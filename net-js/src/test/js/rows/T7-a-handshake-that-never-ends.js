const { assert, net, eachWire, mustCall, mustNotCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const credentials = createCredentials({ key: pem('key'), cert: pem('cert'), handshakeTimeout: 100 });
eachWire((wire) => {
  wire.listen((stream) => {
    stream.setSecure(credentials);
    stream.on('secure', mustNotCall('secure'));
    stream.on('error', mustCall((error) => assert.strictEqual(error.code, 'ETIMEDOUT')));
    stream.on('close', mustCall((hadError) => assert.strictEqual(hadError, true)));
  }, (server) => {
    const client = wire.connect(); // which says nothing
    client.on('error', () => {});
    client.on('close', mustCall(() => server.close()));
  });
}, ['tcp', 'unix']);
// A client that is not answered.
const silent = net.createServer((stream) => stream.pause());
silent.listen(0, '127.0.0.1', () => {
  const client = net.createConnection(silent.address().port, '127.0.0.1');
  client.on('connect', () => client.setSecure(createCredentials({ handshakeTimeout: 100 })));
  client.on('error', mustCall((error) => assert.strictEqual(error.code, 'ETIMEDOUT')));
  client.on('close', mustCall(() => {
    silent.close();
  }));
  silent.on('connection', (stream) => setTimeout(() => stream.destroy(), 500));
});
