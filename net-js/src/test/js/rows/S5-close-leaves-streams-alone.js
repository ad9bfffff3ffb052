const { assert, net, mustCall } = require('../common');
let accepted;
const server = net.createServer((stream) => {
  accepted = stream;
  stream.on('connect', () => server.close());
});
server.on('close', mustCall(() => accepted.end('still here')));
server.listen(0, '127.0.0.1', () => {
  const client = net.createConnection(server.address().port, '127.0.0.1');
  client.setEncoding('utf8');
  client.on('data', mustCall((text) => assert.strictEqual(text, 'still here')));
});
