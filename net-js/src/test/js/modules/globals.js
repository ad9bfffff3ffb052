const assert = require('assert');
assert.strictEqual(global, globalThis);
assert.ok(__filename.endsWith('globals.js'));
assert.strictEqual(__dirname, require('path').dirname(__filename));
assert.strictEqual(module.exports, exports);
assert.strictEqual(this, exports);
assert.strictEqual(require.main, module);
assert.strictEqual(typeof print, 'undefined');
assert.strictEqual(typeof load, 'undefined');
assert.strictEqual(typeof Java, 'undefined');
assert.strictEqual(typeof Polyglot, 'undefined');
assert.strictEqual(new TextDecoder().decode(new TextEncoder().encode('\u20ac')), '\u20ac');
const order = [];
setImmediate(() => order.push('immediate'));
setTimeout(() => order.push('timeout'), 300);
Promise.resolve().then(() => order.push('promise'));
queueMicrotask(() => order.push('microtask'));
process.nextTick((a) => order.push(a), 'tick');
order.push('sync');
const cancelled = setTimeout(() => assert.fail('cancelled'), 1);
clearTimeout(cancelled);
const byNumber = setTimeout(() => assert.fail('cancelled by number'), 1);
clearTimeout(+byNumber);
clearImmediate(setImmediate(() => assert.fail('cancelled')));
let ticks = 0;
const interval = setInterval(() => {
  if (++ticks === 3) {
    clearInterval(interval);
  }
}, 1);
assert.strictEqual(interval.hasRef(), true);
process.on('exit', () => {
  assert.strictEqual(ticks, 3);
  assert.deepStrictEqual(order, ['sync', 'tick', 'promise', 'microtask', 'immediate', 'timeout']);
});
