'use strict';
// Server names: which certificate a client is shown, and for whom one is good.
const { assert, mustCall, pem } = require('../common');
const tls = require('tls');

// addContext and SNICallback: the default is the old certificate.
const old = { key: pem('old-key'), cert: pem('old-cert') };
const good = tls.createSecureContext({ key: pem('key'), cert: pem('cert') });

function shown(server, servername, done) {
  const { port } = server.address();
  const client = tls.connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false }, mustCall(() => {
    const [year] = client.getPeerCertificate().valid_to.match(/\d{4}/);
    done(client.getPeerCertificate().fingerprint256, year);
    client.end();
  }));
  client.resume();
}

function check(server) {
  server.listen(0, '127.0.0.1', () => {
    shown(server, undefined, (unnamed) => {
      shown(server, 'a.example', (named) => {
        assert.notStrictEqual(named, unnamed);
        shown(server, 'other.test', (other) => {
          assert.strictEqual(other, unnamed);
          server.close();
        });
      });
    });
  });
}

const byContext = tls.createServer(old, (socket) => socket.end());
byContext.addContext('*.example', good);
assert.throws(() => byContext.addContext('', good), { code: 'ERR_TLS_REQUIRED_SERVER_NAME' });
check(byContext);

const names = [];
const byCallback = tls.createServer({
  ...old,
  SNICallback(name, done) {
    names.push(name);
    setImmediate(done, null, name === 'a.example' ? good : undefined);
  },
});
byCallback.on('secureConnection', (socket) => socket.end());
byCallback.on('close', mustCall(() => assert.deepStrictEqual(names, ['a.example', 'other.test'])));
check(byCallback);

const failing = tls.createServer({ ...old, SNICallback: (name, done) => done(new Error('no such name')) });
failing.on('tlsClientError', mustCall((error) => {
  assert.strictEqual(error.message, 'no such name');
  failing.close();
}));
failing.listen(0, '127.0.0.1', () => {
  const client = tls.connect({ port: failing.address().port, host: '127.0.0.1', servername: 'a.example' });
  client.on('error', mustCall((error) => assert.strictEqual(error.code, 'ECONNRESET')));
});

// ALPNCallback.
const choosing = tls.createServer({
  ...old,
  ALPNCallback: mustCall(({ servername, protocols }) => {
    assert.strictEqual(servername, 'a.example');
    assert.deepStrictEqual(protocols, ['one', 'two']);
    return 'two';
  }),
});
choosing.on('secureConnection', (socket) => socket.end());
choosing.listen(0, '127.0.0.1', () => {
  const { port } = choosing.address();
  const options = { port, host: '127.0.0.1', servername: 'a.example', rejectUnauthorized: false, ALPNProtocols: ['one', 'two'] };
  const client = tls.connect(options, mustCall(() => {
    assert.strictEqual(client.alpnProtocol, 'two');
    choosing.close();
  }));
  client.resume();
});

// checkServerIdentity.
const good4 = (host, cert) => assert.strictEqual(tls.checkServerIdentity(host, cert), undefined, host);
const bad = (host, cert, reason) => {
  const error = tls.checkServerIdentity(host, cert);
  assert.strictEqual(error.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
  assert.strictEqual(error.reason, reason);
  assert.strictEqual(error.message, `Hostname/IP does not match certificate's altnames: ${reason}`);
  assert.strictEqual(error.cert, cert);
};
const cn = (CN) => ({ subject: { CN } });
const alt = (subjectaltname, CN = 'a.com') => ({ subject: { CN }, subjectaltname });
good4('a.com', cn('a.com'));
good4('A.COM.', cn('a.com'));
good4('b.a.com', cn('*.a.com'));
good4('bx.a.com', cn('b*.a.com'));
good4('b.com', cn(['a.com', 'b.com']));
good4('8.8.8.8', alt('IP Address:8.8.8.8'));
good4('::1', alt('IP Address:0:0:0:0:0:0:0:1'));
good4('x.b.com', alt('DNS:*.b.com, DNS:c.com'));
bad('b.com', cn('a.com'), "Host: b.com. is not cert's CN: a.com");
bad('a.b.a.com', cn('*.a.com'), "Host: a.b.a.com. is not cert's CN: *.a.com");
bad('a.com', cn('*.com'), "Host: a.com. is not cert's CN: *.com");
bad('a.com', alt('DNS:b.com'), "Host: a.com. is not in the cert's altnames: DNS:b.com");
bad('8.8.8.8', cn('8.8.8.8'), "IP: 8.8.8.8 is not in the cert's list: ");
bad('a.com', { subject: {} }, 'Cert does not contain a DNS name');
good4('a.com', alt('DNS:"x\\u0022, DNS:b", DNS:a.com'));
bad('b', alt('DNS:"x\\u0022, DNS:b"'), 'Host: b. is not in the cert\'s altnames: DNS:"x\\u0022, DNS:b"');
assert.throws(() => tls.checkServerIdentity('a', alt('DNS:"x')), { code: 'ERR_TLS_CERT_ALTNAME_FORMAT' });
