'use strict';
// A connection goes on with TLS: of node:net and of net, by tls.connect({ socket }) and by new TLSSocket.
const { assert, mustCall, mustNotCall, pem } = require('../common');
const tls = require('tls');
const today = require('node:net');
const ours = require('net');

const secureContext = tls.createSecureContext({ key: pem('key'), cert: pem('cert') });

function upgrade(serverNet, clientNet) {
  const server = serverNet.createServer(mustCall((plain) => {
    plain.once('data', mustCall((request) => {
      assert.strictEqual(String(request), 'STARTTLS\r\n');
      plain.write('220 go ahead\r\n');
      const secure = new tls.TLSSocket(plain, { isServer: true, secureContext });
      secure._start();
      secure.on('secure', mustCall());
      secure.setEncoding('utf8');
      secure.once('data', mustCall((text) => {
        assert.strictEqual(text, 'hidden');
        secure.end('secret');
      }));
      secure.on('close', mustCall());
    }));
  }));
  server.listen(0, '127.0.0.1', () => {
    const plain = clientNet.connect(server.address().port, '127.0.0.1');
    plain.write('STARTTLS\r\n');
    plain.once('data', mustCall((answer) => {
      assert.strictEqual(String(answer), '220 go ahead\r\n');
      plain.on('data', mustNotCall('bytes of TLS'));
      const secure = tls.connect({ socket: plain, servername: 'localhost', ca: pem('cert') }, mustCall(() => {
        assert.strictEqual(secure.authorized, true);
        assert.strictEqual(secure.remoteAddress, '127.0.0.1');
        assert.strictEqual(secure.remotePort, server.address().port);
        secure.write('hidden');
      }));
      secure.setEncoding('utf8');
      secure.on('data', mustCall((text) => assert.strictEqual(text, 'secret')));
      secure.on('close', mustCall(() => server.close()));
    }));
    plain.on('close', mustCall());
  });
}

upgrade(today, today);
upgrade(ours, ours);

// A socket that is yet to be connected.
{
  const server = tls.createServer({ secureContext }, mustCall((socket) => socket.end('soon')));
  server.listen(0, '127.0.0.1', () => {
    const plain = new today.Socket();
    const secure = tls.connect({ socket: plain, servername: 'localhost', ca: pem('cert') }, mustCall());
    secure.on('data', mustCall((data) => assert.strictEqual(String(data), 'soon')));
    secure.on('close', mustCall(() => server.close()));
    plain.connect(server.address().port, '127.0.0.1');
  });
}

assert.throws(() => tls.connect({ socket: new (require('stream').PassThrough)() }), {
  code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
});

// A server's side begins by itself; a client's by _start, after which packages of old ask whether the peer verified.
{
  const server = today.createServer(mustCall((plain) => {
    const secure = new tls.TLSSocket(plain, { isServer: true, secureContext });
    secure.on('secure', mustCall(() => secure.end('served')));
  }));
  server.listen(0, '127.0.0.1', () => {
    const plain = today.connect(server.address().port, '127.0.0.1', mustCall(() => {
      const secure = new tls.TLSSocket(plain, { isServer: false, secureContext: tls.createSecureContext({ ca: pem('cert') }) });
      secure.on('secure', mustCall(function () {
        assert.strictEqual(this.ssl.verifyError(), null);
      }));
      secure.setEncoding('utf8');
      secure.on('data', mustCall((text) => assert.strictEqual(text, 'served')));
      secure.on('close', mustCall(() => server.close()));
      secure._start();
    }));
  });
}
