const { assert, pair, mustCall } = require('../common');
pair((client, peer) => {
  peer.on('data', mustCall((data) => assert.strictEqual(String(data), 'one two three')));
  client.write('one ');
  client.write('two ');
  process.nextTick(() => client.end('three'));
});
