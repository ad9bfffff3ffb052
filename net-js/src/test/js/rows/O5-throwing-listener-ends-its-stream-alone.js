const { assert, net, listen, mustCall } = require('../common');
process.on('uncaughtException', mustCall((error) => assert.strictEqual(error.message, 'on purpose')));
let first = true;
listen((stream) => {
  const bad = first;
  first = false;
  stream.on('data', (data) => {
    if (bad) {
      throw new Error('on purpose');
    }
    stream.write(data);
  });
  if (bad) {
    stream.on('error', mustCall((error) => assert.strictEqual(error.message, 'on purpose')));
    stream.on('close', mustCall((hadError) => assert.strictEqual(hadError, true)));
  }
}, (port, server) => {
  const bad = net.createConnection(port, '127.0.0.1');
  bad.write('x');
  bad.on('error', () => {});
  bad.on('close', mustCall(() => {
    const good = net.createConnection(port, '127.0.0.1');
    good.setEncoding('utf8');
    good.write('hello');
    good.on('data', mustCall((text) => {
      assert.strictEqual(text, 'hello');
      good.end();
      server.close();
    }));
  }));
});
