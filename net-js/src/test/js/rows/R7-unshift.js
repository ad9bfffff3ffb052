const { assert, pair, mustCall } = require('../common');
pair((client, peer) => {
  peer.once('data', mustCall((data) => {
    assert.strictEqual(String(data), 'headbody');
    peer.unshift(data.slice(4));
    peer.on('data', mustCall((rest) => assert.strictEqual(String(rest), 'body')));
  }));
  client.end('headbody');
});
