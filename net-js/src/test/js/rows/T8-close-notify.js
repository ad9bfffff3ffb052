const { assert, net, listen, log, mustCall, mustNotCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const credentials = createCredentials({ key: pem('key'), cert: pem('cert') });
const secure = (port, done) => {
  const client = net.createConnection(port, 'localhost');
  client.on('connect', () => client.setSecure(createCredentials({ ca: pem('cert') })));
  client.on('secure', () => done(client));
  return client;
};

// A clean end.
listen((stream) => {
  stream.setSecure(credentials);
  stream.on('secure', () => stream.end('bye'));
}, (port, server) => {
  const client = secure(port, () => {});
  const events = log(client);
  client.on('data', mustCall());
  client.on('close', mustCall(() => {
    assert.deepStrictEqual(events, ['connect', 'end', 'close(false)']);
    server.close();
  }));
});

// A FIN alone, sent by a relay in between, that the peer has not asked for.
listen((stream) => {
  stream.setSecure(credentials);
  stream.on('secure', () => stream.write('more follows'));
  stream.on('error', () => {});
}, (port, server) => {
  listen((outer) => {
    const inner = net.createConnection(port, '127.0.0.1');
    inner.on('data', (data) => outer.write(data));
    outer.on('data', (data) => inner.write(data));
    outer.on('close', () => inner.destroy());
    inner.on('error', () => {});
    outer.on('error', () => {});
    relayed = outer;
  }, (relay, between) => {
    const client = secure(relay, () => {});
    client.on('data', mustCall(() => relayed.end()));
    client.on('end', mustNotCall('end'));
    client.on('error', mustCall((error) => assert.strictEqual(error.code, 'ECONNRESET')));
    client.on('close', mustCall((hadError) => {
      assert.strictEqual(hadError, true);
      server.close();
      between.close();
    }));
  });
});
let relayed;
