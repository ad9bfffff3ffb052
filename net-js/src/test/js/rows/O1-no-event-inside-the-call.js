const { assert, net, eachWire, mustCall, mustNotCall, refusedPort } = require('../common');
refusedPort(mustCall((port) => {
  let inside = true;
  const outside = mustCall(() => assert.strictEqual(inside, false), 2);
  const client = net.createConnection(port, '127.0.0.1');
  client.on('error', outside);
  client.on('close', outside);
  inside = false;
}));
eachWire((wire) => {
  let calling = true;
  wire.listen((stream) => {
    // 'secure' is heard also by who listens after setSecure, in the same turn.
    stream.on(wire.opened, () => stream.end());
    stream.on('error', () => {}); // of the stillborn one
  }, mustCall((server) => {
    assert.strictEqual(calling, false);
    let connecting = true;
    const client = wire.connect();
    client.on('connect', mustCall(() => assert.strictEqual(connecting, false)));
    client.on(wire.opened, mustCall());
    connecting = false;
    client.on('close', mustCall(() => {
      let closing = true;
      server.close();
      server.on('close', mustCall(() => assert.strictEqual(closing, false)));
      closing = false;
    }));
    // Destroyed in the turn in which it was created: 'close' and nothing else.
    const stillborn = wire.connect();
    stillborn.destroy();
    stillborn.on('connect', mustNotCall('connect'));
    stillborn.on('close', mustCall((hadError) => assert.strictEqual(hadError, false)));
  }));
  calling = false;
});
