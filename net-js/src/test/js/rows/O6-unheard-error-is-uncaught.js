const { assert, net, refusedPort, mustCall } = require('../common');
process.on('uncaughtException', mustCall((error) => assert.strictEqual(error.code, 'ECONNREFUSED')));
refusedPort((port) => {
  net.createConnection(port, '127.0.0.1').on('close', mustCall((hadError) => assert.strictEqual(hadError, true)));
});
