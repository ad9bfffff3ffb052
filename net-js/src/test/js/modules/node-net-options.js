// Options of sockets and servers of today's net.
const { assert, mustCall, mustNotCall } = require('../common');
const net = require('node:net');

// What arrives goes into a buffer of one's own.
const digits = net.createServer((peer) => peer.end('0123456789'.repeat(3)));
digits.listen(0, '127.0.0.1', () => {
  const buffer = Buffer.alloc(8);
  let text = '';
  let stopped = false;
  const socket = net.connect({
    port: digits.address().port,
    host: '127.0.0.1',
    onread: {
      buffer,
      callback(count, given) {
        assert.strictEqual(given, buffer);
        text += given.toString('latin1', 0, count);
        if (text.length >= 16 && !stopped) {
          stopped = true;
          setImmediate(() => socket.resume());
          return false;
        }
        return true;
      },
    },
  });
  socket.on('data', mustNotCall('data'));
  socket.on('close', mustCall(() => {
    assert.strictEqual(text, '0123456789'.repeat(3));
    digits.close();
  }));
});

// Paused from the beginning; sizes of buffers.
const paused = net.createServer({ pauseOnConnect: true, highWaterMark: 1000, noDelay: true, keepAlive: true }, mustCall((peer) => {
  assert.strictEqual(peer.isPaused(), true);
  assert.strictEqual(peer.readableHighWaterMark, 1000);
  assert.strictEqual(peer.writableHighWaterMark, 1000);
  let resumed = false;
  peer.on('data', mustCall(() => assert.ok(resumed)));
  peer.on('end', mustCall(() => paused.close()));
  setImmediate(() => {
    resumed = true;
    peer.resume();
  });
}));
paused.listen(0, '127.0.0.1', () => net.connect(paused.address().port, '127.0.0.1').end('hello'));

// From an address of this end's.
const seen = net.createServer(mustCall((peer) => {
  assert.strictEqual(peer.remoteAddress, '127.0.0.2');
  peer.end();
}));
seen.listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: seen.address().port, host: '127.0.0.1', localAddress: '127.0.0.2' });
  socket.on('connect', mustCall(() => assert.strictEqual(socket.localAddress, '127.0.0.2')));
  socket.resume().on('close', mustCall(() => seen.close()));
});

// Options reach the handle when they change, and not before there is one.
const calls = [];
const handle = {
  setNoDelay: (on) => calls.push(['noDelay', on]),
  setKeepAlive: (on, seconds) => calls.push(['keepAlive', on, seconds]),
  readStart() {},
};
const socket = new net.Socket({ handle });
socket.setNoDelay();
socket.setNoDelay(true);
socket.setNoDelay(false);
socket.setKeepAlive(true, 1500);
socket.setKeepAlive(true, 1999);
socket.setKeepAlive(false);
assert.deepStrictEqual(calls, [
  ['noDelay', true], ['noDelay', false], ['keepAlive', true, 1], ['keepAlive', false, 0],
]);

// A signal destroys.
const controller = new AbortController();
const quiet = net.createServer((peer) => peer.resume().on('error', () => {})).listen(0, '127.0.0.1', () => {
  const aborted = net.connect({ port: quiet.address().port, host: '127.0.0.1', signal: controller.signal }, () => controller.abort());
  aborted.on('error', mustCall((error) => assert.deepStrictEqual([error.name, error.code], ['AbortError', 'ABORT_ERR'])));
  aborted.on('close', mustCall(() => quiet.close()));
});
// A port that is shared, and :: without IPv4; the second takes an option of the JVM on one transport.
const shared = net.createServer().listen({ port: 0, host: '127.0.0.1', reusePort: true }, mustCall(() => {
  const other = net.createServer();
  other.listen({ port: shared.address().port, host: '127.0.0.1', reusePort: true }, mustCall(() => {
    shared.close();
    other.close();
  }));
}));
const six = net.createServer(mustNotCall('connection'));
six.listen({ port: 0, host: '::', ipv6Only: true }, () => {
  net.connect(six.address().port, '127.0.0.1').on('error', mustCall((error) => {
    assert.strictEqual(error.code, 'ECONNREFUSED');
    six.close();
  }));
});
six.on('error', (error) => assert.ok(['EOPNOTSUPP', 'EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(error.code)));
