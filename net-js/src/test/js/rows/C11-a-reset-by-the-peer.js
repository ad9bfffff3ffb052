const { assert, pair, mustCall, log } = require('../common');
pair((client, peer) => {
  const events = log(client);
  client.on('error', mustCall((error) => assert.ok(['ECONNRESET', 'EPIPE'].includes(error.code))));
  client.on('close', mustCall(() => assert.deepStrictEqual(events, ['error', 'close(true)'])));
  peer.pause();
  // Closing a socket with unread bytes in it sends a reset.
  client.write(Buffer.alloc(200000));
  setTimeout(() => peer.destroy(), 30);
});
