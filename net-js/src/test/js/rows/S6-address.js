const { assert, net, mustCall } = require('../common');
const server = net.createServer();
assert.strictEqual(server.address(), null);
server.listen(0, '127.0.0.1', mustCall(() => {
  const { address, family, port } = server.address();
  assert.strictEqual(address, '127.0.0.1');
  assert.strictEqual(family, 'IPv4');
  assert.ok(Number.isInteger(port));
  server.close();
}));
const six = net.createServer();
six.on('error', () => {});
six.listen(0, '::1', () => {
  assert.strictEqual(six.address().address, '::1');
  assert.strictEqual(six.address().family, 'IPv6');
  six.close();
});
