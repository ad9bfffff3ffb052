'use strict';
// Whom a client refuses, with OpenSSL's codes, and what becomes of clients that a server asks for a certificate.
const { assert, mustCall, mustNotCall, pem } = require('../common');
const tls = require('tls');

const own = { key: pem('key'), cert: pem('cert') };
const old = { key: pem('old-key'), cert: pem('old-cert') };

function serve(options, done) {
  const server = tls.createServer(options, (socket) => socket.on('error', () => {}).resume());
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1', () => done(server.address().port, server));
}

function refused(name, serverOptions, clientOptions, code, text) {
  serve(serverOptions, (port, server) => {
    const client = tls.connect({ port, host: '127.0.0.1', ...clientOptions }, mustNotCall(name));
    client.on('error', mustCall((error) => {
      assert.strictEqual(error.code, code, name);
      assert.match(error.message, text);
      assert.strictEqual(client.authorized, false);
      assert.strictEqual(client.authorizationError, code);
    }));
    client.on('close', mustCall((hadError) => {
      assert.strictEqual(hadError, true);
      server.close();
    }));
  });
}

refused('unknown', own, {}, 'DEPTH_ZERO_SELF_SIGNED_CERT', /^self-signed certificate$/);
refused('expired', old, { ca: pem('old-cert') }, 'CERT_HAS_EXPIRED', /^certificate has expired$/);
refused(
  'another name',
  own,
  { ca: pem('cert'), servername: 'other.example' },
  'ERR_TLS_CERT_ALTNAME_INVALID',
  /^Hostname\/IP does not match certificate's altnames: Host: other\.example\. is not in the cert's altnames: DNS:localhost/
);

// What one checks oneself counts in place of the name.
serve(own, (port, server) => {
  const checkServerIdentity = mustCall((host, cert) => {
    assert.strictEqual(host, '127.0.0.1');
    assert.strictEqual(cert.subject.CN, 'localhost');
    return new Error('mine');
  });
  const client = tls.connect({ port, host: '127.0.0.1', ca: pem('cert'), checkServerIdentity });
  client.on('error', mustCall((error) => {
    assert.strictEqual(error.message, 'mine');
    server.close();
  }));
});

// Who does not mind is told all the same.
serve(own, (port, server) => {
  const client = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, mustCall(() => {
    assert.strictEqual(client.authorized, false);
    assert.strictEqual(client.authorizationError, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    client.end();
    server.close();
  }));
});

// A server that asks: without a certificate, and with a good one.
const asking = { ...own, ca: pem('cert'), requestCert: true };
for (const [options, authorized, problem] of [
  [{}, false, 'UNABLE_TO_GET_ISSUER_CERT'],
  [own, true, null],
]) {
  const server = tls.createServer({ ...asking, rejectUnauthorized: false }, mustCall((socket) => {
    assert.strictEqual(socket.authorized, authorized);
    assert.strictEqual(socket.authorizationError, problem);
    assert.strictEqual((socket.getPeerCertificate().subject || {}).CN, authorized ? 'localhost' : undefined);
    socket.end();
    server.close();
  }));
  server.listen(0, '127.0.0.1', () => tls.connect({ port: server.address().port, host: '127.0.0.1', ca: pem('cert'), ...options }).resume());
}
{
  const server = tls.createServer(asking, mustNotCall('a client without a certificate'));
  server.on('tlsClientError', mustCall((error) => {
    assert.strictEqual(error.code, 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE');
    server.close();
  }));
  server.listen(0, '127.0.0.1', () => {
    const client = tls.connect({ port: server.address().port, host: '127.0.0.1', ca: pem('cert') });
    client.on('error', mustCall()).resume();
  });
}
