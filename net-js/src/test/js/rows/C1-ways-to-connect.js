const { assert, net, mustCall, socketPath } = require('../common');
const server = net.createServer((stream) => stream.end());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const ways = [
    () => net.createConnection(port),
    () => net.createConnection(String(port)),
    () => net.createConnection(port, 'localhost'),
    () => net.createConnection({ port, host: '127.0.0.1' }),
    () => net.connect(port, '127.0.0.1', mustCall()),
    () => new net.Stream().connect(port, '127.0.0.1'),
    () => net.Stream().connect(port),
    () => new net.Socket().connect({ port }),
  ];
  let left = ways.length;
  for (const way of ways) {
    const client = way();
    assert.strictEqual(client.readyState, 'opening');
    client.on('connect', mustCall());
    client.on('close', mustCall(() => {
      if (--left === 0) {
        server.close();
      }
    }));
  }
});
const path = socketPath();
const unix = net.createServer((stream) => stream.end());
unix.listen(path, () => {
  net.createConnection(path).on('connect', mustCall()).on('close', mustCall(() => unix.close()));
});
