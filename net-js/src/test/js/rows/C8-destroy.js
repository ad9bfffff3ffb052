const { assert, eachPair, mustCall, mustNotCall, log } = require('../common');
eachPair((client, peer) => {
  const events = log(client);
  client.on('data', mustNotCall('data'));
  peer.write('too late');
  client.destroy();
  client.destroy();
  assert.strictEqual(client.readyState, 'closed');
  client.on('close', mustCall(() => assert.deepStrictEqual(events, ['close(false)'])));
  peer.on('error', () => {});
});
