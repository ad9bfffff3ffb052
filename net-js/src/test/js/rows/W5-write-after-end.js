const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  client.end();
  assert.throws(() => client.write('late'), (error) => error instanceof Error && /write after end/.test(error.message));
  peer.on('close', mustCall(() => assert.strictEqual(peer.readyState, 'closed')));
  client.on('close', mustCall());
});
eachPair((client, peer) => {
  client.on('close', mustCall(() => assert.strictEqual(client.write('nobody hears'), false)));
  client.destroy();
  peer.on('error', () => {});
});
// What the other side has closed takes nothing, and that is no mistake of one's own.
eachPair((client, peer) => {
  client.end();
  peer.on('close', mustCall(() => {
    assert.strictEqual(peer.write('nobody hears'), false);
    assert.strictEqual(peer.bufferSize, 0);
  }));
});
