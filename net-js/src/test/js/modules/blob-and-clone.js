// Blob, File, structuredClone, atob and btoa.
const assert = require('assert');
const { mustCall } = require('../common');

assert.strictEqual(btoa('hello\xff'), 'aGVsbG//');
assert.strictEqual(atob(' aGVs bG8'), 'hello');
assert.throws(() => btoa('\u20ac'), { name: 'InvalidCharacterError', code: 5 });
assert.throws(() => atob('a'), { name: 'InvalidCharacterError' });
assert.throws(() => atob('@@'), { name: 'InvalidCharacterError' });

const blob = new Blob(['abc', new Uint8Array([100]), new Blob(['e'])], { type: 'Text/Plain' });
assert.strictEqual(blob.size, 5);
assert.strictEqual(blob.type, 'text/plain');
assert.strictEqual(require('buffer').Blob, Blob);
(async () => {
  assert.strictEqual(await blob.text(), 'abcde');
  assert.strictEqual(await blob.slice(1, -1).text(), 'bcd');
  assert.strictEqual(Buffer.from(await blob.arrayBuffer()).toString(), 'abcde');
  let streamed = '';
  for await (const chunk of blob.stream()) {
    streamed += Buffer.from(chunk);
  }
  assert.strictEqual(streamed, 'abcde');
})().then(mustCall());
const file = new (require('buffer').File)(['x'], 'name.txt', { lastModified: 5 });
assert.deepStrictEqual([file.name, file.lastModified, file.size], ['name.txt', 5, 1]);
assert.throws(() => new Blob('text'), { code: 'ERR_INVALID_ARG_TYPE' });

const value = {
  date: new Date(5),
  pattern: /x/gi,
  map: new Map([[1, { two: new Set([2]) }]]),
  bytes: new Uint8Array([1, 2]),
  error: new RangeError('bad', { cause: 3 }),
  sparse: [1, , 3],
  big: 10n,
};
value.self = value;
const copy = structuredClone(value);
assert.notStrictEqual(copy, value);
assert.strictEqual(copy.self, copy);
assert.deepStrictEqual(copy.map, value.map);
assert.notStrictEqual(copy.map, value.map);
assert.ok(copy.error instanceof RangeError && copy.error.message === 'bad' && copy.error.cause === 3);
assert.ok(copy.date.getTime() === 5 && copy.pattern.flags === 'gi' && !(1 in copy.sparse) && copy.big === 10n);
for (const refused of [() => {}, Symbol('x'), new WeakMap(), Promise.resolve(), { inner() {} }]) {
  assert.throws(() => structuredClone(refused), { name: 'DataCloneError', code: 25 });
}
assert.throws(() => structuredClone(), { code: 'ERR_MISSING_ARGS' });
