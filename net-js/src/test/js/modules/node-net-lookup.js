// How today's sockets find the addresses of a name, and try them.
const { assert, mustCall, mustNotCall } = require('../common');
const net = require('node:net');

const server = net.createServer((peer) => peer.end());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  let left = 5;
  const done = mustCall(() => --left === 0 && server.close(), 5);

  // Both families: the one that does not answer is passed over.
  const both = net.connect({
    port,
    host: 'some.test',
    lookup: mustCall((host, options, callback) => {
      assert.strictEqual(host, 'some.test');
      assert.deepStrictEqual(options, { family: undefined, hints: 32, all: true });
      setImmediate(callback, null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]);
    }),
    autoSelectFamilyAttemptTimeout: 20000,
  });
  const events = [];
  for (const name of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connect']) {
    both.on(name, (...args) => events.push([name, ...args.slice(0, 2)]));
  }
  both.resume().on('close', mustCall(() => {
    assert.deepStrictEqual(events, [
      ['lookup', null, '::1'],
      ['lookup', null, '127.0.0.1'],
      ['connectionAttempt', '::1', port],
      ['connectionAttemptFailed', '::1', port],
      ['connectionAttempt', '127.0.0.1', port],
      ['connect'],
    ]);
    assert.deepStrictEqual(both.autoSelectFamilyAttemptedAddresses, [`::1:${port}`, `127.0.0.1:${port}`]);
    done();
  }));

  // One address.
  const one = net.connect({
    port,
    host: 'some.test',
    family: 4,
    lookup: mustCall((host, options, callback) => {
      assert.strictEqual(options.all, undefined);
      assert.strictEqual(options.family, 4);
      callback(null, '127.0.0.1', 4);
    }),
  });
  one.resume().on('close', done);

  // None, or none that is one.
  const failing = (lookup, check) => {
    const socket = net.connect({ port, host: 'some.test', autoSelectFamily: false, lookup }, mustNotCall('connect'));
    socket.on('error', mustCall(check)).on('close', done);
  };
  failing((host, options, callback) => callback(new Error('no')), (error) => assert.strictEqual(error.message, 'no'));
  failing((host, options, callback) => callback(null, 'zz', 4), (error) => assert.strictEqual(error.code, 'ERR_INVALID_IP_ADDRESS'));

  // The system's own.
  net.connect({ port, host: 'localhost' }).resume().on('lookup', mustCall((error, address, family, host) => {
    assert.ok(!error && net.isIP(address) === family && host === 'localhost');
  }, 1)).on('close', done);
});

// All fail.
net.connect({
  port: 1,
  host: 'some.test',
  autoSelectFamilyAttemptTimeout: 20000,
  lookup: (host, options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }, { address: '127.0.0.2', family: 4 }]),
}).on('error', mustCall((error) => {
  assert.ok(error instanceof AggregateError);
  assert.strictEqual(error.code, 'ECONNREFUSED');
  assert.deepStrictEqual(
    error.errors.map((each) => each.message),
    ['connect ECONNREFUSED 127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.2:1']
  );
}));
