const assert = require('assert');
const { pipeline, Readable, Writable } = require('stream');
const { mustCall } = require('../common');

for (const [name, fd] of [
  ['stdout', 1],
  ['stderr', 2],
]) {
  const stream = process[name];
  assert.ok(stream instanceof Writable);
  assert.strictEqual(stream.fd, fd);
  assert.strictEqual(stream.write('text\n'), true);
  stream.write(Buffer.from('bytes\n'));
  stream.write('74 65 78 74 0a'.replace(/ /g, ''), 'hex', mustCall());
  assert.throws(() => stream.write(5), { code: 'ERR_INVALID_ARG_TYPE' });
}
assert.ok(process.stdin instanceof Readable);
pipeline(Readable.from(['a', 'b\n']), process.stdout, mustCall((error) => assert.ifError(error)));
