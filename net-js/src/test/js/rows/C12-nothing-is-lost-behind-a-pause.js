const { assert, eachPair, collect, mustCall } = require('../common');
eachPair((client, peer) => {
  client.pause();
  collect(client, mustCall((all) => assert.strictEqual(all.length, 20000)));
  peer.end(Buffer.alloc(20000));
  peer.on('close', () => {});
  setTimeout(() => client.resume(), 50);
  client.on('close', mustCall());
});

// One whose write queue is stuck notices a peer that hangs up, and loses nothing that came before.
eachPair((client, peer) => {
  let received = 0;
  peer.pause();
  client.on('data', (data) => (received += data.length));
  client.on('error', mustCall((error) => assert.ok(['ECONNRESET', 'EPIPE'].includes(error.code), error.code)));
  client.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, true);
    assert.strictEqual(received, 5);
  }));
  assert.strictEqual(client.write(Buffer.alloc(16 * 1024 * 1024)), false);
  peer.write('words');
  client.once('data', () => peer.destroy());
});
