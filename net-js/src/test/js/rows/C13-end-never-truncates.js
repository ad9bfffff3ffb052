const { assert, eachWire, collect, mustCall } = require('../common');
const size = 3 * 1024 * 1024;
eachWire((wire) => {
  const paused = [];
  wire.listen((stream) => {
    paused.push(stream.pause()); // what the client says is never read
    stream.on(wire.opened, () => stream.end(Buffer.alloc(size, 'x')));
    stream.on('error', (error) => assert.fail(error));
  }, (server) => {
    const client = wire.connect();
    client.on(wire.opened, () => client.write('never read'));
    collect(client, mustCall((all) => assert.strictEqual(all.length, size)));
    client.on('close', mustCall((hadError) => {
      assert.strictEqual(hadError, false);
      paused[0].destroy();
      server.close();
    }));
  });
});
