const { assert, eachWire, collect, mustCall } = require('../common');
eachWire((wire) => {
  wire.listen((stream) => {
    stream.on('end', mustCall(() => stream.write('goodbye')));
    stream.on('close', mustCall((hadError) => assert.strictEqual(hadError, false)));
  }, (server) => {
    const client = wire.connect();
    collect(client, mustCall((all) => assert.strictEqual(String(all), 'goodbye')));
    client.on(wire.opened, () => client.end());
    client.on('close', mustCall(() => server.close()));
  });
});
