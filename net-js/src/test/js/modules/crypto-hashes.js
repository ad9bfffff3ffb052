// Hashes and HMAC: known answers, pieces, encodings, streams, errors.
const assert = require('assert');
const crypto = require('crypto');
const { mustCall } = require('../common');

const OF_ABC = {
  md5: '900150983cd24fb0d6963f7d28e17f72',
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha224: '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'sha512-256': '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23',
  'sha3-256': '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
  ripemd160: '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc',
  blake2s256: '508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982',
  shake128: '5881092dd818bf5cf8a3ddb793fbcba7',
};
for (const name of Object.keys(OF_ABC)) {
  assert.strictEqual(crypto.createHash(name).update('abc').digest('hex'), OF_ABC[name], name);
  assert.strictEqual(crypto.createHash(name.toUpperCase()).update('a').update(Buffer.from('bc')).digest('hex'), OF_ABC[name]);
  assert.strictEqual(crypto.hash(name, 'abc'), OF_ABC[name]);
}
for (const name of crypto.getHashes()) {
  assert.ok(crypto.createHash(name).digest().length >= 16, name);
}

const sha1 = Buffer.from(OF_ABC.sha1, 'hex');
for (const encoding of ['hex', 'base64', 'base64url', 'latin1', 'binary']) {
  assert.strictEqual(crypto.createHash('sha1').update('abc').digest(encoding), sha1.toString(encoding));
}
assert.ok(crypto.createHash('sha1').update('abc').digest().equals(sha1));
assert.ok(crypto.createHash('sha1').update('616263', 'hex').digest().equals(sha1));
assert.ok(crypto.createHash('sha1').update(new Uint16Array([0x6161, 0x6262]).subarray(1)).digest('hex').length === 40);
assert.strictEqual(crypto.createHash('shake256', { outputLength: 5 }).update('abc').digest('hex'), '483366601360a8771c'.slice(0, 10));
assert.strictEqual(crypto.createHash('shake128', { outputLength: 0 }).digest('hex'), '');

const first = crypto.createHash('sha256').update('a');
const second = first.copy();
assert.strictEqual(second.update('bc').digest('hex'), OF_ABC.sha256);
assert.strictEqual(first.update('bc').digest('hex'), OF_ABC.sha256);

// RFC 4231, case 2 and case 6
assert.strictEqual(
  crypto.createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex'),
  '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
);
assert.strictEqual(
  crypto
    .createHmac('sha512', Buffer.alloc(131, 0xaa))
    .update('Test Using Larger Than Block-Size Key - Hash Key First')
    .digest('hex'),
  '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352' +
    '6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598'
);
assert.strictEqual(crypto.createHmac('sha1', '').digest('hex'), 'fbdb1d1b18aa6c08324b7d64b71fb76370690e1d');
const key = crypto.createSecretKey('Jefe', 'utf8');
assert.ok(crypto.createHmac('md5', key).update('x').digest().equals(crypto.createHmac('md5', 'Jefe').update('x').digest()));
const twice = crypto.createHmac('sha1', 'k');
twice.digest();
assert.strictEqual(twice.digest('hex'), '');

// As streams
const stream = crypto.createHash('sha256');
assert.ok(stream instanceof require('stream').Transform);
stream.once('readable', mustCall(() => assert.strictEqual(stream.read().toString('hex'), OF_ABC.sha256)));
stream.write('a');
stream.end('bc');
require('stream').Readable.from([Buffer.from('ab'), Buffer.from('c')])
  .pipe(crypto.createHash('md5').setEncoding('hex'))
  .on('data', mustCall((text) => assert.strictEqual(text, OF_ABC.md5)));

const fails = (action, code, message) => assert.throws(action, (error) => error.code === code && error.message === message);
assert.throws(() => crypto.createHash('nope'), /^Error: Digest method not supported$/);
fails(() => first.update('x'), 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
fails(() => first.digest(), 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
fails(() => crypto.createHmac('nope', 'k'), 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest: nope');
fails(
  () => crypto.createHash('sha1').update(1),
  'ERR_INVALID_ARG_TYPE',
  'The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received type number (1)'
);
assert.throws(() => crypto.timingSafeEqual(Buffer.alloc(1), Buffer.alloc(2)), { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
assert.strictEqual(crypto.timingSafeEqual(Buffer.from('ab'), new Uint8Array([97, 98])), true);
assert.strictEqual(crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ac')), false);
