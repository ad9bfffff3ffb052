const { assert, net, listen, mustCall } = require('../common');
listen((stream) => stream.end('early'), (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  client.on('connect', () => {
    setTimeout(() => {
      client.setEncoding('utf8');
      client.on('data', mustCall((text) => assert.strictEqual(text, 'early')));
    }, 50);
  });
  client.on('end', mustCall());
  client.on('close', mustCall(() => server.close()));
});
