const { assert, net, listen, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
assert.throws(() => new net.Stream().getPeerCertificate(), /Stream is not a secure stream\./);
const mine = createCredentials({ key: pem('key'), cert: pem('cert'), ca: pem('cert') });
const TIME = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 1-3]\d \d\d:\d\d:\d\d \d{4} GMT$/;
const check = (stream) => {
  assert.strictEqual(stream.verifyPeer(), true);
  const { subject, issuer, valid_from, valid_to, fingerprint } = stream.getPeerCertificate();
  assert.strictEqual(subject, '/C=UK/O=Evented/CN=localhost');
  assert.strictEqual(issuer, subject);
  assert.match(valid_from, TIME);
  assert.match(valid_to, TIME);
  assert.ok(Date.parse(valid_from) < Date.now() && Date.now() < Date.parse(valid_to));
  assert.match(fingerprint, /^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
};
listen((stream) => {
  stream.setSecure(mine);
  stream.on('secure', mustCall(() => {
    check(stream);
    stream.end();
  }));
}, (port, server) => {
  const client = net.createConnection(port, 'localhost');
  client.on('connect', () => client.setSecure(mine));
  client.on('secure', mustCall(() => check(client)));
  client.on('close', mustCall(() => server.close()));
});
