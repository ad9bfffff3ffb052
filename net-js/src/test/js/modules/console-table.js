// console: tables, counts, groups and labels, written to streams of one's own.

const assert = require('assert');
const { Writable } = require('stream');
const { Console } = require('console');

let text = '';
const stdout = new Writable({
  decodeStrings: false,
  write(chunk, encoding, done) {
    text += chunk;
    done();
  },
});
const own = new Console({ stdout });
assert.ok(own instanceof Console && console instanceof Console);

function written(write) {
  text = '';
  write(own);
  return text;
}

assert.strictEqual(
  written((c) => c.table([{ a: 1, b: 'x' }, { a: 2, c: true }])),
  `┌─────────┬───┬─────┬──────┐
│ (index) │ a │ b   │ c    │
├─────────┼───┼─────┼──────┤
│ 0       │ 1 │ 'x' │      │
│ 1       │ 2 │     │ true │
└─────────┴───┴─────┴──────┘
`
);
assert.strictEqual(
  written((c) => c.table(new Map([['日本', { x: 1 }]]))),
  `┌───────────────────┬────────┬──────────┐
│ (iteration index) │ Key    │ Values   │
├───────────────────┼────────┼──────────┤
│ 0                 │ '日本' │ { x: 1 } │
└───────────────────┴────────┴──────────┘
`
);
assert.strictEqual(written((c) => c.table(5)), '5\n');
assert.strictEqual(written((c) => [c.count(), c.count('x'), c.count(), c.countReset(), c.count()]), 'default: 1\nx: 1\ndefault: 2\ndefault: 1\n');
assert.strictEqual(written((c) => [c.group('g'), c.log('a\nb'), c.groupEnd(), c.log('c')]), 'g\n  a\n  b\nc\n');
assert.strictEqual(written((c) => [c.assert(true, 'no'), c.assert(false, '%s!', 'so'), c.assert(false)]), 'Assertion failed: so!\nAssertion failed\n');
assert.strictEqual(written((c) => c.dir({ a: { b: {} } }, { depth: 0 })), '{ a: [Object] }\n');
assert.match(written((c) => [c.time('t'), c.timeEnd('t')]), /^t: [\d.]+ms\n$/);
assert.match(written((c) => c.trace('here %d', 1)), /^Trace: here 1\n {4}at /);
assert.throws(() => new Console({}), { code: 'ERR_CONSOLE_WRITABLE_STREAM' });
