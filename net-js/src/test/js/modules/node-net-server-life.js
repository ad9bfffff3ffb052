// What servers of today's net tell, and when they are closed.
const { assert, mustCall, mustNotCall, socketPath } = require('../common');
const net = require('node:net');

// 'close' comes behind the last connection.
let open = true;
const server = net.createServer((peer) => {
  peer.resume();
  peer.on('end', mustCall(() => (open = false)));
});
server.listen(0, mustCall(() => {
  assert.ok(['IPv6', 'IPv4'].includes(server.address().family));
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.resume();
  server.once('connection', mustCall((peer) => {
    assert.strictEqual(peer.server, server);
    assert.ok(['127.0.0.1', '::ffff:127.0.0.1'].includes(peer.remoteAddress));
    server.getConnections(mustCall((error, count) => assert.deepStrictEqual([error, count], [null, 1])));
    server.close(mustCall((error) => {
      assert.strictEqual(error, undefined);
      assert.strictEqual(open, false);
    }));
    assert.strictEqual(server.listening, false);
    assert.strictEqual(server.address(), null);
    // A second one is told of, and throws nothing.
    assert.strictEqual(server.close(mustCall((error) => assert.strictEqual(error.code, 'ERR_SERVER_NOT_RUNNING'))), server);
    setImmediate(() => socket.end());
  }));
}));

// Listening twice throws; listening again after close does not.
const twice = net.createServer().listen(0);
assert.throws(() => twice.listen(0), { code: 'ERR_SERVER_ALREADY_LISTEN' });
twice.close(mustCall(() => {
  twice.listen(0, '127.0.0.1', mustCall(() => twice.close()));
}));

// Taken places.
const first = net.createServer(mustNotCall('connection')).listen(0, '127.0.0.1', mustCall(() => {
  const { port } = first.address();
  const second = net.createServer().listen(port, '127.0.0.1', mustNotCall('listening'));
  second.on('error', mustCall((error) => {
    assert.strictEqual(error.message, `listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
    assert.deepStrictEqual(
      [error.code, error.errno, error.syscall, error.address, error.port],
      ['EADDRINUSE', -98, 'listen', '127.0.0.1', port]
    );
    assert.strictEqual(second.listening, false);
    first.close();
  }));
}));
const path = socketPath();
const unix = net.createServer(mustNotCall('connection')).listen({ path, readableAll: true, writableAll: true }, mustCall(() => {
  assert.strictEqual(unix.address(), path);
  assert.strictEqual(require('fs').statSync(path).mode & 0o666, 0o666);
  net.createServer().listen(path).on('error', mustCall((error) => {
    assert.strictEqual(error.message, `listen EADDRINUSE: address already in use ${path}`);
    assert.strictEqual(error.port, -1);
    unix.close();
  }));
}));

// No more than so many; the others are dropped.
const small = net.createServer(mustCall((peer) => peer.resume()));
small.maxConnections = 1;
small.on('drop', mustCall((fact) => {
  assert.deepStrictEqual([fact.localPort, fact.remoteFamily], [small.address().port, 'IPv4']);
}));
small.listen(0, '127.0.0.1', () => {
  const served = net.connect(small.address().port, '127.0.0.1', () => {
    const dropped = net.connect(small.address().port, '127.0.0.1').resume();
    dropped.on('error', () => {});
    dropped.on('close', mustCall(() => {
      served.end();
      small.close();
    }));
  });
  served.resume();
});

// A signal.
const controller = new AbortController();
const aborted = net.createServer().listen({ port: 0, signal: controller.signal }, () => controller.abort());
aborted.on('close', mustCall());
