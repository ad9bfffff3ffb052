const { assert, net, listen, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
assert.throws(() => new net.Stream().verifyPeer(), /Stream is not a secure stream\./);
assert.throws(() => new net.Stream().verifyPeer('localhost'), /Stream is not a secure stream\./);

/** What a client that trusts `ca` says of a server that shows `name`. */
function ask(name, ca, good, next) {
  listen((stream) => {
    stream.setSecure(createCredentials({ key: pem(name + 'key'), cert: pem(name + 'cert') }));
    stream.on('secure', () => stream.end());
  }, (port, server) => {
    const client = net.createConnection(port, 'localhost');
    client.on('connect', () => client.setSecure(createCredentials({ ca })));
    client.on('secure', mustCall(() => {
      assert.strictEqual(client.verifyPeer(), good);
      assert.strictEqual(client.verifyPeer('localhost'), good);
      assert.strictEqual(client.verifyPeer('example.org'), false);
    }));
    client.on('close', mustCall(() => {
      server.close();
      next();
    }));
  });
}
ask('', [pem('cert')], true, () => {
  ask('', undefined, false, () => { // the platform's list does not hold it
    ask('old-', [pem('cert')], false, mustCall()); // nobody vouches for it, and its time is over
  });
});
