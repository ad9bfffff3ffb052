const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  peer.pause();
  peer.on('error', () => {});
  client.maxBufferSize(1024 * 1024);
  client.on('error', mustCall((error) => assert.strictEqual(error.code, 'ENOBUFS')));
  client.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, true);
    peer.destroy();
  }));
  const chunk = Buffer.alloc(256 * 1024);
  const fill = () => {
    if (client.readyState === 'open') {
      client.write(chunk);
      setImmediate(fill);
    }
  };
  fill();
});
