const assert = require('assert');
const diagnostics = require('diagnostics_channel');
const { AsyncLocalStorage } = require('async_hooks');
const { mustCall } = require('../common');

const { channel } = diagnostics;
const one = channel('one');
assert.strictEqual(channel('one'), one);
assert.strictEqual(one.name, 'one');
assert.strictEqual(one.hasSubscribers, false);
const told = [];
const listener = (message, name) => told.push([message, name]);
diagnostics.subscribe('one', listener);
assert.strictEqual(diagnostics.hasSubscribers('one'), true);
one.publish(1);
assert.strictEqual(diagnostics.unsubscribe('one', listener), true);
assert.strictEqual(diagnostics.unsubscribe('one', listener), false);
one.publish(2);
assert.deepStrictEqual(told, [[1, 'one']]);
assert.throws(() => channel(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => one.subscribe(1), { code: 'ERR_INVALID_ARG_TYPE' });

// A subscriber that throws does not harm who publishes.
one.subscribe(() => {
  throw new Error('in a subscriber');
});
one.subscribe(mustCall());
process.once('uncaughtException', mustCall((error) => assert.strictEqual(error.message, 'in a subscriber')));
one.publish(3);

const storage = new AsyncLocalStorage();
const bound = channel('bound');
bound.bindStore(storage, (message) => message.value);
const result = bound.runStores({ value: 'store' }, (a, b) => [storage.getStore(), a + b], undefined, 1, 2);
assert.deepStrictEqual(result, ['store', 3]);
assert.strictEqual(bound.unbindStore(storage), true);

const tracing = diagnostics.tracingChannel('work');
assert.strictEqual(tracing.start, channel('tracing:work:start'));
const events = [];
const handlers = {};
for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
  handlers[event] = (context) => events.push(`${context.id} ${event}`);
}
tracing.subscribe(handlers);
assert.strictEqual(
  tracing.traceSync((x) => x + 1, { id: 'sync' }, undefined, 1),
  2
);
assert.throws(
  () =>
    tracing.traceSync(
      () => {
        throw new Error('thrown');
      },
      { id: 'throws' }
    ),
  { message: 'thrown' }
);
assert.deepStrictEqual(events.splice(0), ['sync start', 'sync end', 'throws start', 'throws error', 'throws end']);
tracing
  .tracePromise(async (x) => x, { id: 'promise' }, undefined, 5)
  .then((value) => {
    assert.strictEqual(value, 5);
    assert.deepStrictEqual(events.splice(0), [
      ...['promise start', 'promise end', 'promise asyncStart', 'promise asyncEnd'],
    ]);
    tracing.traceCallback(
      (callback) => setImmediate(callback, null, 'result'),
      -1,
      { id: 'callback' },
      undefined,
      mustCall((error, value) => {
        assert.strictEqual(value, 'result');
        setImmediate(() => {
          assert.deepStrictEqual(events, [
            ...['callback start', 'callback end', 'callback asyncStart', 'callback asyncEnd'],
          ]);
          assert.strictEqual(tracing.unsubscribe(handlers), true);
        });
      })
    );
  })
  .then(mustCall());
