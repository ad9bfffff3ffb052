const { assert, eachWire, mustCall, mustNotCall } = require('../common');
eachWire((wire) => {
  let accepted;
  wire.listen((stream) => {
    accepted = stream;
    stream.on(wire.opened, () => {
      const address = server.address();
      assert.strictEqual(server.close(), server);
      server.on('close', mustCall(() => {
        assert.strictEqual(server.address(), null);
        assert.strictEqual(server.connections, 1);
        const late = wire.name === 'unix' ? stranger.connect(address) : stranger.connect(address.port, '127.0.0.1');
        late.on('connect', mustNotCall('connect'));
        late.on('error', mustCall((error) => {
          assert.strictEqual(error.code, wire.name === 'unix' ? 'ENOENT' : 'ECONNREFUSED');
          accepted.end('still here');
        }));
      }));
    });
  }, () => {
    const client = wire.connect();
    client.setEncoding('utf8');
    client.on('data', mustCall((text) => assert.strictEqual(text, 'still here')));
  });
  const server = wire.server;
  const stranger = new (require('net').Stream)();
});
