// Keys from passwords, and random numbers: the answers of the RFCs, and the arguments that Node refuses.
const assert = require('assert');
const crypto = require('crypto');
const { mustCall } = require('../common');

// RFC 6070
const pbkdf2 = '4b007901b765489abead49d926f721d065a429c1';
assert.strictEqual(crypto.pbkdf2Sync('password', 'salt', 4096, 20, 'sha1').toString('hex'), pbkdf2);
assert.strictEqual(
  crypto.pbkdf2Sync('pass\0word', 'sa\0lt', 4096, 16, 'sha1').toString('hex'),
  '56fa6aa75548099dcc37d7f03425e0c3'
);
let returned = false;
crypto.pbkdf2('password', 'salt', 4096, 20, 'sha1', mustCall((error, derived) => {
  assert.ok(returned);
  assert.strictEqual(error, null);
  assert.strictEqual(derived.toString('hex'), pbkdf2);
}));

// RFC 7914
assert.strictEqual(
  crypto.scryptSync('', '', 64, { N: 16, r: 1, p: 1 }).toString('hex'),
  '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442' +
    'fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906'
);
crypto.scrypt('password', 'NaCl', 8, { cost: 1024, blockSize: 8, parallelization: 16 }, mustCall((error, derived) => {
  assert.strictEqual(error, null);
  assert.strictEqual(derived.toString('hex'), 'fdbabe1c9d347200');
}));

// RFC 5869, case 1
const okm = '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865';
const hkdf = ['sha256', Buffer.alloc(22, 0x0b), Buffer.from('000102030405060708090a0b0c', 'hex'), Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'), 42];
assert.strictEqual(Buffer.from(crypto.hkdfSync(...hkdf)).toString('hex'), okm);
crypto.hkdf(...hkdf, mustCall((error, derived) => {
  assert.ok(derived instanceof ArrayBuffer);
  assert.strictEqual(Buffer.from(derived).toString('hex'), okm);
}));
returned = true;

const codes = [
  [() => crypto.pbkdf2Sync('a', 'b', 0, 1, 'sha1'), 'ERR_OUT_OF_RANGE'],
  [() => crypto.pbkdf2Sync('a', 'b', 1, 1), 'ERR_INVALID_ARG_TYPE'],
  [() => crypto.pbkdf2Sync('a', 'b', 1, 1, 'nope'), 'ERR_CRYPTO_INVALID_DIGEST'],
  [() => crypto.scryptSync('a', 'b', 1, { N: 3 }), 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS'],
  [() => crypto.scryptSync('a', 'b', 1, { N: 2 ** 20 }), 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS'],
  [() => crypto.hkdfSync('sha256', 'a', 'b', 'c', 255 * 32 + 1), 'ERR_CRYPTO_INVALID_KEYLEN'],
  [() => crypto.randomBytes(-1), 'ERR_OUT_OF_RANGE'],
  [() => crypto.randomInt(), 'ERR_INVALID_ARG_TYPE'],
  [() => crypto.randomInt(3, 3), 'ERR_OUT_OF_RANGE'],
  [() => crypto.randomFillSync(Buffer.alloc(2), 1, 2), 'ERR_OUT_OF_RANGE'],
];
for (const [action, code] of codes) {
  assert.throws(action, { code });
}

assert.strictEqual(crypto.randomBytes(7).length, 7);
crypto.randomBytes(5, mustCall((error, bytes) => assert.strictEqual(bytes.length, 5)));
const filled = crypto.randomFillSync(Buffer.alloc(64), 32);
assert.ok(filled.subarray(0, 32).equals(Buffer.alloc(32)));
assert.ok(!filled.subarray(32).equals(Buffer.alloc(32)));
crypto.randomFill(new Uint32Array(4), mustCall((error, array) => assert.ok(array.some((number) => number !== 0))));
for (let i = 0; i < 100; i++) {
  const number = crypto.randomInt(-2, 3);
  assert.ok(Number.isInteger(number) && number >= -2 && number < 3);
}
crypto.randomInt(10, mustCall((error, number) => assert.ok(number >= 0 && number < 10)));
assert.match(crypto.randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
assert.strictEqual(crypto.checkPrimeSync(crypto.generatePrimeSync(64, { bigint: true })), true);
assert.strictEqual(crypto.checkPrimeSync(15n), false);
