const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  let inside = true;
  client.destroy();
  client.on('close', mustCall((hadError) => {
    assert.strictEqual(inside, false);
    assert.strictEqual(hadError, false);
  }));
  inside = false;
  peer.on('error', () => {});
});
