const { assert, net, listen, collect, mustCall } = require('../common');
const size = 3 * 1024 * 1024;
let paused;
listen((stream) => {
  paused = stream;
  stream.pause();
  stream.end(Buffer.alloc(size, 'x'));
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  client.write('never read');
  collect(client, mustCall((all) => assert.strictEqual(all.length, size)));
  client.on('close', mustCall(() => {
    paused.destroy();
    server.close();
  }));
});
