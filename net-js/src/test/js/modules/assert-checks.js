// assert of today: what each check accepts, and what the error of one that fails tells.

const assert = require('assert');

function failure(check) {
  try {
    check();
  } catch (error) {
    return error;
  }
  throw new Error(`did not throw: ${check}`);
}
function expectFailure(check, message, operator) {
  const error = failure(check);
  assert.ok(error instanceof assert.AssertionError);
  assert.strictEqual(error.name, 'AssertionError');
  assert.strictEqual(error.code, 'ERR_ASSERTION');
  assert.strictEqual(error.message, message);
  assert.strictEqual(error.operator, operator);
  return error;
}

// Comparisons
expectFailure(() => assert.strictEqual(1, 2), 'Expected values to be strictly equal:\n\n1 !== 2\n', 'strictEqual');
expectFailure(() => assert.equal(1, 2), '1 == 2', '==');
expectFailure(() => assert.notStrictEqual(1, 1), 'Expected "actual" to be strictly unequal to: 1', 'notStrictEqual');
expectFailure(
  () => assert.strictEqual('hello world foo', 'hello there foo'),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ 'hello world foo'\n- 'hello there foo'\n         ^",
  'strictEqual'
);
const error = expectFailure(
  () => assert.deepStrictEqual({ a: 1, b: { c: [1, 2] } }, { a: 1, b: { c: [1, 3] } }),
  `Expected values to be strictly deep-equal:
+ actual - expected

  {
    a: 1,
    b: {
      c: [
        1,
+       2
-       3
      ]
    }
  }`,
  'deepStrictEqual'
);
assert.strictEqual(error.generatedMessage, true);
assert.deepStrictEqual(Object.keys(error), ['generatedMessage', 'code', 'actual', 'expected', 'operator']);
assert.deepEqual({ a: 1 }, { a: '1' });
for (const [a, b] of [
  [{ a: 1 }, { a: '1' }],
  [new Set([{ a: 1 }]), new Set([{ a: 2 }])],
  [new Map([[1, { b: 1 }]]), new Map([[1, { b: 2 }]])],
  [new Date(0), new Date(1)],
  [/a/g, /a/i],
  [new Error('a'), new Error('b')],
  [[1, , 3], [1, undefined, 3]],
  [-0, 0],
  [Object.create(null), {}],
  [Buffer.from('a'), new Uint8Array([97])],
  [Object(1), Object(2)],
  [{ [Symbol.for('a')]: 1 }, { [Symbol.for('a')]: 2 }],
]) {
  assert.notDeepStrictEqual(a, b);
  assert.strictEqual(failure(() => assert.deepStrictEqual(a, b)).operator, 'deepStrictEqual');
}
const circles = [{}, {}];
circles.forEach((circle) => (circle.self = circle));
assert.deepStrictEqual(...circles);
assert.deepStrictEqual(new Set([1, { a: 1 }]), new Set([1, { a: 1 }]));
assert.deepStrictEqual(new Map([[{ a: 1 }, NaN]]), new Map([[{ a: 1 }, NaN]]));

// What is thrown
const boom = () => {
  throw Object.assign(new TypeError('boom'), { code: 'E_BOOM' });
};
assert.throws(boom);
assert.throws(boom, TypeError);
assert.throws(boom, /^TypeError: boom$/);
assert.throws(boom, { message: /bo+m/, code: 'E_BOOM' });
assert.throws(boom, (thrown) => thrown.code === 'E_BOOM');
expectFailure(() => assert.throws(() => {}), 'Missing expected exception.', 'throws');
expectFailure(() => assert.throws(() => {}, TypeError, 'why'), 'Missing expected exception (TypeError): why', 'throws');
expectFailure(
  () => assert.throws(boom, RangeError),
  'The error is expected to be an instance of "RangeError". Received "TypeError"\n\nError message:\n\nboom',
  'throws'
);
expectFailure(
  () => assert.throws(boom, /x/),
  "The input did not match the regular expression /x/. Input:\n\n'TypeError: boom'\n",
  'throws'
);
assert.strictEqual(failure(() => assert.throws(boom, 'boom')).code, 'ERR_AMBIGUOUS_ARGUMENT');
assert.strictEqual(failure(() => assert.throws(boom, {})).code, 'ERR_INVALID_ARG_VALUE');
assert.strictEqual(failure(() => assert.throws('x')).code, 'ERR_INVALID_ARG_TYPE');
expectFailure(() => assert.doesNotThrow(boom), 'Got unwanted exception.\nActual message: "boom"', 'doesNotThrow');

// The rest
expectFailure(() => assert.fail(), 'Failed', 'fail');
expectFailure(() => assert.ifError(new Error('in')), 'ifError got unwanted exception: in', 'ifError');
assert.ifError(null);
assert.match('abc', /b/);
assert.doesNotMatch('abc', /x/);
expectFailure(() => assert.ok(0, 'given'), 'given', '==');
expectFailure(() => assert.ok(), 'No value argument passed to `assert.ok()`', '==');
const own = new RangeError('own');
assert.strictEqual(failure(() => assert.ok(0, own)), own);
assert.strictEqual(failure(() => assert.strictEqual(1)).code, 'ERR_MISSING_ARGS');
assert.strictEqual(failure(() => assert.strict.equal(1, '1')).operator, 'strictEqual');
assert.strictEqual(assert.strict.strict, assert.strict);

let settled = 0;
async function promises() {
  await assert.rejects(Promise.reject(new TypeError('x')), TypeError);
  await assert.rejects(async () => boom(), { code: 'E_BOOM' });
  await assert.rejects(assert.rejects(Promise.resolve()), { message: 'Missing expected rejection.' });
  await assert.rejects(
    assert.rejects(() => 5),
    { code: 'ERR_INVALID_RETURN_VALUE' }
  );
  await assert.doesNotReject(Promise.resolve());
  await assert.rejects(assert.doesNotReject(Promise.reject(new Error('z'))), /Got unwanted rejection/);
  settled++;
}
promises();
process.on('exit', () => assert.strictEqual(settled, 1));
