const { assert, net, listen, mustCall, mustNotCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const credentials = createCredentials({ key: pem('key'), cert: pem('cert') });
let connections = 0;
listen((stream) => {
  stream.setSecure(credentials);
  if (++connections === 3) {
    stream.on('secure', mustCall(() => stream.end('served')));
    return;
  }
  stream.on('secure', mustNotCall('secure'));
  stream.on('data', mustNotCall('data'));
  stream.on('error', mustCall((error) => assert.ok(error.code)));
  stream.on('close', mustCall((hadError) => assert.strictEqual(hadError, true)));
}, (port, server) => {
  const garbage = net.createConnection(port, '127.0.0.1');
  garbage.write('GET / HTTP/1.0\r\n\r\n');
  garbage.on('error', () => {});
  garbage.on('close', mustCall(() => {
    const truncated = net.createConnection(port, '127.0.0.1');
    truncated.end(Buffer.from([0x16, 3, 1, 2, 0, 1, 0])); // the beginning of a ClientHello
    truncated.on('error', () => {});
    truncated.on('close', mustCall(() => {
      const good = net.createConnection(port, 'localhost');
      good.setEncoding('utf8');
      good.on('connect', () => good.setSecure(createCredentials({ ca: pem('cert') })));
      good.on('data', mustCall((text) => assert.strictEqual(text, 'served')));
      good.on('close', mustCall(() => server.close()));
    }));
  }));
});
