const { assert, eachPair, mustCall } = require('../common');
// Only one end counts, and that only since it was put back.
eachPair((client, peer) => {
  client.unref();
  peer.unref();
  client.ref();
  let late = false;
  setTimeout(() => {
    late = true;
    peer.end();
  }, 50).unref();
  client.on('close', mustCall(() => assert.ok(late)));
});
