'use strict';
// What both sides are told of a handshake that fails.
const { assert, mustCall, mustNotCall, pem } = require('../common');
const tls = require('tls');
const net = require('node:net');

const own = { key: pem('key'), cert: pem('cert') };
const quiet = (socket) => socket.on('error', () => {}).resume();

function listen(server, done) {
  server.listen(0, '127.0.0.1', () => done(server.address().port));
}

/** What a client of a server that speaks no TLS is told. */
function clientFails(onPlain, expected) {
  const server = net.createServer((plain) => onPlain(quiet(plain)));
  listen(server, (port) => {
    const client = tls.connect({ port, host: '127.0.0.1', ca: pem('cert') }, mustNotCall('secureConnect'));
    client.on('error', mustCall((error) => {
      for (const name of Object.keys(expected)) {
        assert.deepStrictEqual(error[name], expected[name]);
      }
    }));
    client.on('close', mustCall(() => server.close()));
  });
}
clientFails((plain) => plain.end(), {
  code: 'ECONNRESET',
  message: 'Client network socket disconnected before secure TLS connection was established',
  host: '127.0.0.1',
});
clientFails((plain) => plain.write('HTTP/1.1 400 Bad Request\r\n\r\n'), {
  code: 'ERR_SSL_WRONG_VERSION_NUMBER',
  library: 'SSL routines',
  reason: 'wrong version number',
});

/** What a server of such a client is told. */
function serverFails(options, connect, code) {
  const server = tls.createServer({ ...own, ...options }, mustNotCall('secureConnection'));
  let client;
  server.on('tlsClientError', mustCall((error, socket) => {
    assert.strictEqual(error.code, code);
    assert.ok(socket instanceof tls.TLSSocket);
    client.destroy();
    server.close();
  }));
  listen(server, (port) => {
    client = quiet(connect(port));
  });
}
const plainly = (use) => (port) => {
  const client = net.connect(port, '127.0.0.1', () => use(client));
  return client;
};
serverFails({}, plainly((client) => client.write('this is no TLS at all\r\n')), 'ERR_SSL_WRONG_VERSION_NUMBER');
serverFails({}, plainly((client) => client.end()), 'ECONNRESET');
serverFails({ handshakeTimeout: 50 }, plainly(() => {}), 'ERR_TLS_HANDSHAKE_TIMEOUT');

/** Two that have nothing in common. */
function bothFail(serverOptions, clientOptions, serverCode, clientCode) {
  const server = tls.createServer({ ...own, ...serverOptions }, mustNotCall('secureConnection'));
  server.on('tlsClientError', mustCall((error) => assert.strictEqual(error.code, serverCode)));
  listen(server, (port) => {
    const client = tls.connect({ port, host: '127.0.0.1', ca: pem('cert'), ...clientOptions });
    client.on('error', mustCall((error) => assert.strictEqual(error.code, clientCode)));
    client.on('close', mustCall(() => server.close()));
  });
}
bothFail(
  { minVersion: 'TLSv1.3' },
  { maxVersion: 'TLSv1.2' },
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'
);
bothFail(
  { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' },
  { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
  'ERR_SSL_NO_SHARED_CIPHER',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'
);
bothFail(
  { ALPNProtocols: ['one'] },
  { ALPNProtocols: ['two'] },
  'ERR_SSL_NO_APPLICATION_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL'
);
