const assert = require('assert');
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const { EventEmitterAsyncResource } = require('events');
const fs = require('fs');
const timers = require('timers/promises');
const { mustCall } = require('../common');

const storage = new AsyncLocalStorage();
const expect = (store) =>
  mustCall(() => {
    assert.strictEqual(storage.getStore(), store);
  });

assert.strictEqual(storage.getStore(), undefined);

// What a store goes along with.
for (const store of ['a', 'b']) {
  const result = storage.run(
    store,
    (x, y) => {
      setTimeout(expect(store), 1);
      setImmediate(expect(store));
      process.nextTick(expect(store));
      queueMicrotask(expect(store));
      Promise.resolve().then(expect(store));
      Promise.reject(new Error('caught')).catch(expect(store));
      fs.stat(__filename, expect(store));
      fs.promises.stat(__filename).then(expect(store));
      const thenable = { then: (resolve) => resolve(expect(store)()) };
      (async () => {
        await null;
        expect(store)();
        await timers.setTimeout(1);
        expect(store)();
        await thenable;
        expect(store)();
        for await (const value of [1, Promise.resolve(2)]) {
          expect(store)(value);
        }
      })().then(expect(store));
      let rounds = 0;
      const interval = setInterval(() => {
        expect(store)();
        if (++rounds === 2) {
          clearInterval(interval);
        }
      }, 1);
      return x + y;
    },
    1,
    2
  );
  assert.strictEqual(result, 3);
  assert.strictEqual(storage.getStore(), undefined);
}
setTimeout(expect(undefined), 1);
setImmediate(expect(undefined));
Promise.resolve().then(expect(undefined));

const fail = () => {
  throw new Error('thrown');
};

// Within each other, and what throws.
const other = new AsyncLocalStorage();
storage.run(1, () => {
  other.run(2, () => {
    storage.run(3, expect(3));
    storage.exit(() => {
      assert.strictEqual(storage.getStore(), undefined);
      assert.strictEqual(other.getStore(), 2);
      process.nextTick(expect(undefined));
    });
    assert.throws(() => storage.run(4, fail), { message: 'thrown' });
    assert.strictEqual(storage.getStore(), 1);
    process.nextTick(mustCall(() => assert.strictEqual(other.getStore(), 2)));
  });
  assert.strictEqual(other.getStore(), undefined);
});

// A promise's callbacks have the store of who adds them.
let settle;
const pending = storage.run('maker', () => new Promise((resolve) => (settle = resolve)));
storage.run('waiter', () => pending.then(expect('waiter')));
storage.run('settler', () => settle());

// enterWith() holds for the rest of the turn.
setImmediate(() => {
  storage.enterWith('entered');
  assert.strictEqual(storage.getStore(), 'entered');
  setTimeout(expect('entered'), 1);
  Promise.resolve().then(expect('entered'));
  setImmediate(expect('entered'));
});
setImmediate(expect(undefined));

// bind() and snapshot().
const [bound, snapshot, resource, emitter] = storage.run('captured', () => [
  AsyncLocalStorage.bind(() => storage.getStore()),
  AsyncLocalStorage.snapshot(),
  new AsyncResource('Own'),
  new EventEmitterAsyncResource({ name: 'Emitter' }),
]);
storage.run('elsewhere', () => {
  assert.strictEqual(bound(), 'captured');
  assert.strictEqual(
    snapshot((x) => storage.getStore() + x, 1),
    'captured1'
  );
  assert.strictEqual(
    resource.runInAsyncScope(() => storage.getStore()),
    'captured'
  );
  emitter.on('x', expect('captured'));
  emitter.emit('x');
  assert.strictEqual(AsyncResource.bind(() => storage.getStore())(), 'elsewhere');
});

// disable() forgets what there is, not what comes.
const disabled = new AsyncLocalStorage();
disabled.run(1, () => {
  setImmediate(mustCall(() => assert.strictEqual(disabled.getStore(), undefined)));
  disabled.disable();
  assert.strictEqual(disabled.getStore(), undefined);
});
const enabledAgain = new AsyncLocalStorage();
enabledAgain.disable();
enabledAgain.run(2, () => assert.strictEqual(enabledAgain.getStore(), 2));
