// What the callbacks of write and end are told.
const { assert, mustCall, mustNotCall } = require('../common');
const net = require('node:net');

// Behind one's own end.
const server = net.createServer((peer) => peer.resume().on('error', () => {}));
server.listen(0, '127.0.0.1', mustCall(() => {
  const socket = net.connect(server.address().port, '127.0.0.1', mustCall(() => {
    socket.write('a', mustCall((error) => assert.ok(!error)));
    socket.end('b');
    socket.write('c', mustCall((error) => assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END')));
  }));
  socket.on('error', mustCall((error) => {
    assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END');
    assert.strictEqual(error.message, 'write after end');
  }));
  socket.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, true);
    socket.write('d', mustCall((error) => assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END')));
    server.close();
  }));

  // In time.
  const calm = net.connect(server.address().port, '127.0.0.1');
  calm.end('x', 'utf8', mustCall((error) => {
    assert.ok(!error);
    assert.strictEqual(calm.writableFinished, true);
  }));
}));

// Before it is connected, and then never is.
const early = net.connect(1, '127.0.0.1');
early.write('x', mustCall((error) => assert.strictEqual(error.code, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION')));
early.on('error', mustCall((error) => assert.strictEqual(error.code, 'ECONNREFUSED')));

const destroyed = net.connect(1, '127.0.0.1', mustNotCall('connect'));
destroyed.write('x', mustCall((error) => assert.strictEqual(error.code, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION')));
destroyed.destroy();

// Without connect.
const unconnected = new net.Socket();
unconnected.write('x', mustCall((error) => assert.strictEqual(error.code, 'ERR_SOCKET_CLOSED')));
unconnected.on('error', mustCall((error) => assert.strictEqual(error.code, 'ERR_SOCKET_CLOSED')));

// Behind the peer's end, where this side is to end with it.
const closing = net.createServer((peer) => peer.end());
closing.listen(0, '127.0.0.1', mustCall(() => {
  const socket = net.connect(closing.address().port, '127.0.0.1').resume();
  socket.on('end', mustCall(() => {
    setImmediate(() => {
      assert.strictEqual(socket.write('x', mustCall((error) => assert.strictEqual(error.code, 'EPIPE'))), false);
    });
  }));
  socket.on('error', () => {});
  socket.on('close', mustCall(() => closing.close()));
}));

assert.throws(() => new net.Socket().write(null), { code: 'ERR_STREAM_NULL_VALUES' });
assert.throws(() => new net.Socket().write(5), { code: 'ERR_INVALID_ARG_TYPE' });
