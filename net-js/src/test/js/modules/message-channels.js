const assert = require('assert');
const { mustCall, mustNotCall } = require('../common');

const { port1, port2 } = new MessageChannel();
const order = [];
port1.postMessage('early');
port2.on('message', (value) => {
  order.push(value);
  if (value === 'last') {
    port2.close();
  } else if (value === 'early') {
    assert.deepStrictEqual(order, ['early']);
    port1.postMessage(2);
    port1.postMessage('last');
    assert.deepStrictEqual(order, ['early']); // not within the call
  }
});
port1.on('close', mustCall());
port2.on(
  'close',
  mustCall(() => assert.deepStrictEqual(order, ['early', 2, 'last']))
);

const plain = new MessageChannel();
plain.port1.onmessage = mustCall((event) => {
  assert.ok(event instanceof MessageEvent);
  assert.strictEqual(event.data, 'text');
  plain.port1.close();
});
plain.port2.postMessage('text');
assert.throws(() => plain.port2.postMessage(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => new MessagePort(), TypeError);

// One that nobody listens to, or that is unreferenced, does not keep the program alive.
new MessageChannel().port1.start();
const idle = new MessageChannel();
idle.port1.on('message', mustNotCall('nothing was sent')).unref();

const one = new BroadcastChannel('news');
const other = new BroadcastChannel('news');
const elsewhere = new BroadcastChannel('weather');
one.onmessage = mustNotCall('who says it does not hear it');
elsewhere.onmessage = mustNotCall('of another name');
elsewhere.unref();
other.onmessage = mustCall((event) => {
  assert.strictEqual(event.data, 'said');
  one.close();
  other.close();
  assert.throws(() => one.postMessage('closed'), { name: 'InvalidStateError' });
});
one.postMessage('said');
