const { assert, net, listen, socketPath, mustCall } = require('../common');
listen((stream) => {
  assert.strictEqual(stream.setNoDelay(), stream);
  assert.strictEqual(stream.setKeepAlive(true, 1000), stream);
  stream.setNoDelay(false).setKeepAlive().end();
}, (port, server) => {
  const client = new net.Stream();
  client.setNoDelay(true);
  client.setKeepAlive(true, 2000);
  client.connect(port, '127.0.0.1');
  client.on('close', mustCall(() => server.close()));
  assert.throws(() => client.setKeepAlive(true, 'soon'), TypeError);
});
const path = socketPath();
const unix = net.createServer((stream) => stream.setNoDelay().end());
unix.listen(path, () => net.createConnection(path).on('close', mustCall(() => unix.close())));
