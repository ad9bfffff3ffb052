const { assert, net, listen, mustCall, pem } = require('../common');
const { createCredentials } = require('crypto');
const own = createCredentials({ key: pem('key'), cert: pem('cert') });
const other = createCredentials({ key: pem('old-key'), cert: pem('old-cert') });

const der = (name) => Buffer.from(pem(name).replace(/-----.*-----|\s/g, ''), 'base64');
const certificates = { own: der('cert'), other: der('old-cert') };

const short = (number) => [number >> 8, number & 0xff];
/** What follows its own length, in two bytes. */
const vector = (bytes) => [...short(bytes.length), ...bytes];
const extension = (type, content) => [...short(type), ...vector(content)];
const serverName = (name) => extension(0, vector([0, ...vector([...Buffer.from(name)])]));

/**
 * A ClientHello of TLS 1.2, whose server shows its certificate in plain text. (A client of ours sends the name
 * that it connects to, for which a script would need a resolver of its own.)
 */
function clientHello(name) {
  const extensions = [
    ...(name === undefined ? [] : serverName(name)),
    ...extension(10, vector([0x00, 0x17])), // secp256r1
    ...extension(11, [1, 0]), // uncompressed points
    ...extension(13, vector([0x04, 0x03])), // ecdsa_secp256r1_sha256
  ];
  const body = [
    ...[3, 3],
    ...new Array(32).fill(7), // its random bytes
    0, // no session
    ...vector([0xc0, 0x2b, 0x00, 0xff]), // ECDHE-ECDSA with AES-128-GCM, no renegotiation
    ...[1, 0], // no compression
    ...vector(extensions),
  ];
  return Buffer.from([22, 3, 1, ...vector([1, 0, ...vector(body)])]);
}

/** Which certificate a client is shown that asks for this name: done('own' or 'other'). */
function shown(port, name, done) {
  const client = net.createConnection(port, '127.0.0.1');
  let answer = Buffer.alloc(0);
  const seen = () => Object.keys(certificates).find((which) => answer.indexOf(certificates[which]) >= 0);
  client.write(clientHello(name));
  client.on('data', (data) => {
    answer = Buffer.concat([answer, data]);
    if (seen()) {
      client.destroy();
    }
  });
  client.on('close', mustCall(() => done(seen())));
}

const cases = [
  ['a.example', 'other'],
  ['A.Example', 'other'],
  ['www.b.example', 'other'],
  ['b.example', 'own'],
  ['x.www.b.example', 'own'],
  ['c.example', 'own'],
  [undefined, 'own'],
];

const credentials = createCredentials({
  key: pem('key'),
  cert: pem('cert'),
  serverNames: { 'a.example': other, '*.b.example': other, 'd.example': own },
});
listen((stream) => {
  stream.setSecure(credentials);
  stream.on('error', () => {}); // the client goes in the midst of the handshake
}, (port, server) => {
  const next = mustCall(() => {
    if (cases.length === 0) {
      server.close();
      return;
    }
    const [name, expected] = cases.shift();
    shown(port, name, (which) => {
      assert.strictEqual(which, expected, `for ${name}`);
      next();
    });
  }, cases.length + 1);
  next();
});
