const assert = require('assert');
const EventEmitter = require('events');
const { once, on, errorMonitor, captureRejectionSymbol } = EventEmitter;
const { mustCall, mustNotCall } = require('../common');

async function promises() {
  const emitter = new EventEmitter();
  setImmediate(() => emitter.emit('x', 1, 2));
  assert.deepStrictEqual(await once(emitter, 'x'), [1, 2]);
  assert.deepStrictEqual(emitter.eventNames(), []);

  process.nextTick(() => emitter.emit('error', new Error('instead')));
  await assert.rejects(once(emitter, 'x'), { message: 'instead' });
  process.nextTick(() => emitter.emit('error', 'awaited'));
  assert.deepStrictEqual(await once(emitter, 'error'), ['awaited']);

  const controller = new AbortController();
  const waiting = once(emitter, 'x', { signal: controller.signal });
  controller.abort('reason');
  await assert.rejects(waiting, { name: 'AbortError', code: 'ABORT_ERR', cause: 'reason' });
  await assert.rejects(once(emitter, 'x', { signal: controller.signal }), { name: 'AbortError' });
  await assert.rejects(once(emitter, 'x', { signal: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(once({}, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.deepStrictEqual(emitter.eventNames(), []);

  const target = new EventTarget();
  const event = new Event('x');
  setImmediate(() => target.dispatchEvent(event));
  assert.deepStrictEqual(await once(target, 'x'), [event]);
}

async function iterators() {
  const emitter = new EventEmitter();
  setImmediate(() => {
    emitter.emit('x', 1);
    emitter.emit('x', 2, 3);
    emitter.emit('end');
  });
  const seen = [];
  for await (const args of on(emitter, 'x', { close: ['end'] })) {
    seen.push(args);
  }
  assert.deepStrictEqual(seen, [[1], [2, 3]]);
  assert.deepStrictEqual(emitter.eventNames(), []);

  const failing = on(emitter, 'x');
  emitter.emit('x', 'before');
  emitter.emit('error', new Error('over'));
  assert.deepStrictEqual(await failing.next(), { value: ['before'], done: false });
  await assert.rejects(failing.next(), { message: 'over' });
  assert.deepStrictEqual(await failing.next(), { value: undefined, done: true });

  const controller = new AbortController();
  process.nextTick(() => controller.abort());
  await assert.rejects(
    async () => {
      for await (const args of on(emitter, 'x', { signal: controller.signal })) {
        assert.fail(args);
      }
    },
    { name: 'AbortError' }
  );

  const thrown = on(emitter, 'x');
  const next = thrown.next();
  thrown.throw(new Error('from outside'));
  await assert.rejects(next, { message: 'from outside' });
  assert.throws(() => on(emitter, 'x').throw('text'), { code: 'ERR_INVALID_ARG_TYPE' });

  const left = on(emitter, 'x');
  const never = left.next();
  await left.return();
  assert.deepStrictEqual(await never, { value: undefined, done: true });

  // An emitter that can be paused is, while too much waits.
  const calls = [];
  const flow = Object.assign(new EventEmitter(), { pause: () => calls.push('pause'), resume: () => calls.push('resume') });
  const slow = on(flow, 'x', { highWaterMark: 2, lowWaterMark: 2 });
  for (let i = 0; i < 4; i++) {
    flow.emit('x', i);
  }
  assert.deepStrictEqual(calls, ['pause']);
  await slow.next();
  await slow.next();
  await slow.next();
  assert.deepStrictEqual(calls, ['pause', 'resume']);
  await slow.return();
}

async function rejections() {
  const emitter = new EventEmitter({ captureRejections: true });
  emitter.on('x', async () => {
    throw new Error('rejected');
  });
  emitter.emit('x');
  assert.strictEqual((await once(emitter, 'error'))[0].message, 'rejected');
  emitter[captureRejectionSymbol] = mustCall((error, type, ...args) => {
    assert.deepStrictEqual([error.message, type, args], ['rejected', 'x', [1, 2]]);
  });
  emitter.emit('x', 1, 2);
  await new Promise(setImmediate);

  // A listener for 'error' that fails itself is an unhandled rejection.
  const circular = new EventEmitter({ captureRejections: true });
  circular.on('error', async () => {
    throw new Error('in error');
  });
  process.once('unhandledRejection', mustCall((error) => assert.strictEqual(error.message, 'in error')));
  circular.on('x', async () => {
    throw new Error('rejected');
  });
  circular.emit('x');
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

function helpers() {
  const emitter = new EventEmitter();
  const target = new EventTarget();
  const listener = () => {};
  emitter.on('x', listener);
  target.addEventListener('x', listener);
  assert.deepStrictEqual(EventEmitter.getEventListeners(emitter, 'x'), [listener]);
  assert.deepStrictEqual(EventEmitter.getEventListeners(target, 'x'), [listener]);
  assert.strictEqual(EventEmitter.listenerCount(emitter, 'x'), 1);
  EventEmitter.setMaxListeners(5, emitter, target);
  assert.deepStrictEqual([emitter, target].map(EventEmitter.getMaxListeners), [5, 5]);
  assert.throws(() => EventEmitter.setMaxListeners(5, {}), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => EventEmitter.getEventListeners({}, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.strictEqual(typeof errorMonitor, 'symbol');

  const controller = new AbortController();
  controller.signal.addEventListener('abort', (event) => event.stopImmediatePropagation());
  EventEmitter.addAbortListener(controller.signal, mustCall());
  EventEmitter.addAbortListener(controller.signal, mustNotCall('disposed'))[Symbol.dispose]();
  controller.abort();
  EventEmitter.addAbortListener(controller.signal, mustCall());
  assert.throws(() => EventEmitter.addAbortListener({}, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
}

helpers();
promises()
  .then(iterators)
  .then(rejections)
  .then(mustCall());
