const { assert, net, listen, eachPair, mustCall } = require('../common');
const { Stream, Readable } = require('stream');
assert.ok(new net.Stream() instanceof Stream);
assert.ok(!({} instanceof Stream) && !(new net.Stream() instanceof Readable) && new Readable() instanceof Stream);

// All that there is.
eachPair((client, peer) => {
  const seen = [];
  peer.setEncoding('utf8');
  peer.on('readable', () => {
    for (let text; (text = peer.read()) !== null; ) {
      seen.push(text);
    }
  });
  peer.on('end', mustCall(() => assert.strictEqual(seen.join(''), 'one two three')));
  client.write('one ');
  setTimeout(() => client.end('two three'), 20);
});

// A length first, then as much.
listen((stream) => {
  const messages = [];
  let length = -1;
  stream.on('readable', () => {
    for (;;) {
      if (length < 0) {
        const head = stream.read(2);
        if (head === null) {
          return;
        }
        length = head.readUInt16BE(0);
      }
      const body = stream.read(length);
      if (body === null) {
        return;
      }
      messages.push(body.length);
      length = -1;
    }
  });
  stream.on('end', mustCall(() => assert.deepStrictEqual(messages, [3, 60000, 1, 50000])));
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  for (const length of [3, 60000, 1, 50000]) {
    const message = Buffer.alloc(length + 2);
    message.writeUInt16BE(length, 0);
    client.write(message);
  }
  client.end();
  client.on('close', mustCall(() => server.close()));
});
