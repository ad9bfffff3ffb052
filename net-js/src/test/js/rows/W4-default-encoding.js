const { assert, eachPair, collect, mustCall } = require('../common');
eachPair((client, peer) => {
  collect(peer, mustCall((all) => {
    assert.strictEqual(all.toString('hex'), '61c3a9' + 'e9' + '00ff' + '666f6f' + '3d00');
  }));
  client.write('a\u00e9');
  client.write('\u00e9', 'ascii');
  client.write('00ff', 'hex');
  client.write('Zm9v', 'base64');
  client.end('=', 'ucs2');
});
