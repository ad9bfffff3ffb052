const { assert, net, listen, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
listen((stream) => {
  stream.on('connect', () => {
    stream.write('go ahead\r\n');
    stream.setSecure(createCredentials({ key: pem('key'), cert: pem('cert') }));
    stream.end('hidden');
  });
}, (port, server) => {
  const client = net.createConnection(port, 'localhost');
  client.setEncoding('utf8');
  const events = [];
  client.on('data', (text) => {
    events.push(text);
    if (text === 'go ahead\r\n') {
      client.setSecure(createCredentials({ ca: pem('cert') }));
      client.on('secure', mustCall(() => events.push('secure')));
    }
  });
  client.on('close', mustCall((hadError) => {
    assert.deepStrictEqual(events, ['go ahead\r\n', 'secure', 'hidden']);
    assert.strictEqual(hadError, false);
    server.close();
  }));
});
