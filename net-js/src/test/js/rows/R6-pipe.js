const { assert, net, listen, collect, mustCall } = require('../common');
const size = 2000000;
listen((stream) => {
  assert.strictEqual(stream.pipe(stream), stream);
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  collect(client, mustCall((all) => assert.strictEqual(all.length, size)));
  client.end(Buffer.alloc(size, 'p'));
  client.on('close', mustCall(() => server.close()));
});
