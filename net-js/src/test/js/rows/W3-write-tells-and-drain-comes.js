const { assert, pair, mustCall } = require('../common');
pair((client, peer) => {
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
