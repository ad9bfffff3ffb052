const { assert, net, listen, eachPair, mustCall } = require('../common');
const bytes = Buffer.from('h\u00e9 \u20ac \ud83d\ude00!', 'utf8');
const cases = ['utf8', 'UTF-8', 'base64', 'hex', 'binary', 'latin1', 'ascii', 'ucs2', 'utf16le'];
let left = cases.length;
listen((stream) => {
  let at = 0;
  const next = () => {
    if (at < bytes.length) {
      stream.write(bytes.slice(at, ++at));
      stream.flush();
      setTimeout(next, 1);
    } else {
      stream.end();
    }
  };
  next();
}, (port, server) => {
  for (const encoding of cases) {
    const client = net.createConnection(port, '127.0.0.1');
    client.setEncoding(encoding);
    let text = '';
    client.on('data', (data) => {
      assert.strictEqual(typeof data, 'string');
      text += data;
    });
    client.on('close', mustCall(() => {
      assert.strictEqual(text, bytes.toString(encoding.toLowerCase()));
      if (--left === 0) {
        server.close();
      }
    }));
  }
});
assert.throws(() => new net.Stream().setEncoding('klingon'), /klingon.*ascii.*utf8/s);
eachPair((client) => {
  assert.throws(() => client.write('x', 'klingon'), TypeError);
  assert.throws(() => client.setEncoding(7), TypeError);
  client.setEncoding(null);
  client.end();
});
