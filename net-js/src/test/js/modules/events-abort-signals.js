const assert = require('assert');
const { mustCall, mustNotCall } = require('../common');

const controller = new AbortController();
const { signal } = controller;
assert.ok(signal instanceof AbortSignal && signal instanceof EventTarget);
assert.deepStrictEqual([signal.aborted, signal.reason, signal.onabort], [false, undefined, null]);
signal.throwIfAborted();
signal.onabort = mustNotCall('replaced');
signal.onabort = mustCall((event) => {
  assert.deepStrictEqual([event.type, event.isTrusted, event.target], ['abort', true, signal]);
});
signal.addEventListener('abort', mustCall());
controller.abort();
controller.abort('too late');
assert.strictEqual(signal.aborted, true);
assert.ok(signal.reason instanceof DOMException);
assert.deepStrictEqual(
  [signal.reason.name, signal.reason.code, signal.reason.message],
  ['AbortError', 20, 'This operation was aborted']
);
assert.throws(() => signal.throwIfAborted(), { name: 'AbortError' });

assert.strictEqual(AbortSignal.abort('reason').reason, 'reason');
assert.strictEqual(AbortSignal.abort().reason.name, 'AbortError');
assert.throws(() => new AbortSignal(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
assert.throws(() => AbortSignal.timeout(-1), { code: 'ERR_OUT_OF_RANGE' });

const first = new AbortController();
const second = new AbortController();
const either = AbortSignal.any([first.signal, second.signal]);
const chained = AbortSignal.any([either]);
const order = [];
first.signal.addEventListener('abort', () => order.push('first', either.aborted, chained.aborted));
chained.addEventListener('abort', () => order.push('chained'));
either.addEventListener('abort', () => order.push('either'));
first.abort(1);
second.abort(2);
assert.deepStrictEqual(order, ['first', true, true, 'either', 'chained']);
assert.deepStrictEqual([either.reason, chained.reason], [1, 1]);
assert.strictEqual(AbortSignal.any([first.signal, second.signal]).reason, 1);
assert.strictEqual(AbortSignal.any([]).aborted, false);
assert.throws(() => AbortSignal.any([{}]), { code: 'ERR_INVALID_ARG_TYPE' });

// A timeout does not keep the program alive, and a listener for it does not either.
AbortSignal.timeout(2 ** 31 - 1).addEventListener('abort', mustNotCall('far away'));
const timer = setTimeout(() => assert.fail('the signal was to come before'), 10000);
AbortSignal.timeout(1).addEventListener(
  'abort',
  mustCall((event) => {
    clearTimeout(timer);
    assert.deepStrictEqual([event.target.reason.name, event.target.reason.code], ['TimeoutError', 23]);
  })
);

// The streams know the same class.
const { Readable, addAbortSignal } = require('stream');
const stopping = new AbortController();
const stream = addAbortSignal(stopping.signal, new Readable({ read() {} }));
stream.on('error', mustCall((error) => assert.strictEqual(error.name, 'AbortError')));
stopping.abort();
