const { assert, net, refusedPort, mustCall, log } = require('../common');
refusedPort((port) => {
  const client = net.createConnection(port, '127.0.0.1');
  const events = log(client);
  client.on('close', mustCall(() => assert.deepStrictEqual(events, ['error', 'close(true)'])));
});
