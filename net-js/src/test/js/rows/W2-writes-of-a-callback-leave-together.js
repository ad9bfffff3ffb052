const { assert, eachPair, mustCall } = require('../common');
eachPair((client, peer) => {
  peer.on('data', mustCall((data) => assert.strictEqual(String(data), 'one two three')));
  assert.strictEqual(client.write('one '), true);
  assert.strictEqual(client.bufferSize, 4); // it waits for its like
  client.setNoDelay(true);
  client.write('two ');
  assert.strictEqual(client.bufferSize, 8);
  process.nextTick(() => client.end('three'));
});
// flush() does not wait.
eachPair((client, peer) => {
  client.write('now');
  assert.strictEqual(client.flush(), true);
  assert.strictEqual(client.bufferSize, 0);
  client.end();
  peer.on('end', mustCall());
});
// Neither does what fills the gathering.
eachPair((client, peer) => {
  client.write('x'.repeat(60000));
  assert.strictEqual(client.bufferSize, 60000);
  client.write('y'.repeat(10000));
  assert.ok(client.bufferSize < 60000, `${client.bufferSize} wait`);
  client.end();
  let total = 0;
  peer.on('data', (data) => (total += data.length));
  peer.on('end', mustCall(() => assert.strictEqual(total, 70000)));
}, { wires: ['tcp', 'unix'] });
// Nor does anything where the gathering is off.
eachPair((client, peer) => {
  assert.strictEqual(client.setGather(false), client);
  for (const text of ['one ', 'two ', 'three']) {
    assert.strictEqual(client.write(text), true);
    assert.strictEqual(client.bufferSize, 0);
  }
  client.end();
  let all = '';
  peer.on('data', (data) => (all += data));
  peer.on('end', mustCall(() => assert.strictEqual(all, 'one two three')));
});
