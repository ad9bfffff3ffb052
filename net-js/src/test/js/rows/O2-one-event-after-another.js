const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  let depth = 0;
  let count = 0;
  peer.on('data', (data) => {
    assert.strictEqual(depth++, 0);
    count += data.length;
    peer.write(data);
    client.pause();
    client.resume();
    depth--;
  });
  client.on('data', () => {
    assert.strictEqual(depth++, 0);
    if (count < 20) {
      client.write('x');
    } else {
      client.end();
    }
    depth--;
  });
  client.on('close', mustCall());
  client.write('x');
});
