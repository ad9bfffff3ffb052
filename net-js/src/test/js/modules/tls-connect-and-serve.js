'use strict';
// A client and a server of tls, and what both know of the connection.
const { assert, mustCall, pem } = require('../common');
const tls = require('tls');

const server = tls.createServer(
  { key: pem('key'), cert: pem('cert'), ALPNProtocols: ['one', 'two'] },
  mustCall((socket) => {
    assert.ok(socket instanceof tls.TLSSocket);
    assert.ok(socket instanceof require('node:net').Socket);
    assert.strictEqual(socket.servername, 'localhost');
    assert.strictEqual(socket.alpnProtocol, 'two');
    assert.strictEqual(socket.authorized, false);
    assert.strictEqual(socket.authorizationError, null);
    assert.deepStrictEqual(socket.getPeerCertificate(), {});
    assert.strictEqual(socket.getCertificate().subject.CN, 'localhost');
    socket.pipe(socket);
  })
);
server.on('tlsClientError', (error) => {
  throw error;
});
server.listen(
  0,
  mustCall(() => {
    const { port } = server.address();
    const client = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca: [pem('cert')], ALPNProtocols: ['two'] });
    assert.strictEqual(client.encrypted, true);
    assert.strictEqual(client.secureConnecting, true);
    const events = [];
    for (const name of ['connect', 'ready', 'secure', 'secureConnect', 'end', 'close']) {
      client.on(name, () => events.push(name));
    }
    client.write('before ');
    client.on(
      'secureConnect',
      mustCall(() => {
        assert.strictEqual(client.authorized, true);
        assert.strictEqual(client.authorizationError, null);
        assert.strictEqual(client.secureConnecting, false);
        assert.strictEqual(client.alpnProtocol, 'two');
        assert.strictEqual(client.getProtocol(), 'TLSv1.3');
        assert.match(client.getCipher().name, /^TLS_/);
        assert.strictEqual(client.getCipher().version, 'TLSv1.3');
        checkCertificate(client.getPeerCertificate(true));
        assert.deepStrictEqual(client.getCertificate(), {});
        assert.strictEqual(client.renegotiate({}, mustCall((error) => assert.match(error.code, /RENEGOTIATION/))), false);
        assert.throws(() => client.getFinished(), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
        client.end('and after');
      })
    );
    let text = '';
    client.setEncoding('utf8');
    client.on('data', (chunk) => (text += chunk));
    client.on(
      'close',
      mustCall((hadError) => {
        assert.strictEqual(hadError, false);
        assert.strictEqual(text, 'before and after');
        assert.deepStrictEqual(events, ['connect', 'ready', 'secureConnect', 'secure', 'end', 'close']);
        assert.strictEqual(client.getPeerCertificate(), null);
        server.close(mustCall());
      })
    );
  })
);

function checkCertificate(cert) {
  assert.strictEqual(cert.subject.CN, 'localhost');
  assert.strictEqual(cert.subject.O, 'Evented');
  assert.deepStrictEqual(Object.keys(cert.subject), ['C', 'O', 'CN']);
  assert.strictEqual(cert.issuer.CN, 'localhost');
  assert.strictEqual(cert.subjectaltname, 'DNS:localhost, IP Address:127.0.0.1');
  assert.strictEqual(cert.ca, true);
  assert.strictEqual(cert.bits, 256);
  assert.strictEqual(cert.asn1Curve, 'prime256v1');
  assert.strictEqual(cert.nistCurve, 'P-256');
  assert.strictEqual(cert.pubkey.length, 65);
  assert.match(cert.valid_from, / GMT$/);
  assert.match(cert.fingerprint, /^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
  assert.match(cert.fingerprint256, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  assert.match(cert.fingerprint512, /^([0-9A-F]{2}:){63}[0-9A-F]{2}$/);
  assert.match(cert.serialNumber, /^[0-9A-F]+$/);
  assert.ok(Buffer.isBuffer(cert.raw));
  assert.strictEqual(cert.issuerCertificate, cert);
}
