const { assert, eachWire, mustCall, mustNotCall } = require('../common');
eachWire((wire) => {
  wire.listen((stream) => stream.on(wire.opened, () => stream.end('unheard')), (server) => {
    const client = wire.connect();
    const begun = Date.now();
    client.on('end', mustCall(() => {
      assert.ok(Date.now() - begun >= 1900, 'kept for a while');
      client.on('data', mustNotCall('data'));
    }));
    client.on('close', mustCall((hadError) => {
      assert.strictEqual(hadError, false);
      server.close();
    }));
  });
});
// With nothing kept, the end comes at once.
eachWire((wire) => {
  wire.listen((stream) => stream.on(wire.opened, () => stream.end()), (server) => {
    const client = wire.connect();
    let opened;
    client.on(wire.opened, () => (opened = Date.now()));
    client.on('end', mustCall(() => assert.ok(Date.now() - opened < 1900)));
    client.on('close', mustCall(() => server.close()));
  });
});
