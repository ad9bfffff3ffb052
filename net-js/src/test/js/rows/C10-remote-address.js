const { assert, pair, mustCall } = require('../common');
pair(mustCall((client, peer, server) => {
  assert.strictEqual(peer.remoteAddress, '127.0.0.1');
  assert.strictEqual(peer.server, server);
  assert.strictEqual(client.remoteAddress, '127.0.0.1');
  assert.strictEqual(peer.remotePort, client.localPort);
  assert.strictEqual(client.address().family, 'IPv4');
  assert.ok(client.fd > 2 || client.fd === null); // nio shows none
  assert.strictEqual(client.server, null);
  client.end();
}));
