const { assert, net, socketPath, mustCall } = require('../common');
const fs = require('fs');
const path = socketPath();
fs.writeFileSync(path, 'mine');
const server = net.createServer();
server.listen(path);
server.on('error', mustCall((error) => {
  assert.ok(error.code);
  assert.strictEqual(fs.readFileSync(path, 'utf8'), 'mine');
  fs.unlinkSync(path);
}));
