const assert = require('assert');
const { mustCall } = require('../common');

assert.strictEqual(String(process), '[object process]');
assert.strictEqual(process.release.name, 'node');
assert.ok(Number(process.versions.node.split('.')[0]) >= 20);
for (const [call, code] of [
  [() => (process.exitCode = 'x'), 'ERR_INVALID_ARG_TYPE'],
  [() => (process.exitCode = 1.5), 'ERR_OUT_OF_RANGE'],
  [() => process.exit('x'), 'ERR_INVALID_ARG_TYPE'],
  [() => process.kill('x'), 'ERR_INVALID_ARG_TYPE'],
  [() => process.kill(process.pid, 'SIGFOO'), 'ERR_UNKNOWN_SIGNAL'],
  [() => process.hrtime(1), 'ERR_INVALID_ARG_TYPE'],
  [() => process.hrtime([1]), 'ERR_OUT_OF_RANGE'],
  [() => process.cpuUsage(1), 'ERR_INVALID_ARG_TYPE'],
  [() => process.cpuUsage({ user: -1, system: 1 }), 'ERR_INVALID_ARG_VALUE'],
  [() => process.umask('x'), 'ERR_INVALID_ARG_VALUE'],
  [() => process.emitWarning(1), 'ERR_INVALID_ARG_TYPE'],
  [() => process.emitWarning('x', 1), 'ERR_INVALID_ARG_TYPE'],
  [() => process.nextTick(1), 'ERR_INVALID_ARG_TYPE'],
  [() => process.setUncaughtExceptionCaptureCallback(1), 'ERR_INVALID_ARG_TYPE'],
]) {
  assert.throws(call, { code }, String(call));
}

process.env.EVENTED_TEST = 5;
assert.strictEqual(process.env.EVENTED_TEST, '5');
delete process.env.EVENTED_TEST;
assert.ok(!('EVENTED_TEST' in process.env));
assert.throws(() => (process.env[Symbol('x')] = 1), TypeError);

const before = process.cpuUsage();
const since = process.cpuUsage(before);
assert.ok(before.user > 0 && since.user >= 0 && since.user <= process.cpuUsage().user);
assert.ok(process.memoryUsage.rss() > 1e6);
assert.ok(process.resourceUsage().userCPUTime > 0);
assert.strictEqual(process.getBuiltinModule('node:assert'), assert);
assert.strictEqual(process.getBuiltinModule('no such'), undefined);

// Timers that keep it alive are told of.
const timer = setTimeout(() => {}, 1e6);
const immediate = setImmediate(() => {});
setTimeout(() => {}, 1e6).unref();
const told = process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate/.test(kind));
assert.deepStrictEqual(told.sort(), ['Immediate', 'Timeout']);
clearTimeout(timer);
clearImmediate(immediate);

// Warnings.
process.once(
  'warning',
  mustCall((warning) => {
    assert.deepStrictEqual(
      [warning.name, warning.message, warning.code, warning.detail],
      ['Kind', 'text', 'CODE', 'more']
    );
    process.noDeprecation = true;
    process.emitWarning('not told', 'DeprecationWarning');
    process.noDeprecation = false;
    process.once(
      'warning',
      mustCall(({ name, code }) => assert.deepStrictEqual([name, code], ['DeprecationWarning', 'DEP1']))
    );
    process.emitWarning('old', 'DeprecationWarning', 'DEP1');
  })
);
process.emitWarning('text', { type: 'Kind', code: 'CODE', detail: 'more' });

// Errors that nothing caught.
const order = [];
process.on('uncaughtExceptionMonitor', (error, origin) => order.push(`monitor ${error.message} ${origin}`));
process.on('uncaughtException', (error, origin) => order.push(`${error.message} ${origin}`));
setTimeout(() => {
  throw new Error('first');
}, 1);
setTimeout(() => {
  process.setUncaughtExceptionCaptureCallback((error) => order.push(`captured ${error.message}`));
  assert.strictEqual(process.hasUncaughtExceptionCaptureCallback(), true);
  assert.throws(() => process.setUncaughtExceptionCaptureCallback(() => {}), {
    code: 'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET',
  });
  throw new Error('second');
}, 5);
process.on('exit', (code) => {
  assert.strictEqual(code, 0);
  assert.deepStrictEqual(order, ['monitor first uncaughtException', 'first uncaughtException', 'captured second']);
});
