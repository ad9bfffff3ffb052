const { assert, eachWire, collect, mustCall } = require('../common');
eachWire((wire) => {
  wire.listen((stream) => collect(stream, mustCall((all) => assert.strictEqual(String(all), 'one two three'))), (server) => {
    const client = wire.connect();
    if (wire.name === 'tls') {
      // Before setSecure it would be plain text: after it, and before 'secure'.
      client.on('connect', () => write(client));
    } else {
      write(client);
    }
    client.on('close', mustCall(() => server.close()));
  });
});
function write(client) {
  assert.strictEqual(client.write('one '), false);
  client.write(Buffer.from('two '));
  client.end('three');
}
