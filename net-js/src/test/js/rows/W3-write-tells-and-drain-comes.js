const { assert, eachPair, eachWire, mustCall } = require('../common');
eachPair((client, peer) => {
  assert.strictEqual(client.write('small'), true);
  assert.strictEqual(client.write(Buffer.alloc(8 * 1024 * 1024)), false);
  assert.ok(client.bufferSize > 0);
  client.on('drain', mustCall(() => {
    assert.strictEqual(client.bufferSize, 0);
    client.end();
  }));
  let total = 0;
  peer.on('data', (data) => (total += data.length));
  peer.on('end', mustCall(() => assert.strictEqual(total, 8 * 1024 * 1024 + 5)));
});
// While it is connecting, too.
eachWire((wire) => {
  wire.listen((stream) => stream.resume(), (server) => {
    const client = wire.connect();
    assert.strictEqual(client.write('early'), false);
    let told = 0;
    client.write('called back', () => told++);
    client.on('drain', mustCall(() => {
      assert.strictEqual(client.readyState, 'open');
      assert.strictEqual(client.bufferSize, 0);
      setTimeout(() => {
        assert.strictEqual(told, 1);
        client.end();
      }, 1);
    }));
    client.on('close', mustCall(() => server.close()));
  });
}, ['tcp', 'unix']);
