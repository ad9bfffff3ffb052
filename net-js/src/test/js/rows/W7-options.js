const { assert, net, listen, socketPath, mustCall } = require('../common');
const fs = require('fs');

/** Whether the kernel runs a keep-alive timer for the socket with this port on its own side; Linux tells. */
function keepsAlive(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const row = fs.readFileSync('/proc/net/tcp', 'utf8').split('\n').find((line) => line.includes(`: 0100007F:${hex} `));
  return row.trim().split(/\s+/)[5].startsWith('02:');
}
const linux = fs.existsSync('/proc/net/tcp');

listen((stream) => {
  assert.strictEqual(stream.setNoDelay(), stream);
  assert.strictEqual(stream.setKeepAlive(true, 1000), stream);
  stream.setNoDelay(false).setKeepAlive();
  stream.on('data', () => stream.end());
}, (port, server) => {
  const client = new net.Stream();
  client.setNoDelay(true);
  client.setKeepAlive(true, 2000);
  client.connect(port, '127.0.0.1');
  client.on('connect', mustCall(() => {
    if (linux) {
      assert.strictEqual(keepsAlive(client.localPort), true, 'what was set before connect is kept');
      client.setKeepAlive(false);
      assert.strictEqual(keepsAlive(client.localPort), false);
      client.setKeepAlive(true, 5000);
      assert.strictEqual(keepsAlive(client.localPort), true);
    }
    client.write('x');
  }));
  client.on('close', mustCall(() => server.close()));
  assert.throws(() => client.setKeepAlive(true, 'soon'), TypeError);
  assert.throws(() => client.setKeepAlive(true, -1), RangeError);
});
const path = socketPath();
const unix = net.createServer((stream) => stream.setNoDelay().setKeepAlive(true, 10).end());
unix.listen(path, () => net.createConnection(path).on('close', mustCall(() => unix.close())));
