const { assert, net, listen, mustCall } = require('../common');
const kept = [];
listen((stream) => kept.push(stream), (port, server) => {
  assert.strictEqual(server.maxConnections, undefined);
  server.maxConnections = 2;
  assert.strictEqual(server.maxConnections, 2);
  server.on('drop', mustCall((drop) => {
    assert.strictEqual(drop.localPort, port);
    assert.ok(drop.remotePort > 0);
    assert.strictEqual(server.connections, 2);
    kept[0].on('close', mustCall(() => {
      assert.strictEqual(server.connections, 1);
      const next = net.createConnection(port, '127.0.0.1');
      server.once('connection', mustCall((stream) => {
        assert.strictEqual(server.connections, 2);
        server.close();
        kept.concat(stream).forEach((one) => one.destroy());
      }));
      next.on('error', () => {});
    }));
    kept[0].destroy();
  }));
  let open = 0;
  for (let i = 0; i < 2; i++) {
    const client = net.createConnection(port, '127.0.0.1');
    client.on('error', () => {});
    client.on('connect', () => {
      if (++open === 2) {
        net.createConnection(port, '127.0.0.1').on('error', () => {}).on('close', mustCall());
      }
    });
  }
});
