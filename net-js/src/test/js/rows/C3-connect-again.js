const { assert, net, eachWire, mustCall } = require('../common');
eachWire((wire) => {
  wire.listen((stream) => stream.end('x'), (server) => {
    const client = new net.Stream();
    let lives = 0;
    client.on('data', mustCall(() => {}, 2));
    client.on('connect', mustCall(() => assert.throws(() => wire.connect(client), /already open/), 2));
    client.on('close', mustCall(() => {
      assert.strictEqual(client.readyState, 'closed');
      assert.strictEqual(client.destroyed, true);
      if (++lives === 1) {
        wire.connect(client);
        assert.strictEqual(client.destroyed, false);
      } else {
        server.close();
      }
    }, 2));
    wire.connect(client);
    assert.throws(() => wire.connect(client), /already opening/);
  });
}, ['tcp', 'unix']);
