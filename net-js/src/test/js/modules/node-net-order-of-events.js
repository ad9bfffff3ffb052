// The order in which today's sockets and servers tell what happens.
const { assert, mustCall, mustNotCall } = require('../common');
const net = require('node:net');

const NAMES = ['lookup', 'connectionAttempt', 'connect', 'ready', 'data', 'end', 'prefinish', 'finish', 'error', 'close'];

function note(socket) {
  const log = [];
  for (const name of NAMES) {
    socket.on(name, (argument) => log.push(name === 'close' ? `close(${argument})` : name));
  }
  return log;
}

// A whole life.
const server = net.createServer((peer) => peer.end('bye'));
server.on('connection', (peer) => peer.on('end', mustCall(() => assert.strictEqual(peer.destroyed, false))));
server.listen(0, '127.0.0.1', mustCall(() => {
  const socket = net.connect({ port: server.address().port, host: 'localhost', family: 4 });
  const log = note(socket);
  assert.deepStrictEqual([socket.readyState, socket.connecting, socket.pending], ['opening', true, true]);
  socket.on('connect', mustCall(() => {
    assert.deepStrictEqual([socket.readyState, socket.connecting, socket.pending], ['open', false, false]);
    assert.strictEqual(socket.remoteFamily, 'IPv4');
    assert.strictEqual(socket.localFamily, 'IPv4');
    assert.strictEqual(socket.remotePort, server.address().port);
    assert.deepStrictEqual(socket.address(), { address: '127.0.0.1', family: 'IPv4', port: socket.localPort });
  }));
  socket.on('end', mustCall(() => assert.strictEqual(socket.destroyed, false)));
  socket.on('close', mustCall(() => {
    assert.strictEqual(socket.destroyed, true);
    assert.strictEqual(socket.readyState, 'closed');
    assert.deepStrictEqual(log, [
      'lookup', 'connectionAttempt', 'connect', 'ready', 'data', 'end', 'prefinish', 'finish', 'close(false)',
    ]);
    server.close();
  }));
}));
const everywhere = net.createServer().listen(0, mustCall(() => everywhere.close()));
assert.strictEqual(everywhere.listening, true); // at once, and its address is known
assert.ok(everywhere.address().port > 0);

// Nothing is emitted inside the call.
const refused = net.connect(1, '127.0.0.1');
const refusedLog = note(refused);
assert.deepStrictEqual(refusedLog, []);
refused.on('close', mustCall(() => assert.deepStrictEqual(refusedLog, ['connectionAttempt', 'error', 'close(true)'])));

// One that has never connected says nothing of errors.
const never = new net.Socket();
never.destroy();
assert.strictEqual(never.destroyed, true);
never.on('close', mustCall((hadError) => assert.strictEqual(hadError, undefined)));
never.on('connect', mustNotCall('connect'));

// A server that closes before it has said that it listens.
const brief = net.createServer().listen(0, mustNotCall('listening'));
brief.close(mustCall((error) => assert.strictEqual(error, undefined)));
assert.strictEqual(brief.listening, false);
