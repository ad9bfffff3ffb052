const { assert, eachPair, mustCall, log } = require('../common');
const isReset = (error) => assert.ok(['ECONNRESET', 'EPIPE'].includes(error.code), error.code);

// While idle: closing a socket with unread bytes in it sends a reset.
eachPair((client, peer) => {
  const events = log(client);
  client.on('error', mustCall(isReset));
  client.on('close', mustCall(() => assert.deepStrictEqual(events, ['error', 'close(true)'])));
  peer.pause();
  client.write(Buffer.alloc(200000));
  setTimeout(() => peer.destroy(), 30);
});

// While writing, without end, to who has gone.
eachPair((client, peer) => {
  const events = log(client, ['error', 'close']);
  client.on('error', mustCall(isReset));
  client.on('close', mustCall(() => assert.deepStrictEqual(events, ['error', 'close(true)'])));
  client.allowHalfOpen = true; // its end alone does not end this side
  peer.destroy();
  const again = () => {
    if (client.readyState !== 'closed') {
      client.write('more');
      client.flush();
      setTimeout(again, 1);
    }
  };
  again();
});
