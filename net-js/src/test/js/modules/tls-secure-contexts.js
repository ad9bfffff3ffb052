'use strict';
// createSecureContext: what it takes, and what it says of what it cannot use; and resumed sessions.
const fs = require('fs');
const path = require('path');
const { assert, mustCall, pem } = require('../common');
const tls = require('tls');

const key = pem('key');
const cert = pem('cert');
const refuses = (options, expected) => assert.throws(() => tls.createSecureContext(options), expected);

tls.createSecureContext();
tls.createSecureContext({ key: Buffer.from(key), cert: [Buffer.from(cert)], ca: [cert, Buffer.from(cert)] });
tls.createSecureContext({ key: [{ pem: pem('encrypted-key'), passphrase: 'changeit' }], cert });
tls.createSecureContext({ key: pem('encrypted-key'), passphrase: 'changeit', cert });
tls.createSecureContext({ ca: pem('old-cert') });
refuses({ key: 'no pem', cert }, { code: 'ERR_OSSL_UNSUPPORTED' });
refuses({ key, cert: 'no pem' }, { code: 'ERR_OSSL_PEM_NO_START_LINE' });
refuses({ key: pem('old-key'), cert }, { code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' });
refuses({ key: pem('encrypted-key'), passphrase: 'wrong', cert }, { code: 'ERR_OSSL_BAD_DECRYPT' });
refuses({ key: 1, cert }, { code: 'ERR_INVALID_ARG_TYPE', message: /^The "options\.key" property must be of type string or an instance of/ });
refuses({ ca: {} }, { code: 'ERR_INVALID_ARG_TYPE' });
refuses({ passphrase: 1, key, cert }, { code: 'ERR_INVALID_ARG_TYPE' });
refuses({ minVersion: 'x' }, { code: 'ERR_TLS_INVALID_PROTOCOL_VERSION', message: '"x" is not a valid minimum TLS protocol version' });
refuses({ minVersion: 'TLSv1.2', secureProtocol: 'TLSv1_2_method' }, { code: 'ERR_TLS_PROTOCOL_VERSION_CONFLICT' });
refuses({ secureProtocol: 'blargh' }, { code: 'ERR_TLS_INVALID_PROTOCOL_METHOD', message: 'Unknown method: blargh' });
refuses({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }, { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
refuses({ ciphers: 'no-such-suite' }, { code: 'ERR_SSL_NO_CIPHER_MATCH' });
refuses({ ciphers: 1 }, { code: 'ERR_INVALID_ARG_TYPE' });
refuses({ crl: 'x' }, { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });

assert.ok(tls.getCiphers().includes('ecdhe-rsa-aes128-gcm-sha256'));
assert.ok(tls.getCiphers().includes('tls_aes_256_gcm_sha384'));
assert.strictEqual(tls.DEFAULT_MIN_VERSION, 'TLSv1.2');
assert.strictEqual(tls.DEFAULT_MAX_VERSION, 'TLSv1.3');
assert.match(tls.rootCertificates[0], /^-----BEGIN CERTIFICATE-----\n[^]*\n-----END CERTIFICATE-----$/);
assert.ok(Object.isFrozen(tls.rootCertificates));
const out = {};
tls.convertALPNProtocols(['a', 'bc'], out);
assert.deepStrictEqual(out.ALPNProtocols, Buffer.from('\x01a\x02bc'));

// Once the client has the server's session, it goes on with that, in either version of TLS. The key is in a PKCS#12 file.
const pfx = fs.readFileSync(path.join(process.env.KEYS, 'keys.p12'));
for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
  const server = tls.createServer({ pfx, passphrase: 'changeit', maxVersion }, (socket) => socket.end('hello'));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    const options = { port, host: '127.0.0.1', ca: cert, ciphers: 'ECDHE+AESGCM' };
    let session;
    const first = tls.connect(options, mustCall(() => {
      assert.strictEqual(first.isSessionReused(), false);
      assert.strictEqual(first.getProtocol(), maxVersion);
      if (maxVersion === 'TLSv1.2') {
        assert.match(first.getCipher().name, /^ECDHE-ECDSA-AES(128|256)-GCM-SHA(256|384)$/);
        assert.match(first.getCipher().standardName, /^TLS_ECDHE_ECDSA_WITH_AES_/);
      }
    }));
    first.on('session', mustCall((given) => (session = given)));
    first.resume();
    first.on('close', mustCall(() => {
      assert.ok(Buffer.isBuffer(session));
      const second = tls.connect({ ...options, session }, mustCall(() => {
        assert.strictEqual(second.isSessionReused(), true);
        assert.strictEqual(second.authorized, true);
        assert.strictEqual(second.getPeerCertificate().subject.CN, 'localhost');
      }));
      second.resume();
      second.on('close', mustCall(() => server.close()));
    }));
  });
}
