// What keeps a program alive: a socket that reads does, one that is paused does not.
const { assert, mustCall } = require('../common');
const net = require('node:net');

let paused = 0;
const server = net.createServer({ pauseOnConnect: true }, () => paused++);
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', mustCall(() => {
    socket.pause();
    paused++;
    server.unref();
  }));
});

const unreferenced = net.createServer((peer) => peer.unref()).unref();
unreferenced.listen(0, mustCall(() => {
  net.connect(unreferenced.address().port, '127.0.0.1').unref().resume();
}));

process.on('exit', () => assert.strictEqual(paused, 2));
