// Half-open connections, destroySoon, RST, connecting again.
const { assert, mustCall, mustNotCall, socketPath } = require('../common');
const net = require('node:net');

// Both sides half open: the server answers behind the client's end.
const patient = net.createServer({ allowHalfOpen: true }, mustCall((peer) => {
  let text = '';
  peer.on('data', (data) => (text += data));
  peer.on('end', mustCall(() => {
    assert.strictEqual(peer.readyState, 'writeOnly');
    setImmediate(() => peer.end(`got ${text}`));
  }));
}));
patient.listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: patient.address().port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end('hello');
  socket.on('data', mustCall((data) => {
    assert.strictEqual(String(data), 'got hello');
    assert.strictEqual(socket.readyState, 'readOnly');
  }));
  socket.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, false);
    patient.close();
  }));
});

// destroySoon sends what is written; then the same socket connects again.
const soon = net.createServer((peer) => {
  let text = '';
  peer.on('data', (data) => (text += data));
  peer.on('end', mustCall(() => assert.strictEqual(text.length, 100000), 1));
  peer.on('error', () => {});
});
soon.listen(0, '127.0.0.1', () => {
  const socket = net.connect(soon.address().port, '127.0.0.1');
  socket.once('connect', () => {
    socket.write('x'.repeat(100000));
    socket.destroySoon();
  });
  socket.once('close', mustCall(() => {
    assert.strictEqual(socket.writableFinished, true);
    socket.connect(soon.address().port, '127.0.0.1', mustCall(() => {
      assert.strictEqual(socket.readyState, 'open');
      assert.strictEqual(socket.destroyed, false);
      socket.write('x'.repeat(100000));
      socket.end();
    }));
    socket.once('close', mustCall(() => soon.close()));
    socket.resume();
  }));
});

// A reset.
const reset = net.createServer(mustCall((peer) => {
  peer.on('error', mustCall((error) => {
    assert.deepStrictEqual(
      [error.message, error.code, error.syscall, error.errno],
      ['read ECONNRESET', 'ECONNRESET', 'read', -104]
    );
  }));
  peer.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, true);
    reset.close();
  }));
  peer.on('end', mustNotCall('end'));
  peer.resume();
  peer.write('x');
}));
reset.listen(0, '127.0.0.1', () => {
  const socket = net.connect(reset.address().port, '127.0.0.1');
  socket.on('data', mustCall(() => assert.strictEqual(socket.resetAndDestroy(), socket)));
  socket.on('error', mustNotCall('error'));
  socket.on('close', mustCall((hadError) => assert.strictEqual(hadError, false)));
});
const idle = new net.Socket();
idle.resetAndDestroy();
idle.on('error', mustCall((error) => assert.strictEqual(error.code, 'ERR_SOCKET_CLOSED')));
const path = socketPath();
const unix = net.createServer((peer) => {
  peer.resume();
  unix.close(); // and not before it is accepted: the kernel resets what waits for that
});
unix.listen(path, () => {
  const socket = net.connect(path, mustCall(() => {
    assert.throws(() => socket.resetAndDestroy(), { code: 'ERR_INVALID_HANDLE_TYPE' });
    socket.end();
  }));
  socket.resume();
});
