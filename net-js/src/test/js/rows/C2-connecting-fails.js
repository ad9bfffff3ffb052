const { assert, net, refusedPort, mustCall, mustNotCall, log } = require('../common');
refusedPort((port) => {
  const client = net.createConnection(port, '127.0.0.1');
  client.on('connect', mustNotCall('connect'));
  client.on('error', mustCall((error) => {
    assert.ok(error instanceof Error);
    assert.strictEqual(error.code, 'ECONNREFUSED');
    assert.strictEqual(error.syscall, 'connect');
    assert.strictEqual(error.address, '127.0.0.1');
    assert.strictEqual(error.port, port);
  }));
});
const missing = net.createConnection('/nowhere/at/all.sock');
const events = log(missing);
missing.on('error', mustCall((error) => assert.strictEqual(error.code, 'ENOENT')));
missing.on('close', mustCall(() => assert.deepStrictEqual(events, ['error', 'close(true)'])));
