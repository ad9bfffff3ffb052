const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  let times = 0;
  client.setTimeout(30);
  client.on('timeout', mustCall(() => {
    assert.strictEqual(client.readyState, 'open');
    if (++times === 2) {
      client.setTimeout(0);
      setTimeout(() => client.end(), 100);
    }
  }, 2));
  peer.on('close', mustCall());
});
