const { assert, net, mustCall, mustNotCall } = require('../common');
assert.throws(() => new net.Stream({ fd: -1 }), RangeError);
assert.throws(() => new net.Stream({ fd: '3' }), TypeError);
const stream = new net.Stream({ fd: 9999, type: 'tcp4', allowHalfOpen: true });
assert.strictEqual(stream.allowHalfOpen, true);
stream.on('connect', mustNotCall('connect'));
stream.on('error', mustCall((error) => {
  assert.ok(error.code === 'EBADF' || error.code === 'EOPNOTSUPP', error.code);
  assert.match(error.message, /adopt/);
}));
stream.on('close', mustCall((hadError) => assert.strictEqual(hadError, true)));
