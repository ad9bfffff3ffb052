const { assert, eachPair, collect, mustCall } = require('../common');
eachPair((client, peer) => {
  let expected = '';
  collect(peer, mustCall((all) => assert.strictEqual(String(all), expected)));
  for (let i = 0; i < 2000; i++) {
    const text = `${i},${'x'.repeat(i % 97)};`;
    expected += text;
    client.write(i % 2 ? text : Buffer.from(text));
  }
  client.end();
});
