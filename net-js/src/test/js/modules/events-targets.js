const assert = require('assert');
const { mustCall, mustNotCall } = require('../common');

const target = new EventTarget();
const order = [];
const listener = (event) => order.push(event.type);
target.addEventListener('x', listener);
target.addEventListener('x', listener); // no second time
target.addEventListener('x', listener, true); // but for the other phase
target.addEventListener('x', { handleEvent: (event) => order.push(event.target === target) });
target.addEventListener('x', () => order.push('once'), { once: true });
assert.strictEqual(target.dispatchEvent(new Event('x')), true);
assert.deepStrictEqual(order.splice(0), ['x', 'x', true, 'once']);
target.removeEventListener('x', listener);
target.removeEventListener('x', listener, { capture: true });
target.dispatchEvent(new Event('x'));
assert.deepStrictEqual(order, [true]);

const event = new Event('y', { cancelable: true });
assert.deepStrictEqual([event.isTrusted, event.bubbles, event.composed, event.cancelable], [false, false, false, true]);
assert.deepStrictEqual([event.target, event.eventPhase, event.composedPath()], [null, Event.NONE, []]);
target.addEventListener(
  'y',
  mustCall((got) => {
    assert.strictEqual(got, event);
    assert.deepStrictEqual(event.composedPath(), [target]);
    assert.strictEqual(event.eventPhase, Event.AT_TARGET);
    event.preventDefault();
    event.stopImmediatePropagation();
  })
);
target.addEventListener('y', mustNotCall('behind the stop'));
assert.strictEqual(target.dispatchEvent(event), false);
assert.strictEqual(event.defaultPrevented, true);
assert.strictEqual(event.returnValue, false);
assert.strictEqual(new CustomEvent('z', { detail: 7 }).detail, 7);
assert.strictEqual(new CustomEvent('z').detail, null);
assert.strictEqual(Object.prototype.toString.call(event), '[object Event]');

const controller = new AbortController();
target.addEventListener('s', mustNotCall('removed by its signal'), { signal: controller.signal });
controller.abort();
target.dispatchEvent(new Event('s'));

class Own extends EventTarget {}
const own = new Own();
own.addEventListener('x', function () {
  assert.strictEqual(this, own);
  assert.throws(() => own.dispatchEvent(again), { code: 'ERR_EVENT_RECURSION' });
});
const again = new Event('x');
own.dispatchEvent(again);

assert.throws(() => new Event(), { code: 'ERR_MISSING_ARGS', message: 'The "type" argument must be specified' });
assert.throws(() => target.addEventListener('x'), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => target.addEventListener('x', 'text'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => target.dispatchEvent({ type: 'x' }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => target.addEventListener.call({}, 'x', () => {}), { code: 'ERR_INVALID_THIS' });

// What a listener throws is an uncaught exception, and stops no other one.
const failing = new EventTarget();
failing.addEventListener('x', () => {
  throw new Error('in a listener');
});
failing.addEventListener('x', mustCall());
process.once('uncaughtException', mustCall((error) => assert.strictEqual(error.message, 'in a listener')));
failing.dispatchEvent(new Event('x'));

const exception = new DOMException('message', 'AbortError');
assert.ok(exception instanceof Error);
assert.deepStrictEqual([exception.name, exception.message, exception.code], ['AbortError', 'message', 20]);
assert.strictEqual(DOMException.DATA_CLONE_ERR, 25);
assert.strictEqual(new DOMException('m', { name: 'N', cause: 1 }).cause, 1);
assert.match(exception.stack, /^AbortError: message\n/);
assert.strictEqual(String(exception), 'AbortError: message');
