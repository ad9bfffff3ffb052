const { assert, net, collect, mustCall } = require('../common');
const server = net.createServer({ allowHalfOpen: true }, (stream) => {
  assert.strictEqual(stream.allowHalfOpen, true);
  stream.on('end', mustCall(() => {
    assert.strictEqual(stream.readyState, 'writeOnly');
    assert.strictEqual(stream.readable, false);
    assert.strictEqual(stream.writable, true);
    setTimeout(() => stream.end('later'), 20);
  }));
});
server.listen(0, '127.0.0.1', () => {
  const client = new net.Stream({ allowHalfOpen: false });
  client.connect(server.address().port, '127.0.0.1');
  collect(client, mustCall((all) => assert.strictEqual(String(all), 'later')));
  client.end();
  client.on('close', mustCall(() => server.close()));
});
