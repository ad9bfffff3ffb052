const { assert, net, mustCall } = require('../common');
const first = net.createServer();
first.on('connection', (stream) => stream.end('first'));
first.listen(0, '127.0.0.1', mustCall(() => {
  assert.ok(first.fd > 2 || first.fd === null); // nio shows none
}));
const bad = net.createServer();
bad.listenFD(9999);
bad.on('error', mustCall((error) => {
  assert.ok(error.code);
  first.close();
}));
assert.throws(() => net.createServer().listenFD('3'), TypeError);
assert.throws(() => net.createServer().listenFD(-1), RangeError);
