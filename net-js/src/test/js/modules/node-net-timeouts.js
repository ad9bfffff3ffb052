// Idle time of today's sockets.
const { assert, mustCall, mustNotCall } = require('../common');
const net = require('node:net');

// One that is never connected is idle too.
const alone = new net.Socket();
assert.strictEqual(alone.setTimeout(5, mustCall(function () {
  assert.strictEqual(this, alone);
  alone.destroy();
})), alone);
assert.strictEqual(alone.timeout, 5);

// 0 switches it off, and takes the listener away.
const off = new net.Socket();
const listener = mustNotCall('timeout');
off.setTimeout(5, listener);
off.setTimeout(0, listener);
assert.strictEqual(off.listenerCount('timeout'), 0);

// It comes once for each idle time, the next only when something has happened.
const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: server.address().port, host: '127.0.0.1', timeout: 20 });
  let count = 0;
  socket.on('timeout', mustCall(() => {
    count++;
    assert.strictEqual(socket.destroyed, false);
    if (count === 1) {
      socket.write('x');
    } else {
      socket.end();
      server.close();
    }
  }, 2));
  socket.resume();
  socket.on('end', () => socket.setTimeout(0));
});

// It keeps no program alive by itself: 'alone' needs someone who waits.
const waiting = setInterval(() => {
  if (alone.destroyed) {
    clearInterval(waiting);
  }
}, 5);
