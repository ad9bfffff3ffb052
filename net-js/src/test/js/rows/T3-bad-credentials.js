const { assert, eachPair, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const cert = pem('cert');
assert.throws(() => createCredentials({ key: 'no key', cert }), /key/);
assert.throws(() => createCredentials({ key: pem('old-key'), cert }), /cert/);
assert.throws(() => createCredentials({ key: pem('key'), cert: 'no certificate' }), /cert is no PEM/);
assert.throws(() => createCredentials({ ca: 'no authority' }), Error);
assert.throws(() => createCredentials({ key: pem('encrypted-key'), cert }), /passphrase/);
assert.throws(() => createCredentials({ key: pem('encrypted-key'), cert, passphrase: 'wrong' }), /passphrase/);
assert.throws(() => createCredentials({ key: 7 }), TypeError);
assert.throws(() => createCredentials({ passphrase: 7 }), TypeError);
assert.throws(() => createCredentials({ handshakeTimeout: 'soon' }), TypeError);
assert.throws(() => createCredentials('x'), TypeError);
assert.throws(() => new (require('net').Stream)().setSecure({}), TypeError);
assert.ok(createCredentials());
// An encrypted key, and Buffers and arrays of text, do.
const mine = createCredentials({ key: [Buffer.from(pem('encrypted-key'))], cert: Buffer.from(cert), passphrase: 'changeit' });
eachPair((client, peer) => {
  client.setSecure(createCredentials({ ca: [cert] }));
  peer.setSecure(mine);
  client.on('secure', mustCall(() => client.end()));
  peer.on('close', mustCall());
}, { wires: ['tcp', 'unix'] });
