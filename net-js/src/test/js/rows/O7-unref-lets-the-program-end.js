const { assert, net, mustCall, eachWire } = require('../common');
const server = net.createServer();
server.listen(0, mustCall(() => {
  assert.strictEqual(server.unref(), server);
  server.ref();
  server.unref();
}));
eachWire((wire) => {
  wire.listen((stream) => stream.unref(), (listening) => {
    listening.unref();
    const client = wire.connect();
    client.on('connect', mustCall(() => assert.strictEqual(client.unref().ref().unref(), client)));
    client.unref(); // and yet it connects: the program waits for what comes soon
  });
});
// So does one whose server is not referenced from the beginning.
const early = net.createServer().unref();
early.listen(0, mustCall(() => early.close()));
early.on('close', mustCall());
setInterval(() => {}, 1000).unref();
setTimeout(() => { throw new Error('the program should have ended'); }, 20000).unref();
