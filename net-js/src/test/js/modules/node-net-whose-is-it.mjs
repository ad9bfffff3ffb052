// Which of the two a name stands for: one's own code gets the specification's, packages and node: get today's.
import assert from 'assert';
import { createRequire } from 'module';
import today, { Socket } from 'node:net';
import specified, { Stream } from 'net';

const require = createRequire(import.meta.url);
assert.notStrictEqual(today, specified);
assert.strictEqual(require('net'), specified);
assert.strictEqual(require('node:net'), today);
assert.strictEqual(require('asks-for-net'), today);
assert.strictEqual(today.Socket, Socket);
assert.strictEqual(specified.Stream, Stream);
assert.strictEqual(typeof Stream.prototype.setSecure, 'function');
assert.strictEqual(Socket.prototype.setSecure, undefined);

// They meet in one program.
const server = specified.createServer((peer) => {
  peer.setEncoding('utf8');
  peer.on('data', (text) => peer.end(`to ${text}`));
});
server.listen(0, '127.0.0.1', () => {
  const socket = today.connect(server.address().port, '127.0.0.1');
  socket.end('today');
  socket.on('data', (data) => assert.strictEqual(String(data), 'to today'));
  socket.on('close', () => server.close());
});
