const { assert, eachWire, mustCall } = require('../common');
eachWire((wire) => {
  const order = [];
  wire.listen((stream) => {
    order.push('begin');
    stream.on('connect', () => order.push('connect'));
    process.nextTick(() => order.push('tick'));
    order.push('end');
  }, (server) => {
    const client = wire.connect();
    client.on(wire.opened, () => client.end());
    client.on('close', mustCall(() => {
      assert.deepStrictEqual(order, ['begin', 'end', 'tick', 'connect']);
      server.close();
    }));
  });
});
