// What a listener throws is an uncaught exception, and its socket lives on.
const { assert, mustCall } = require('../common');
const net = require('node:net');

let socket;
let thrown = 0;
process.on('uncaughtException', mustCall((error) => {
  assert.strictEqual(error.message, 'by a listener');
  if (++thrown === 2) {
    assert.strictEqual(socket.destroyed, false);
    socket.end('still here');
  }
}, 2));
const server = net.createServer((peer) => {
  let text = '';
  peer.on('data', (data) => (text += data));
  peer.on('end', mustCall(() => {
    assert.strictEqual(text, 'ystill here');
    server.close();
  }));
  peer.once('data', () => {
    throw new Error('by a listener');
  });
});
server.listen(0, '127.0.0.1', () => {
  socket = net.connect(server.address().port, '127.0.0.1');
  socket.once('ready', () => {
    socket.write('y');
    throw new Error('by a listener');
  });
});
