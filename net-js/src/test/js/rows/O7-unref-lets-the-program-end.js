const { assert, net, mustCall } = require('../common');
const server = net.createServer();
server.listen(0, mustCall(() => {
  assert.strictEqual(server.unref(), server);
  server.ref();
  server.unref();
}));
setInterval(() => {}, 1000).unref();
setTimeout(() => { throw new Error('the program should have ended'); }, 20000).unref();
