// In a JVM of its own, with 200 descriptors.
const { assert, net, listen, mustCall } = require('../common');
const held = [];
console.log('loaded now, while there are descriptors to load it with');
setTimeout(() => {}, 0);

/** Takes all descriptors that are left, then calls back. */
function exhaust(done) {
  const server = net.createServer();
  server.on('error', (error) => {
    assert.strictEqual(error.code, 'EMFILE');
    done();
  });
  server.listen(0, '127.0.0.1', () => {
    held.push(server);
    exhaust(done);
  });
}

/** A client that hears its own words. */
function talk(client, text, done) {
  client.write(text);
  client.once('data', mustCall((data) => {
    assert.strictEqual(String(data), text);
    done();
  }));
}

listen((stream) => stream.pipe(stream), (port, server) => {
  const early = net.createConnection(port, '127.0.0.1');
  talk(early, 'before', () => exhaust(mustCall(() => {
    assert.ok(held.length > 50);
    // One descriptor for the client, and none for the server's end of it.
    held.pop().close().on('close', () => {
      const late = net.createConnection(port, '127.0.0.1');
      late.on('connect', mustCall(() => {
        assert.strictEqual(server.connections, 1);
        console.log('exhausted');
        setTimeout(() => {
          console.log('measured');
          assert.strictEqual(server.connections, 1);
          talk(early, 'meanwhile', () => {
            held.forEach((one) => one.close());
            talk(late, 'after', () => {
              assert.strictEqual(server.connections, 2);
              early.end();
              late.end();
              server.close();
            });
          });
        }, 1500); // the stretch over which the test outside measures the CPU time
      }));
    });
  })));
});
