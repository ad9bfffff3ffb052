// Sockets of today's net are Duplex streams, over TCP and over UNIX sockets.
const { assert, mustCall, socketPath } = require('../common');
const net = require('node:net');
const { Duplex, Readable, Writable, finished, pipeline } = require('stream');

function each(check) {
  for (const place of [{ port: 0, host: '127.0.0.1' }, { path: socketPath() }]) {
    const run = mustCall(check);
    const server = net.createServer();
    server.listen(place, () => run(server, place.path ? { path: place.path } : { port: server.address().port, host: '127.0.0.1' }));
  }
}

// The classes, and what a new one is.
const fresh = new net.Socket();
assert.ok(fresh instanceof Duplex && fresh instanceof Readable && fresh instanceof Writable);
assert.ok(net.Socket() instanceof net.Socket);
assert.strictEqual(net.Stream, net.Socket);
assert.deepStrictEqual(
  [fresh.readyState, fresh.pending, fresh.connecting, fresh.destroyed, fresh.bytesRead, fresh.bytesWritten],
  ['open', true, false, false, 0, 0]
);
assert.deepStrictEqual(fresh.address(), {});
assert.strictEqual(fresh.bufferSize, undefined);
assert.throws(() => new net.Socket({ objectMode: true }), { code: 'ERR_INVALID_ARG_VALUE' });

// An echo by a pipeline, with more than any buffer holds.
each((server, place) => {
  const size = 2 * 1024 * 1024;
  server.on('connection', mustCall((peer) => {
    assert.ok(peer instanceof Duplex);
    pipeline(peer, peer, mustCall((error) => assert.ok(!error)));
  }));
  const socket = net.connect(place);
  assert.strictEqual(socket.readyState, 'opening');
  assert.strictEqual(socket.write(Buffer.alloc(size, 'a')), false);
  assert.strictEqual(socket.writableLength, size);
  assert.strictEqual(socket.writableNeedDrain, true);
  assert.strictEqual(socket.bytesWritten, size); // what is queued counts
  socket.once('drain', mustCall(() => {
    assert.strictEqual(socket.writableLength, 0);
    socket.end();
  }));
  let got = 0;
  socket.on('data', (data) => (got += data.length));
  finished(socket, mustCall((error) => {
    assert.ok(!error);
    assert.strictEqual(got, size);
    assert.strictEqual(socket.bytesRead, size);
    assert.strictEqual(socket.bytesWritten, size);
    server.close();
  }));
});

// cork gathers; encodings are obeyed.
each((server, place) => {
  server.on('connection', (peer) => {
    let text = '';
    peer.setEncoding('latin1').on('data', (data) => (text += data));
    peer.on('end', mustCall(() => {
      assert.strictEqual(text, 'abcd\xe9\xc3\xa9ef');
      server.close();
    }));
  });
  const socket = net.connect(place, () => {
    socket.cork();
    socket.write('a');
    socket.write(Buffer.from('b'));
    socket.write('Y2Q=', 'base64');
    socket.write('\xe9', 'latin1');
    socket.write('\xe9');
    assert.ok(socket.writableLength > 0);
    assert.strictEqual(socket.bytesWritten, 7);
    socket.uncork();
    socket.write(new Uint8Array([101]));
    socket.end('66', 'hex');
    assert.strictEqual(socket.bytesWritten, 9);
  });
  socket.resume();
});

// 'readable' and read(size); an iterator that is left destroys the socket.
each((server, place) => {
  server.on('connection', (peer) => peer.end('abcdefgh'));
  const socket = net.connect(place);
  const pieces = [];
  socket.on('readable', () => {
    for (let piece = socket.read(3); piece !== null; piece = socket.read(3)) {
      pieces.push(String(piece));
    }
  });
  socket.on('close', mustCall(async () => {
    assert.strictEqual(pieces.join(''), 'abcdefgh');
    const again = net.connect(place);
    for await (const chunk of again) {
      assert.ok(chunk.length > 0);
      break;
    }
    assert.strictEqual(again.destroyed, true);
    server.close();
  }));
});
