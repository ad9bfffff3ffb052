const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  const mine = new Error('mine');
  client.on('error', mustCall((error) => assert.strictEqual(error, mine)));
  client.on('close', mustCall((hadError) => assert.strictEqual(hadError, true)));
  client.destroy(mine);
  peer.on('error', () => {});
});
