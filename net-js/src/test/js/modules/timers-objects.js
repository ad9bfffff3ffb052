const assert = require('assert');
const { mustCall, mustNotCall } = require('../common');

// An interval that is cleared inside itself fires once; by `this` as well.
const interval = setInterval(
  mustCall(() => clearInterval(interval)),
  1
);
setInterval(
  mustCall(function () {
    clearInterval(this);
  }),
  1
);
let rounds = 0;
const refreshed = setTimeout(
  mustCall(() => {
    if (++rounds < 3) {
      assert.strictEqual(refreshed.refresh(), refreshed);
    }
  }, 3),
  1
);

// By numbers, and as texts.
const number = +setTimeout(mustNotCall('cleared by its number'), 1);
assert.ok(number > 0);
clearTimeout(number);
clearTimeout(`${setTimeout(mustNotCall('cleared by its text'), 1)}`);
clearInterval(setTimeout(mustNotCall('cleared as an interval'), 1));
setTimeout(mustNotCall('closed'), 1).close();
setTimeout(mustNotCall('disposed'), 1)[Symbol.dispose]();
setImmediate(mustNotCall('disposed'))[Symbol.dispose]();
for (const other of [undefined, null, {}, 'x', NaN, 123456789]) {
  clearTimeout(other);
  clearInterval(other);
  clearImmediate(other);
}
const never = setTimeout(mustNotCall('cleared'), 1);
clearTimeout(never);
never.refresh();

// Whether they keep the program alive.
const far = setTimeout(mustNotCall('far away'), 1e9);
assert.strictEqual(far.hasRef(), true);
assert.strictEqual(far.unref(), far);
assert.strictEqual(far.hasRef(), false);
assert.strictEqual(far.ref().hasRef(), true);
far.unref();
const immediate = setImmediate(() => {});
assert.strictEqual(immediate.unref().hasRef(), false);
assert.strictEqual(immediate.ref().hasRef(), true);

setTimeout(mustCall((...args) => assert.deepStrictEqual(args, [1, 2, 3])), 1, 1, 2, 3);
setImmediate(mustCall((...args) => assert.deepStrictEqual(args, [1, 2])), 1, 2);

for (const start of [setTimeout, setInterval, setImmediate]) {
  assert.throws(() => start('text', 1), {
    name: 'TypeError',
    code: 'ERR_INVALID_ARG_TYPE',
    message: `The "callback" argument must be of type function. Received type string ('text')`,
  });
}

// Lengths that are none.
const warnings = [];
process.on('warning', (warning) => warnings.push(`${warning.name}: ${warning.message.split('\n')[0]}`));
for (const length of [NaN, NaN, -1, -1, 2 ** 31, 2 ** 31]) {
  clearTimeout(setTimeout(() => {}, length));
}
process.on('exit', () => {
  assert.deepStrictEqual(warnings, [
    'TimeoutNaNWarning: NaN is not a number.',
    'TimeoutNegativeWarning: -1 is a negative number.',
    'TimeoutOverflowWarning: 2147483648 does not fit into a 32-bit signed integer.',
    'TimeoutOverflowWarning: 2147483648 does not fit into a 32-bit signed integer.',
  ]);
});

// Many timers of many lengths come in the order of their times.
const lengths = Array.from({ length: 200 }, (_, index) => ((index * 37) % 50) + 1);
const came = [];
const last = setTimeout(() => {}, 100);
lengths.forEach((length, index) => setTimeout(() => came.push([length, index]), length));
lengths.forEach((length, index) => index % 3 === 0 && clearTimeout(setTimeout(mustNotCall('cleared'), length)));
process.on('exit', () => {
  assert.strictEqual(last._destroyed, true);
  assert.strictEqual(came.length, 200);
  for (const length of new Set(lengths)) {
    const places = came.filter((one) => one[0] === length).map((one) => one[1]);
    assert.deepStrictEqual(places, [...places].sort((a, b) => a - b));
  }
});
