const assert = require('assert');
const EventEmitter = require('events');
const { inherits } = require('util');
const { mustCall } = require('../common');

// The order of newListener and removeListener.
const told = [];
const emitter = new EventEmitter();
emitter.on('newListener', (type, listener) => told.push(`new ${String(type)} ${listener.name} ${emitter.listenerCount(type)}`));
emitter.on('removeListener', (type, listener) => told.push(`gone ${String(type)} ${listener.name} ${emitter.listenerCount(type)}`));
function first() {}
function second() {}
emitter.once('x', first);
emitter.prependListener('x', second);
assert.deepStrictEqual(emitter.listeners('x'), [second, first]);
assert.notStrictEqual(emitter.rawListeners('x')[1], first);
assert.strictEqual(emitter.rawListeners('x')[1].listener, first);
emitter.off('x', first).removeAllListeners('x');
assert.deepStrictEqual(told, [
  'new removeListener  0',
  'new x first 0',
  'new x second 1',
  'gone x first 1',
  'gone x second 0',
]);
const symbol = Symbol('s');
emitter.on(symbol, first);
assert.deepStrictEqual(emitter.eventNames(), ['newListener', 'removeListener', symbol]);
emitter.removeAllListeners();
assert.deepStrictEqual(emitter.eventNames(), []);

// Listeners that come and go while an event is emitted do not count for it.
const order = [];
const changing = new EventEmitter();
const late = () => order.push('late');
changing.on('x', () => {
  order.push('one');
  changing.off('x', removed);
  changing.on('x', late);
});
function removed() {
  order.push('removed');
}
changing.on('x', removed);
changing.emit('x');
assert.deepStrictEqual(order, ['one', 'removed']);

// Any number of arguments, with the emitter as `this`.
for (const count of [0, 1, 2, 3, 4, 7]) {
  const args = Array.from({ length: count }, (_, index) => index);
  const counting = new EventEmitter();
  const check = mustCall(function (...got) {
    assert.strictEqual(this, counting);
    assert.deepStrictEqual(got, args);
  }, 4);
  counting.on('one', check);
  assert.strictEqual(counting.emit('one', ...args), true);
  counting.on('several', check);
  counting.once('several', check);
  counting.prependOnceListener('several', check);
  assert.strictEqual(counting.emit('several', ...args), true);
  assert.strictEqual(counting.listenerCount('several'), 1);
  assert.strictEqual(counting.listenerCount('several', check), 1);
  assert.strictEqual(counting.listenerCount('several', () => {}), 0);
}

// 'error'.
const failing = new EventEmitter();
const failure = new Error('its own');
assert.throws(() => failing.emit('error', failure), failure);
assert.throws(() => failing.emit('error', 'text'), {
  code: 'ERR_UNHANDLED_ERROR',
  message: "Unhandled error. ('text')",
  context: 'text',
});
assert.throws(() => failing.emit('error'), { message: 'Unhandled error. (undefined)' });
failing.on(EventEmitter.errorMonitor, mustCall((error, more) => assert.deepStrictEqual([error, more], [failure, 2]), 2));
assert.throws(() => failing.emit('error', failure, 2), failure);
failing.on('error', mustCall());
assert.strictEqual(failing.emit('error', failure, 2), true);

// Those that inherit in the way of old, with and without a call of the constructor.
function Old() {}
inherits(Old, EventEmitter);
const one = new Old();
const other = new Old();
assert.strictEqual(one.emit('x'), false);
assert.deepStrictEqual(one.listeners('x'), []);
one.on('x', mustCall());
assert.strictEqual(one.emit('x'), true);
assert.strictEqual(other.emit('x'), false);
const called = Object.create(EventEmitter.prototype);
EventEmitter.call(called);
assert.strictEqual(called._eventsCount, 0);
assert.strictEqual(Object.getPrototypeOf(called._events), null);

// Arguments.
const badListener = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' };
for (const method of ['on', 'once', 'off', 'prependListener', 'prependOnceListener', 'addListener', 'removeListener']) {
  assert.throws(() => emitter[method]('x', 'listener'), {
    ...badListener,
    message: `The "listener" argument must be of type function. Received type string ('listener')`,
  });
}
assert.throws(() => emitter.setMaxListeners(-1), { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => (EventEmitter.defaultMaxListeners = 'many'), badListener);
assert.throws(() => new EventEmitter({ captureRejections: 'yes' }), badListener);

// Too many listeners are told of, once.
process.on(
  'warning',
  mustCall((warning) => {
    assert.strictEqual(warning.name, 'MaxListenersExceededWarning');
    assert.strictEqual(warning.emitter, crowded);
    assert.strictEqual(warning.type, 'x');
    assert.strictEqual(warning.count, 3);
    assert.match(warning.message, /^Possible EventEmitter memory leak detected. 3 x listeners added to \[EventEmitter\]/);
  })
);
const crowded = new EventEmitter().setMaxListeners(2);
assert.strictEqual(crowded.getMaxListeners(), 2);
for (let i = 0; i < 5; i++) {
  crowded.on('x', () => {});
  new EventEmitter().setMaxListeners(0).on('x', () => {});
}
