const { assert, net, listen, collect, mustCall } = require('../common');
listen((stream) => collect(stream, mustCall((all) => assert.strictEqual(String(all), 'one two three'))), (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  assert.strictEqual(client.write('one '), false);
  client.write(Buffer.from('two '));
  client.end('three');
  client.on('close', mustCall(() => server.close()));
});
