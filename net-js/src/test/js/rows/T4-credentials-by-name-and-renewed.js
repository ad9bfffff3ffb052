const { assert, net, listen, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const young = createCredentials({ key: pem('key'), cert: pem('cert') });
const old = createCredentials({ key: pem('old-key'), cert: pem('old-cert') });

/** What a client that connects to localhost is shown: done(date from which it is valid). */
function shown(port, done) {
  const client = net.createConnection(port, 'localhost');
  client.on('connect', () => client.setSecure(createCredentials()));
  client.on('secure', mustCall(() => {
    const from = client.getPeerCertificate().valid_from;
    client.end();
    client.on('close', mustCall(() => done(from)));
  }));
}

/** A server with these credentials: done(port, server). */
const serve = (credentials, done) =>
  listen((stream) => {
    stream.setSecure(credentials);
    stream.on('error', () => {});
  }, done);

// A certificate that is replaced while the server runs.
let now = () => young;
serve(createCredentials(() => now()), (port, server) => {
  shown(port, (before) => {
    now = () => {
      throw new Error('not yet written');
    };
    shown(port, (meanwhile) => {
      assert.strictEqual(meanwhile, before);
      now = () => old;
      shown(port, mustCall((after) => {
        assert.notStrictEqual(after, before);
        server.close();
      }));
    });
  });
});

assert.throws(() => createCredentials(() => 'none'), TypeError);
assert.throws(() => createCredentials({ serverNames: { 'a.example': {} } }), TypeError);
assert.throws(() => createCredentials({ serverNames: 'a.example' }), TypeError);
assert.throws(
  () => createCredentials({ key: pem('key'), cert: pem('cert'), serverNames: { '127.0.0.1': young } }),
  /serverName must be a host name/
);
// A name of one label is no name for the wire, so what was built is shown.
serve(
  createCredentials({ key: pem('key'), cert: pem('cert'), serverNames: { 'a.example': old, '*.b.example': old } }),
  (port, server) => shown(port, mustCall((from) => {
    assert.ok(from);
    server.close();
  }))
);
