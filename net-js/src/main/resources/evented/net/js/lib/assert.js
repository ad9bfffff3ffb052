'use strict';
// assert: checks that throw an AssertionError where something does not hold.

const { AssertionError } = require('inner/assertion-error');
const { isDeepEqual, isDeepStrictEqual } = require('inner/deep-equal');
const { inspect } = require('inner/inspect');
const { codes } = require('inner/node-errors');
const { types } = require('inner/types');

/** Throws, by what was given as the message: an error of the caller's own, or a text, or nothing. */
function raise(check, message, actual, expected, operator, generated) {
  if (message instanceof Error) {
    throw message;
  }
  const error = new AssertionError({
    message: message === undefined ? generated : message,
    actual,
    expected,
    operator,
  });
  error.generatedMessage = message === undefined;
  throw error;
}

function truthy(check, count, value, message) {
  if (!value) {
    const generated =
      count === 0 ? 'No value argument passed to `assert.ok()`' : `${inspect(value)} == true`;
    raise(check, count === 0 ? undefined : message, value, true, '==', generated);
  }
}

/** Checks that a value is truthy. */
function assert(...args) {
  truthy(assert, args.length, ...args);
}
const same = (actual, expected) => actual == expected || (actual !== actual && expected !== expected); // eslint-disable-line eqeqeq

/** Defines a check of two values. */
function comparison(name, operator, holds) {
  const { [name]: check } = {
    [name](...args) {
      if (args.length < 2) {
        throw new codes.ERR_MISSING_ARGS('actual', 'expected');
      }
      const [actual, expected, message] = args;
      if (!holds(actual, expected)) {
        raise(check, message, actual, expected, operator);
      }
    },
  };
  assert[name] = check;
}

assert.ok = function ok(...args) {
  truthy(ok, args.length, ...args);
};
comparison('equal', '==', same);
comparison('notEqual', '!=', (actual, expected) => !same(actual, expected));
comparison('deepEqual', 'deepEqual', isDeepEqual);
comparison('notDeepEqual', 'notDeepEqual', (actual, expected) => !isDeepEqual(actual, expected));
comparison('deepStrictEqual', 'deepStrictEqual', isDeepStrictEqual);
comparison('notDeepStrictEqual', 'notDeepStrictEqual', (actual, expected) => !isDeepStrictEqual(actual, expected));
comparison('strictEqual', 'strictEqual', Object.is);
comparison('notStrictEqual', 'notStrictEqual', (actual, expected) => !Object.is(actual, expected));

/** Always throws: fail([message]), or the old fail(actual, expected[, message[, operator]]). */
assert.fail = function fail(...args) {
  if (args.length < 2) {
    raise(fail, args[0], undefined, undefined, 'fail', 'Failed');
  }
  const [actual, expected, message, operator = '!='] = args;
  raise(fail, message, actual, expected, operator);
};

function matching(name, operator, words, holds) {
  const { [name]: check } = {
    [name](text, pattern, message) {
      if (!types.isRegExp(pattern)) {
        throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', pattern);
      }
      if (typeof text === 'string' && holds(pattern.test(text))) {
        return;
      }
      const generated =
        typeof text === 'string'
          ? `${words} ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`
          : `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`;
      raise(check, message, text, pattern, operator, generated);
    },
  };
  assert[name] = check;
}
matching('match', 'match', 'The input did not match the regular expression', (found) => found);
matching('doesNotMatch', 'doesNotMatch', 'The input was expected to not match the regular expression', (found) => !found);

/** Throws what is neither undefined nor null: the first argument of a callback. */
assert.ifError = function ifError(error) {
  if (error === null || error === undefined) {
    return;
  }
  let message = 'ifError got unwanted exception: ';
  if (typeof error === 'object' && typeof error.message === 'string') {
    const maker = error.constructor && error.constructor.name;
    message += error.message.length === 0 && maker ? maker : error.message;
  } else {
    message += inspect(error);
  }
  const made = new AssertionError({ actual: error, expected: null, operator: 'ifError', message });
  if (typeof error.stack === 'string' && typeof made.stack === 'string') {
    // Where the error comes from says more than where it was found.
    const frames = error.stack.split('\n').filter((line) => /^\s+at /.test(line));
    const value = `${made.stack.split('\n    at')[0]}\n${frames.join('\n')}`;
    Object.defineProperty(made, 'stack', { value, configurable: true, writable: true, enumerable: false });
  }
  throw made;
};

const NOTHING = Symbol('nothing was thrown');

