const { assert, eachPair, listen, net, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
eachPair((client, peer) => {
  peer.once('data', mustCall((data) => {
    assert.strictEqual(String(data), 'headbody');
    peer.unshift(data.slice(4));
    peer.on('data', mustCall((rest) => assert.strictEqual(String(rest), 'body')));
  }));
  client.end('headbody');
});

// One port for both: who begins a handshake gets TLS, and its first bytes belong to that.
listen((stream) => {
  stream.once('data', mustCall((data) => {
    if (data[0] === 0x16) {
      stream.unshift(data);
      stream.setSecure(createCredentials({ key: pem('key'), cert: pem('cert') }));
      stream.on('secure', mustCall(() => stream.end('secret')));
    } else {
      stream.end('plain');
    }
  }));
}, (port, server) => {
  const said = [];
  const client = (secure) => {
    const stream = net.createConnection(port, 'localhost');
    stream.setEncoding('utf8');
    stream.on('connect', () => (secure ? stream.setSecure(createCredentials({ ca: pem('cert') })) : stream.write('hi')));
    stream.on('data', (text) => said.push(text));
    stream.on('close', mustCall(() => {
      if (said.length === 2) {
        assert.deepStrictEqual(said.sort(), ['plain', 'secret']);
        server.close();
      }
    }));
  };
  client(true);
  client(false);
});
