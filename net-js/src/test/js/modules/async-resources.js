const assert = require('assert');
const { AsyncResource, createHook, executionAsyncId, triggerAsyncId, executionAsyncResource } = require('async_hooks');
const { mustCall } = require('../common');

assert.strictEqual(executionAsyncId(), 1);
assert.strictEqual(triggerAsyncId(), 0);

const events = [];
const hook = createHook({
  init: (id, type, trigger) => type.startsWith('OWN') && events.push(['init', id, type, trigger]),
  before: (id) => events.some(([, own]) => own === id) && events.push(['before', id]),
  after: (id) => events.some(([, own]) => own === id) && events.push(['after', id]),
  destroy: (id) => events.some(([, own]) => own === id) && events.push(['destroy', id]),
});
assert.strictEqual(hook.enable(), hook);
process.on('warning', () => {});

const resource = new AsyncResource('OWN', { requireManualDestroy: true });
const id = resource.asyncId();
assert.ok(id > 1);
assert.strictEqual(resource.triggerAsyncId(), 1);
const receiver = {};
const result = resource.runInAsyncScope(
  function (a, b) {
    assert.strictEqual(this, receiver);
    assert.strictEqual(executionAsyncId(), id);
    assert.strictEqual(triggerAsyncId(), 1);
    assert.strictEqual(executionAsyncResource(), resource);
    assert.strictEqual(new AsyncResource('OWN inner').triggerAsyncId(), id);
    return a + b;
  },
  receiver,
  1,
  2
);
assert.strictEqual(result, 3);
assert.strictEqual(executionAsyncId(), 1);

const bound = resource.bind(function (a, b) {
  return [this, a, b, executionAsyncId()];
}, receiver);
assert.strictEqual(bound.length, 2);
assert.deepStrictEqual(bound(1, 2), [receiver, 1, 2, id]);
assert.strictEqual(resource.emitDestroy(), resource);
assert.throws(() => new AsyncResource(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new AsyncResource('x', { triggerAsyncId: 'x' }), { code: 'ERR_INVALID_ASYNC_ID' });
assert.throws(() => createHook({ init: 1 }), { code: 'ERR_ASYNC_CALLBACK', message: 'hook.init must be a function' });
assert.throws(() => resource.bind(1), { code: 'ERR_INVALID_ARG_TYPE' });

setImmediate(() =>
  setImmediate(
    mustCall(() => {
      const [, innerId] = events.find(([, , type]) => type === 'OWN inner');
      assert.deepStrictEqual(events.filter(([, own]) => own === id), [
        ['init', id, 'OWN', 1],
        ['before', id],
        ['after', id],
        ['before', id],
        ['after', id],
        ['destroy', id],
      ]);
      assert.ok(innerId > id);
      hook.disable();
      const told = events.length;
      new AsyncResource('OWN, not told of');
      assert.strictEqual(events.length, told);
    })
  )
);
