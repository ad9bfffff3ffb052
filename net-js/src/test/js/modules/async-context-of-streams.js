const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');
const { mustCall } = require('../common');

// The events of a client have what was there when it connected, those of a server what was there when it listened; the
// streams that it accepts begin with nothing.
const storage = new AsyncLocalStorage();
const expect = (store, then = () => {}) =>
  mustCall((...args) => {
    assert.strictEqual(storage.getStore(), store);
    then(...args);
  });

for (const name of ['net', 'node:net']) {
  const net = require(name);
  const server = storage.run(`${name} server`, () =>
    net.createServer(
      expect(`${name} server`, (stream) => {
        stream.on('data', expect(undefined, () => stream.end('answer')));
        stream.on('end', expect(undefined));
      })
    )
  );
  const connect = () => {
    storage.run(`${name} client`, () => {
      const { port } = server.address();
      const client = net.createConnection(port, '127.0.0.1', expect(`${name} client`));
      client.on('data', expect(`${name} client`));
      client.on('end', expect(`${name} client`));
      client.on('close', expect(`${name} client`, () => server.close()));
      client.write('question');
    });
  };
  storage.run(`${name} server`, () => server.listen(0, '127.0.0.1', connect));
}

// What one event enters does not last until the next one.
const net = require('node:net');
const server = net.createServer((stream) => stream.resume());
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.on(
    'connect',
    mustCall(() => {
      storage.enterWith('entered');
      client.end();
    })
  );
  client.on(
    'close',
    mustCall(() => {
      assert.strictEqual(storage.getStore(), undefined);
      server.close();
    })
  );
});
