const { assert, net, mustCall, refusedPort } = require('../common');
refusedPort(mustCall((port) => {
  let inside = true;
  const outside = mustCall(() => assert.strictEqual(inside, false), 2);
  const client = net.createConnection(port, '127.0.0.1');
  client.on('error', outside);
  client.on('close', outside);
  inside = false;
}));
const server = net.createServer();
let calling = true;
server.listen(0, mustCall(() => {
  assert.strictEqual(calling, false);
  let closing = true;
  server.close();
  server.on('close', mustCall(() => assert.strictEqual(closing, false)));
  closing = false;
}));
calling = false;
