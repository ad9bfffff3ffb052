const { assert, pair, mustCall } = require('../common');
pair((client, peer) => {
  client.end();
  assert.throws(() => client.write('late'), (error) => error instanceof Error && /write after end/.test(error.message));
  peer.on('close', mustCall(() => assert.strictEqual(peer.readyState, 'closed')));
  client.on('close', mustCall());
});
pair((client, peer) => {
  client.on('close', mustCall(() => assert.strictEqual(client.write('nobody hears'), false)));
  client.destroy();
  peer.on('error', () => {});
});
