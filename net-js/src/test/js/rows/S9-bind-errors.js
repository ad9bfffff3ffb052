const { assert, net, mustCall } = require('../common');
const first = net.createServer();
first.listen(0, '127.0.0.1', () => {
  const { port } = first.address();
  const second = net.createServer();
  second.listen(port, '127.0.0.1');
  second.on('error', mustCall((error) => {
    assert.ok(error instanceof Error);
    assert.strictEqual(error.code, 'EADDRINUSE');
    assert.strictEqual(error.errno, -98);
    assert.strictEqual(error.syscall, 'listen');
    assert.strictEqual(error.address, '127.0.0.1');
    assert.strictEqual(error.port, port);
    assert.strictEqual(error.message, `listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
    first.close();
  }));
});
const unknown = net.createServer();
unknown.listen(0, 'no-such-host.invalid');
unknown.on('error', mustCall((error) => assert.ok(['ENOTFOUND', 'EAI_AGAIN'].includes(error.code))));
const foreign = net.createServer();
foreign.listen(0, '192.0.2.1');
foreign.on('error', mustCall((error) => assert.strictEqual(error.code, 'EADDRNOTAVAIL')));
const nowhere = net.createServer();
nowhere.listen('/no/such/folder/x.sock');
nowhere.on('error', mustCall((error) => {
  assert.strictEqual(error.code, 'ENOENT');
  assert.strictEqual(error.syscall, 'listen');
  assert.strictEqual(error.address, '/no/such/folder/x.sock');
  assert.ok(error.message.includes('/no/such/folder/x.sock'));
}));
