const { assert, net, listen, mustCall } = require('../common');
assert.strictEqual(new net.Stream().readyState, 'closed');
listen((stream) => {
  assert.strictEqual(stream.readyState, 'open');
  stream.on('end', () => {
    assert.strictEqual(stream.readyState, 'writeOnly');
    stream.end();
    assert.strictEqual(stream.readyState, 'closed');
  });
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  assert.strictEqual(client.readyState, 'opening');
  client.on('connect', () => {
    assert.strictEqual(client.readyState, 'open');
    client.end();
    assert.strictEqual(client.readyState, 'readOnly');
  });
  client.on('close', mustCall(() => {
    assert.strictEqual(client.readyState, 'closed');
    server.close();
  }));
});
