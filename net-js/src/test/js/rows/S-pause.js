const { assert, net, listen, mustCall, mustNotCall } = require('../common');
assert.throws(() => net.createServer().pause(10), /Not running/);
assert.throws(() => net.createServer().pause(-1), RangeError);
listen((stream) => stream.end('hello'), (port, server) => {
  const begun = Date.now();
  assert.strictEqual(server.pause(200), server);
  const client = net.createConnection(port, '127.0.0.1');
  client.setEncoding('utf8');
  let connected = false;
  client.on('connect', mustCall(() => {
    connected = true; // by the kernel, which queues it
  }));
  client.on('data', mustCall((text) => {
    assert.ok(connected);
    assert.strictEqual(text, 'hello');
    assert.ok(Date.now() - begun >= 195);
  }));
  client.on('error', mustNotCall('error'));
  client.on('close', mustCall(() => server.close()));
});
