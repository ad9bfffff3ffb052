const { assert, net, eachWire, collect, mustCall } = require('../common');
eachWire((wire) => {
  wire.listen((stream) => {
    assert.strictEqual(stream.allowHalfOpen, true);
    stream.on('end', mustCall(() => {
      assert.strictEqual(stream.readyState, 'writeOnly');
      assert.strictEqual(stream.readable, false);
      assert.strictEqual(stream.writable, true);
      setTimeout(() => {
        assert.strictEqual(stream.readyState, 'writeOnly');
        stream.end('later');
      }, 20);
    }));
    stream.on('close', mustCall());
  }, (server) => {
    const client = wire.connect(new net.Stream({ allowHalfOpen: false }));
    collect(client, mustCall((all) => assert.strictEqual(String(all), 'later')));
    client.on(wire.opened, () => client.end());
    client.on('close', mustCall(() => server.close()));
  }, { allowHalfOpen: true });
});
