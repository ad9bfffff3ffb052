const { assert, net, eachWire, refusedPort, mustCall } = require('../common');
assert.strictEqual(new net.Stream().readyState, 'closed');
eachWire((wire) => {
  wire.listen((stream) => {
    assert.strictEqual(stream.readyState, 'open');
    stream.on('data', () => assert.strictEqual(stream.readyState, 'open'));
    stream.on('end', mustCall(() => {
      assert.strictEqual(stream.readyState, 'writeOnly');
      stream.end();
      assert.strictEqual(stream.readyState, 'closed');
    }));
  }, (server) => {
    const client = wire.connect();
    assert.strictEqual(client.readyState, 'opening');
    client.on('connect', () => assert.strictEqual(client.readyState, 'open'));
    client.on(wire.opened, mustCall(() => {
      client.end('x');
      assert.strictEqual(client.readyState, 'readOnly');
    }));
    client.on('close', mustCall(() => {
      assert.strictEqual(client.readyState, 'closed');
      server.close();
    }));
  });
});
refusedPort((port) => {
  const client = net.createConnection(port, '127.0.0.1');
  client.on('error', mustCall(() => assert.strictEqual(client.readyState, 'closed')));
});
