const { assert, eachWire, mustCall } = require('../common');
eachWire((wire) => {
  const kept = [];
  wire.listen((stream) => kept.push(stream), (server) => {
    assert.strictEqual(server.maxConnections, undefined);
    server.maxConnections = 2;
    assert.strictEqual(server.maxConnections, 2);
    server.on('drop', mustCall((drop) => {
      if (wire.name !== 'unix') {
        assert.strictEqual(drop.localPort, server.address().port);
        assert.strictEqual(drop.localAddress, '127.0.0.1');
        assert.ok(drop.remotePort > 0);
        assert.strictEqual(drop.remoteAddress, '127.0.0.1');
      }
      assert.strictEqual(server.connections, 2);
      kept[0].on('close', mustCall(() => {
        assert.strictEqual(server.connections, 1);
        const next = wire.connect();
        server.once('connection', mustCall((stream) => {
          assert.strictEqual(server.connections, 2);
          server.close();
          kept.concat(stream).forEach((one) => one.destroy());
        }));
        next.on('error', () => {});
      }));
      kept[0].destroy();
    }));
    server.on('connection', mustCall(() => {
      if (kept.length === 2) {
        // One too many: accepted, and closed at once.
        wire.connect().on('error', () => {}).on('close', mustCall());
      }
    }, 3));
    for (let i = 0; i < 2; i++) {
      wire.connect().on('error', () => {});
    }
  });
}, ['tcp', 'unix']);
