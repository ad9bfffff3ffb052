const { assert, net, socketPath, mustCall } = require('../common');
const fs = require('fs');
const path = socketPath();
const server = net.createServer((stream) => {
  stream.on('error', () => {}); // of the second server, which looks whether someone serves here
  stream.end('hi');
});
server.listen(path, mustCall(() => {
  assert.ok(fs.statSync(path).isSocket());
  assert.strictEqual(server.address(), path);
  const second = net.createServer();
  second.listen(path);
  second.on('error', mustCall((error) => {
    assert.strictEqual(error.code, 'EADDRINUSE');
    assert.ok(error.message.includes(path));
    const client = net.createConnection(path);
    client.setEncoding('utf8');
    client.on('data', mustCall((text) => assert.strictEqual(text, 'hi')));
    client.on('close', mustCall(() => server.close()));
  }));
}));
server.on('close', mustCall(() => assert.strictEqual(fs.existsSync(path), false)));
