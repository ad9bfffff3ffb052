const { assert, pem } = require('../common');
const { createCredentials } = require('crypto');
const cert = pem('cert');
assert.throws(() => createCredentials({ key: 'no key', cert }), /key/);
assert.throws(() => createCredentials({ key: 7 }), TypeError);
assert.throws(() => createCredentials({ passphrase: 7 }), TypeError);
assert.throws(() => createCredentials('x'), TypeError);
assert.throws(() => new (require('net').Stream)().setSecure({}), TypeError);
assert.ok(createCredentials());
