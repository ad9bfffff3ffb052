const { assert, net, listen, collect, mustCall } = require('../common');
listen((stream) => {
  stream.on('end', () => stream.write('goodbye'));
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  collect(client, mustCall((all) => assert.strictEqual(String(all), 'goodbye')));
  client.end();
  client.on('close', mustCall(() => server.close()));
});