function thrownBy(fn) {
  if (typeof fn !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('fn', 'Function', fn);
  }
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

const isThenable = (value) =>
  types.isPromise(value) ||
  (value !== null && typeof value === 'object' && typeof value.then === 'function' && typeof value.catch === 'function');

async function rejectionOf(source) {
  let promise = source;
  if (typeof source === 'function') {
    promise = source();
    if (!isThenable(promise)) {
      throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
    }
  } else if (!isThenable(source)) {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], source);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

/** What was expected, and the message: either may be left out. */
function expectation(check, thrown, args) {
  let [expected, message] = args;
  if (typeof expected === 'string') {
    if (args.length > 1) {
      throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], expected);
    }
    const told = typeof thrown === 'object' && thrown !== null ? thrown.message : thrown;
    if (told === expected) {
      const what = thrown === told ? 'error' : 'error message';
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The ${what} "${told}" is identical to the message.`);
    }
    message = expected;
    expected = undefined;
  } else if (expected !== undefined && expected !== null && typeof expected !== 'object' && typeof expected !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], expected);
  }
  return { expected, message };
}

function expectsError(check, thrown, args) {
  const { expected, message } = expectation(check, thrown, args);
  if (thrown === NOTHING) {
    const name = expected && expected.name ? ` (${expected.name})` : '';
    const what = check.name === 'rejects' ? 'rejection' : 'exception';
    const details = `${name}${message === undefined ? '.' : `: ${message}`}`;
    if (message instanceof Error) {
      throw message;
    }
    throw new AssertionError({
      actual: undefined,
      expected,
      operator: check.name,
      message: `Missing expected ${what}${details}`,
      });
  }
  if (expected) {
    fits(check, thrown, expected, message);
  }
}

/** Checks what was thrown: by a pattern, by properties, by its class, or by a function. */
function fits(check, thrown, expected, message) {
  const wrong = (generated) => raise(check, message, thrown, expected, check.name, generated);
  if (typeof expected !== 'function') {
    if (types.isRegExp(expected)) {
      const text = String(thrown);
      if (!expected.test(text)) {
        wrong(`The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`);
      }
      return;
    }
    hasProperties(check, thrown, expected, message);
    return;
  }
  if (expected.prototype !== undefined && thrown instanceof expected) {
    return;
  }
  if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    const found = types.isNativeError(thrown) || thrown instanceof Error;
    const name = (thrown && thrown.constructor && thrown.constructor.name) || (thrown && thrown.name);
    const received = found ? name : inspect(thrown, { depth: -1 });
    const told = found && thrown.message ? `\n\nError message:\n\n${thrown.message}` : '';
    wrong(`The error is expected to be an instance of "${expected.name}". Received "${received}"${told}`);
  }
  const result = Reflect.apply(expected, {}, [thrown]);
  if (result !== true) {
    const name = expected.name ? `"${expected.name}" ` : '';
    const caught = types.isNativeError(thrown) || thrown instanceof Error ? `\n\nCaught error:\n\n${thrown}` : '';
    wrong(`The ${name}validation function is expected to return "true". Received ${inspect(result)}${caught}`);
  }
}

/** Some properties of an error, to be compared with those of another. */
class Comparison {
  constructor(source, keys, actual) {
    for (const key of keys) {
      if (key in source) {
        // A pattern that fits is no difference.
        const fits = actual && typeof actual[key] === 'string' && types.isRegExp(source[key]) && source[key].test(actual[key]);
        this[key] = fits ? actual[key] : source[key];
      }
    }
  }
}

function hasProperties(check, thrown, expected, message) {
  if (typeof thrown !== 'object' || thrown === null) {
    const generated = new AssertionError({ actual: thrown, expected, operator: 'deepStrictEqual' }).message;
    raise(check, message, thrown, expected, check.name, generated);
  }
  const keys = Object.keys(expected);
  if (expected instanceof Error) {
    keys.push('name', 'message');
  } else if (keys.length === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
  }
  for (const key of keys) {
    const isMatch = typeof thrown[key] === 'string' && types.isRegExp(expected[key]) && expected[key].test(thrown[key]);
    if (isMatch || (key in thrown && isDeepStrictEqual(thrown[key], expected[key]))) {
      continue;
    }
    const { message: generated } = new AssertionError({
      actual: new Comparison(thrown, keys),
      expected: new Comparison(expected, keys, thrown),
      operator: 'deepStrictEqual',
    });
    raise(check, message, thrown, expected, check.name, generated);
  }
}

/** Checks that something is not thrown; what is not meant goes on its way. */
function expectsNone(check, thrown, args) {
  if (thrown === NOTHING) {
    return;
  }
  let [expected, message] = args;
  if (typeof expected === 'string') {
    message = expected;
    expected = undefined;
  }
  if (expected && !isMeant(thrown, expected)) {
    throw thrown;
  }
  const what = check.name === 'doesNotReject' ? 'rejection' : 'exception';
  const details = message === undefined ? '.' : `: ${message}`;
  throw new AssertionError({
    actual: thrown,
    expected,
    operator: check.name,
    message: `Got unwanted ${what}${details}\nActual message: "${thrown && thrown.message}"`,
  });
}

function isMeant(thrown, expected) {
  if (typeof expected !== 'function') {
    if (!types.isRegExp(expected)) {
      throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
    }
    return expected.test(String(thrown));
  }
  if (expected.prototype !== undefined && thrown instanceof expected) {
    return true;
  }
  return !Object.prototype.isPrototypeOf.call(Error, expected) && Reflect.apply(expected, {}, [thrown]) === true;
}

assert.throws = function throws(fn, ...args) {
  expectsError(throws, thrownBy(fn), args);
};
assert.doesNotThrow = function doesNotThrow(fn, ...args) {
  expectsNone(doesNotThrow, thrownBy(fn), args);
};
assert.rejects = async function rejects(source, ...args) {
  expectsError(rejects, await rejectionOf(source), args);
};
assert.doesNotReject = async function doesNotReject(source, ...args) {
  expectsNone(doesNotReject, await rejectionOf(source), args);
};
assert.AssertionError = AssertionError;

/** The same, where each comparison is strict. */
function strict(...args) {
  truthy(strict, args.length, ...args);
}
assert.strict = Object.assign(strict, assert, {
  equal: assert.strictEqual,
  notEqual: assert.notStrictEqual,
  deepEqual: assert.deepStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
strict.strict = strict;

module.exports = assert;
