'use strict';
// The npm package, and what Node has added since its day.

const assert = (module.exports = require('npm/assert'));

assert.match = (text, pattern, message) => {
  if (!pattern.test(text)) {
    assert.fail(text, pattern, message || `${JSON.stringify(text)} does not match ${pattern}`, 'match');
  }
};
assert.doesNotMatch = (text, pattern, message) => {
  if (pattern.test(text)) {
    assert.fail(text, pattern, message || `${JSON.stringify(text)} matches ${pattern}`, 'doesNotMatch');
  }
};

const throws = assert.throws;

/** As in the package, and `expected` may be an object: what the error's properties have to be. */
assert.throws = (callback, expected, message) => {
  if (typeof expected !== 'object' || expected === null || expected instanceof RegExp) {
    return throws(callback, expected, message);
  }
  return throws(
    callback,
    (error) => {
      for (const key of Object.keys(expected)) {
        if (expected[key] instanceof RegExp && typeof error[key] === 'string') {
          assert.match(error[key], expected[key], message);
        } else {
          assert.deepStrictEqual(error[key], expected[key], message);
        }
      }
      return true;
    },
    message
  );
};

async function outcome(promise) {
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (error) {
    return [error];
  }
  return [];
}

assert.rejects = async (promise, expected, message) => {
  const [error] = await outcome(promise).then((found) => (found.length ? [found] : [null]));
  if (error === null) {
    assert.fail(undefined, expected, message || 'Missing expected rejection.', 'rejects');
  }
  assert.throws(() => {
    throw error[0];
  }, ...(typeof expected === 'string' || expected === undefined ? [] : [expected]));
};
assert.doesNotReject = async (promise, message) => {
  const found = await outcome(promise);
  if (found.length) {
    assert.fail(found[0], undefined, message || `Got unwanted rejection: ${found[0]}`, 'doesNotReject');
  }
};
if (assert.strict === undefined) {
  assert.strict = Object.assign((...args) => assert(...args), assert, {
    equal: assert.strictEqual,
    notEqual: assert.notStrictEqual,
    deepEqual: assert.deepStrictEqual,
    notDeepEqual: assert.notDeepStrictEqual,
  });
}
