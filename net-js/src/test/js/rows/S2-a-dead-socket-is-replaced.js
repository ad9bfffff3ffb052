const { assert, net, socketPath, mustCall } = require('../common');
const fs = require('fs');
const born = socketPath();
const path = socketPath();
const first = net.createServer();
first.listen(born, mustCall(() => {
  fs.renameSync(born, path); // the file outlives its server
  first.close();
}));
first.on('close', mustCall(() => {
  assert.ok(fs.statSync(path).isSocket());
  net.createConnection(path).on('error', mustCall((error) => {
    assert.strictEqual(error.code, 'ECONNREFUSED');
    const second = net.createServer((stream) => stream.end('alive'));
    second.listen(path, mustCall(() => {
      const client = net.createConnection(path);
      client.setEncoding('utf8');
      client.on('data', mustCall((text) => assert.strictEqual(text, 'alive')));
      client.on('close', mustCall(() => second.close()));
    }));
    second.on('close', mustCall(() => assert.strictEqual(fs.existsSync(path), false)));
  }));
}));
