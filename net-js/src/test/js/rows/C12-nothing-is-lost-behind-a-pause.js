const { assert, pair, collect, mustCall } = require('../common');
pair((client, peer) => {
  client.pause();
  collect(client, mustCall((all) => assert.strictEqual(all.length, 20000)));
  peer.end(Buffer.alloc(20000));
  peer.on('close', () => {});
  setTimeout(() => client.resume(), 50);
  client.on('close', mustCall());
});
