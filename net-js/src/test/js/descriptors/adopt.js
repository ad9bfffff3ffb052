// A stream over the connected descriptor whose number it is given: what it hears, it says in capitals.
const assert = require('assert');
const net = require('net');
const fd = Number(process.argv[2]);
const stream = new net.Stream({ fd, type: 'tcp4', allowHalfOpen: true });
assert.strictEqual(stream.allowHalfOpen, true);
assert.strictEqual(stream.destroyed, false);
const events = [];
for (const name of ['connect', 'end', 'error', 'close']) {
  stream.on(name, () => events.push(name));
}
stream.on('connect', () => {
  assert.strictEqual(stream.readyState, 'open');
  assert.ok(stream.fd === fd || stream.fd === null); // nio shows none
  assert.strictEqual(stream.server, null);
  assert.ok(process.argv[3] === 'unix' || stream.remoteAddress === '127.0.0.1');
});
stream.setEncoding('utf8');
stream.write('early '); // waits for connect
let length = 0;
stream.on('data', (text) => {
  length += text.length;
  stream.write(text.toUpperCase());
});
stream.on('end', () => {
  assert.strictEqual(stream.readyState, 'writeOnly');
  setTimeout(() => stream.end(` ${length}`), 20);
});
stream.on('close', (hadError) => {
  assert.strictEqual(hadError, false);
  assert.deepStrictEqual(events, ['connect', 'end', 'close']);
  console.log('all well');
});
