const { assert, pair, mustCall } = require('../common');
pair((client, peer) => {
  let paused = false;
  let total = 0;
  peer.on('data', (data) => {
    assert.strictEqual(paused, false);
    total += data.length;
    paused = true;
    peer.pause();
    setTimeout(() => {
      paused = false;
      peer.resume();
    }, 5);
  });
  peer.on('end', mustCall(() => assert.strictEqual(total, 500000)));
  client.end(Buffer.alloc(500000));
});
