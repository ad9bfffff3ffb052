const { assert, net, mustCall } = require('../common');
const server = net.createServer();
assert.throws(() => server.close(), /Not running/);
server.listen(0, mustCall(() => {
  assert.throws(() => server.listen(0), /Server already opened/);
  server.close();
  assert.throws(() => server.close(), /Not running/);
}));
assert.throws(() => server.listen(0), /Server already opened/);
server.on('close', mustCall(() => {
  server.removeAllListeners('close');
  server.listen(0, mustCall(() => server.close()));
}));
