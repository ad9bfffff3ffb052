const { assert, net, listen, mustCall } = require('../common');
listen((stream) => stream.end('x'), (port, server) => {
  const client = new net.Stream();
  let lives = 0;
  client.on('data', mustCall(() => {}, 2));
  client.on('connect', mustCall(() => assert.throws(() => client.connect(port), /already open/), 2));
  client.on('close', mustCall(() => {
    assert.strictEqual(client.readyState, 'closed');
    if (++lives === 1) {
      client.connect(port, '127.0.0.1');
    } else {
      server.close();
    }
  }, 2));
  client.connect(port, '127.0.0.1');
  assert.throws(() => client.connect(port, '127.0.0.1'), /already opening/);
});
