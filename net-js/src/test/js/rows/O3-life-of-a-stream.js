const { assert, net, listen, mustCall, log } = require('../common');
listen((stream) => {
  stream.on('data', (data) => stream.write(data));
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  const events = log(client, ['connect', 'data', 'end', 'error', 'close']);
  client.on('connect', () => client.write('one'));
  client.on('data', () => client.end());
  client.on('close', mustCall(() => {
    assert.deepStrictEqual(events, ['connect', 'data', 'end', 'close(false)']);
    server.close();
  }));
});
