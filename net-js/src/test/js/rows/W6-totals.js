const { assert, pair, mustCall } = require('../common');
pair((client, peer) => {
  peer.on('data', () => {});
  peer.on('end', mustCall(() => assert.strictEqual(peer.bytesRead, 7)));
  client.write('four');
  client.end('end');
  client.on('close', mustCall(() => assert.strictEqual(client.bytesWritten, 7)));
});
