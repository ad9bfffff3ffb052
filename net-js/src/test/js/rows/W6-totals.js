const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  peer.on('data', () => {});
  peer.on('end', mustCall(() => assert.strictEqual(peer.bytesRead, 10)));
  assert.strictEqual(client.bytesWritten, 0);
  client.write('four');
  client.write('\u20ac');
  assert.strictEqual(client.bytesWritten, 7); // bytes, not characters
  assert.strictEqual(client.bufferSize, 7);
  client.end('end');
  client.on('close', mustCall(() => {
    assert.strictEqual(client.bytesWritten, 10);
    assert.strictEqual(client.bufferSize, 0);
  }));
});
