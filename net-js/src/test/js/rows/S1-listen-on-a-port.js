const { assert, net, mustCall } = require('../common');
for (const args of [[], [0], ['0'], [0, '127.0.0.1'], [0, undefined], [0, null], [0, '127.0.0.1', 16], [{ port: 0 }]]) {
  const server = net.createServer();
  server.listen(...args, mustCall(function () {
    assert.strictEqual(this, server);
    const address = server.address();
    assert.ok(address.port > 0);
    assert.strictEqual(address.address, args[1] || '0.0.0.0');
    assert.strictEqual(address.family, 'IPv4');
    server.close();
  }));
}
