const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  let paused = false;
  let total = 0;
  peer.on('data', (data) => {
    assert.strictEqual(paused, false);
    total += data.length;
    paused = true;
    peer.pause();
    assert.strictEqual(peer.isPaused(), true);
    setTimeout(() => {
      paused = false;
      peer.resume();
    }, 5);
  });
  peer.on('end', mustCall(() => assert.strictEqual(total, 500000)));
  client.end(Buffer.alloc(500000));
});

// The kernel pushes back on the writer, and the reader keeps little.
const much = 32 * 1024 * 1024;
eachPair((client, peer) => {
  let total = 0;
  peer.pause();
  peer.on('data', (data) => (total += data.length));
  peer.on('end', mustCall(() => assert.strictEqual(total, much)));
  client.end(Buffer.alloc(much));
  setTimeout(() => {
    assert.strictEqual(total, 0);
    assert.ok(client.bufferSize > much / 4, `only ${client.bufferSize} wait at the writer`);
    assert.ok(peer.bytesRead <= 256 * 1024, `the reader keeps ${peer.bytesRead}`);
    peer.resume();
  }, 200);
});
