const assert = require('assert');
const timers = require('timers/promises');
const { promisify } = require('util');
const { mustCall } = require('../common');

assert.strictEqual(require('timers').promises, timers);

async function run() {
  assert.strictEqual(await timers.setTimeout(1, 'value'), 'value');
  assert.strictEqual(await timers.setImmediate('value'), 'value');
  assert.strictEqual(await promisify(setTimeout)(1, 'value'), 'value');
  assert.strictEqual(await promisify(setImmediate)('value'), 'value');
  assert.strictEqual(await timers.scheduler.wait(1), undefined);
  assert.strictEqual(await timers.scheduler.yield(), undefined);
  let count = 0;
  for await (const value of timers.setInterval(1, 'value')) {
    assert.strictEqual(value, 'value');
    if (++count === 3) {
      break;
    }
  }

  const abort = { name: 'AbortError', code: 'ABORT_ERR', message: 'The operation was aborted' };
  for (const wait of [(signal) => timers.setTimeout(1e6, 0, { signal }), (signal) => timers.scheduler.wait(1e6, { signal })]) {
    const controller = new AbortController();
    const waiting = wait(controller.signal);
    controller.abort('why');
    await assert.rejects(waiting, { ...abort, cause: 'why' });
    await assert.rejects(wait(controller.signal), abort);
  }
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(async () => {
    for await (const value of timers.setInterval(1, 1, { signal: controller.signal })) {
      count += value;
    }
  }, abort);

  const wrong = { code: 'ERR_INVALID_ARG_TYPE' };
  await assert.rejects(timers.setTimeout('x'), wrong);
  await assert.rejects(timers.setTimeout(1, 2, 3), wrong);
  await assert.rejects(timers.setTimeout(1, 2, { signal: 3 }), wrong);
  await assert.rejects(timers.setTimeout(1, 2, { ref: 3 }), wrong);
  await assert.rejects(timers.setImmediate(1, 2), wrong);
  await assert.rejects(timers.setInterval('x').next(), wrong);
}

run().then(mustCall());

// It does not keep the program alive.
timers.setTimeout(1e9, 0, { ref: false }).then(() => assert.fail());
