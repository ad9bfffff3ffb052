const assert = require('assert');
const { Readable, Transform, pipeline } = require('stream');
const net = require('net');
const server = net.createServer((socket) => {
  Readable.from(['a', 'b', 'c']).pipe(new Transform({
    transform(chunk, encoding, done) {
      done(null, String(chunk).toUpperCase());
    },
  })).pipe(socket);
});
server.listen(0, '127.0.0.1', async () => {
  const client = net.createConnection(server.address().port, '127.0.0.1');
  client.setEncoding('utf8');
  let text = '';
  for await (const chunk of client) {
    text += chunk;
  }
  assert.strictEqual(text, 'ABC');
  server.close();
});
