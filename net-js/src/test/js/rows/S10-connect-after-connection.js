const { assert, net, listen, mustCall } = require('../common');
const order = [];
listen((stream) => {
  order.push('begin');
  stream.on('connect', () => order.push('connect'));
  process.nextTick(() => order.push('tick'));
  order.push('end');
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  client.on('connect', () => client.end());
  client.on('close', mustCall(() => {
    assert.deepStrictEqual(order, ['begin', 'end', 'tick', 'connect']);
    server.close();
  }));
});
