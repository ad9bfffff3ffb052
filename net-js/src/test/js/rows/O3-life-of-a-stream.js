const { assert, eachWire, mustCall, log } = require('../common');
const NAMES = ['connect', 'secure', 'data', 'drain', 'timeout', 'end', 'error', 'close'];
eachWire((wire) => {
  wire.listen((stream) => {
    stream.on('data', (data) => stream.write(data));
  }, (server) => {
    const client = wire.connect();
    const events = log(client, NAMES);
    client.on(wire.opened, () => client.write('one'));
    client.once('data', () => {
      client.setTimeout(20);
      client.once('timeout', () => {
        client.setTimeout(0);
        client.end();
      });
    });
    client.on('close', mustCall(() => {
      const secure = wire.name === 'tls' ? ['secure'] : [];
      const expected = ['connect', ...secure, 'data', 'timeout', 'end', 'close(false)'];
      assert.deepStrictEqual(events, expected, wire.name);
      client.destroy();
      client.resume();
      setTimeout(() => {
        assert.deepStrictEqual(events, expected, 'nothing comes after close');
        server.close();
      }, 30);
    }));
  });
});
