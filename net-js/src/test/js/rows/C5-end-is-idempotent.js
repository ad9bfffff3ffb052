const { assert, eachPair, collect, mustCall } = require('../common');
eachPair((client, peer) => {
  collect(peer, mustCall((all) => assert.strictEqual(all.length, 1000003)));
  client.write(Buffer.alloc(1000000));
  client.end('bye');
  client.end();
  client.end();
  assert.strictEqual(client.readyState, 'readOnly');
  client.on('close', mustCall());
});
