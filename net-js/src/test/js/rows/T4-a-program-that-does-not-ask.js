const { assert, net, listen, log, mustCall, mustNotCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const stranger = createCredentials({ key: pem('key'), cert: pem('cert') });

/** Connects to a server that nobody vouches for; done(events, error, what each side has received). */
function meet(details, onSecure, done) {
  let atServer = '';
  listen((stream) => {
    stream.setSecure(stranger);
    stream.write('from the server');
    stream.on('data', (data) => (atServer += data));
    stream.on('error', () => {});
    stream.on('close', check);
  }, (port, server) => {
    const client = net.createConnection(port, '127.0.0.1');
    const events = log(client, ['connect', 'secure', 'error', 'close']);
    let failure = null;
    let atClient = '';
    client.on('connect', () => {
      client.setSecure(createCredentials(details));
      client.write('before ');
    });
    if (onSecure) {
      client.on('secure', () => onSecure(client));
    }
    client.on('data', (data) => {
      atClient += data;
      client.end();
    });
    client.on('error', (error) => (failure = error));
    client.on('close', () => {
      server.close();
      check();
    });
    finish = () => done(events, failure, atClient, atServer);
  });
  let finish;
  let open = 2;
  function check() {
    if (--open === 0) {
      finish();
    }
  }
}

const refused = mustCall((events, error, atClient, atServer) => {
  assert.deepStrictEqual(events, ['connect', 'secure', 'error', 'close(true)']);
  assert.strictEqual(error.code, 'CERT_UNVERIFIED');
  assert.match(error.message, /verifyPeer\(\)/);
  assert.strictEqual(atClient, '');
  assert.strictEqual(atServer, '');
}, 6);
const taken = mustCall((events, error, atClient, atServer) => {
  assert.deepStrictEqual(events, ['connect', 'secure', 'close(false)']);
  assert.strictEqual(atClient, 'from the server');
  assert.strictEqual(atServer, 'before within');
}, 3);

meet({}, null, refused);
meet({}, (client) => client.write('within'), refused);
meet({}, (client) => client.end('within'), refused);
// What a listener does after it has returned comes too late.
meet({}, async (client) => {
  await null;
  client.verifyPeer();
}, refused);
meet({}, (client) => process.nextTick(() => client.verifyPeer()), refused);
meet({ rejectUnauthorized: undefined }, (client) => Promise.resolve().then(() => client.getPeerCertificate()), refused);

meet({}, async (client) => {
  client.verifyPeer();
  client.write('within');
  await null;
}, taken);
meet({}, (client) => {
  client.getPeerCertificate();
  client.write('within');
}, taken);
meet({ rejectUnauthorized: false }, (client) => client.write('within'), taken);

// What a listener throws is what the stream fails with.
process.once('uncaughtException', mustCall((error) => assert.strictEqual(error.message, 'thrown')));
meet({}, () => {
  throw new Error('thrown');
}, mustCall((events, error, atClient, atServer) => {
  assert.strictEqual(error.message, 'thrown');
  assert.strictEqual(atClient + atServer, '');
}));

// A server that asks for certificates, and not about them.
listen((stream) => {
  stream.setSecure(createCredentials({ key: pem('key'), cert: pem('cert'), ca: pem('cert') }));
  stream.on('secure', () => stream.write('secret'));
  stream.on('error', mustCall((error) => assert.strictEqual(error.code, 'CERT_UNVERIFIED')));
}, (port, server) => {
  const client = net.createConnection(port, '127.0.0.1');
  client.on('connect', () => client.setSecure());
  client.on('secure', mustCall(() => client.verifyPeer()));
  client.on('data', mustNotCall('data'));
  client.on('error', () => {});
  client.on('close', mustCall(() => server.close()));
});
