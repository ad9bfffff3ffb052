const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  const kept = [];
  peer.on('data', (data) => {
    assert.ok(Buffer.isBuffer(data));
    assert.ok(data instanceof Uint8Array);
    kept.push(data);
    data[0] = 65; // its own: changing it harms nobody
    peer.write('ok');
  });
  let round = 0;
  client.on('data', () => (++round < 5 ? client.write(`b${round}`) : client.end()));
  client.write('b0');
  peer.on('end', mustCall(() => {
    assert.deepStrictEqual(kept.map(String), ['A0', 'A1', 'A2', 'A3', 'A4']);
    assert.strictEqual(kept[0].toString('hex'), '4130');
    assert.strictEqual(Buffer.concat(kept).length, 10);
  }));
});
