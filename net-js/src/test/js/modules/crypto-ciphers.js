// Ciphers: what Node makes of the same bytes, in the same pieces.
const assert = require('assert');
const crypto = require('crypto');
const { mustCall } = require('../common');

const data = Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7) & 255));

/** The SHA-1 of what comes out, and the tag. */
const ANSWERS = {
  'aes-128-cbc': ['b8760d7c7b559f1f3eb25783a60907762f2ca193'],
  'aes-128-ctr': ['152cb68e3f5d13a68a909f2d57a0da65cd5c266d'],
  'aes-128-ecb': ['ee56ec06678f96c912a68c741ced784d1aaad281'],
  'aes-128-gcm': ['d2d71956e4390bb9df0c2446edb93b02ca314b30', '2523e3a6d78a131257caf258e0b36ca0'],
  'aes-192-cfb': ['d32fa19b0c804ae98b2e53ce6e1880f14b5a78c8'],
  'aes-192-cfb8': ['c06a433dd8c40a48dc4d7debe8bc3dc7293e666c'],
  'aes-192-ofb': ['351ef2361fa9c2aeff8c2f45539c2d655d685b26'],
  'aes-256-cbc': ['c5c9e781e96c87c98dbb7024a867db97a0f78d7f'],
  'aes-256-ctr': ['b03658b0c852e3b588daddad8ace5cd75318a7de'],
  'aes-256-ecb': ['5d6b94435e9f37b6963ae590c6aae40cba7c85b1'],
  'aes-256-gcm': ['38b94a57cb18b29b6cdcf1adce9d63e482834d48', '88da0a4a03a65971d0cccb0872a74a20'],
  'aria-256-ctr': ['91d7539537705eafdeba5da89d5c5b9b1975d84c'],
  'camellia-128-cbc': ['d745ed5de5c353d1aa220ac254d748ff777beee5'],
  chacha20: ['74393d29fd86d6f792593645d4d223320905dacd'],
  'chacha20-poly1305': ['dfe026dff230a8ccd782df768f2fd30a873ac29d', 'f496cede7959af752c278c1f54a2d5e5'],
  'des-ede3-cbc': ['1a62e93d4796ec6ef36b4876ff7c666b3a6e8eb3'],
  'sm4-cbc': ['f15987944a9622bbd49993372097b88137a66f51'],
};

const PIECES = [1, 2, 3, 16, 15, 17, 32, 64, 100, 750];
const IN_BLOCKS = [0, 0, 0, 16, 16, 16, 32, 64, 96, 752];

function cut(bytes) {
  let at = 0;
  return PIECES.map((length) => bytes.subarray(at, (at += length))).concat([bytes.subarray(at)]);
}

for (const name of Object.keys(ANSWERS)) {
  const [digest, tag] = ANSWERS[name];
  const { keyLength, ivLength, mode } = crypto.getCipherInfo(name);
  const key = data.subarray(3, 3 + keyLength);
  const iv = ivLength === undefined ? null : data.subarray(5, 5 + ivLength);
  const cipher = crypto.createCipheriv(name, key, iv);
  if (tag) {
    cipher.setAAD(Buffer.from('aad'));
  }
  const parts = cut(data).map((part) => cipher.update(part));
  const all = Buffer.concat([...parts, cipher.final()]);
  assert.strictEqual(crypto.createHash('sha1').update(all).digest('hex'), digest, name);
  if (name.startsWith('aes')) {
    const expected = mode === 'cbc' || mode === 'ecb' ? IN_BLOCKS : PIECES;
    assert.deepStrictEqual(parts.slice(0, 10).map((part) => part.length), expected, name);
  }
  const decipher = crypto.createDecipheriv(name, key, iv);
  if (tag) {
    assert.strictEqual(cipher.getAuthTag().toString('hex'), tag, name);
    decipher.setAAD(Buffer.from('aad')).setAuthTag(cipher.getAuthTag());
  }
  const back = cut(all).map((part) => decipher.update(part));
  if (mode === 'gcm') {
    assert.strictEqual(back[0].length, 1); // the text comes before the tag has been seen
  }
  assert.ok(Buffer.concat([...back, decipher.final()]).equals(data), name);
}

const key = Buffer.alloc(16, 1);
const iv = Buffer.alloc(16, 2);
const text = crypto.createCipheriv('aes-128-cbc', key, iv);
const encrypted = text.update('h\u00e9llo', 'utf8', 'base64') + text.final('base64');
const plain = crypto.createDecipheriv('aes-128-cbc', key, iv);
assert.strictEqual(plain.update(encrypted, 'base64', 'utf8') + plain.final('utf8'), 'h\u00e9llo');

const message = (action) => {
  try {
    action();
  } catch (error) {
    return `${error.code}: ${error.message}`;
  }
  return 'nothing';
};
const make = (name, ...args) => message(() => crypto.createCipheriv(name, ...args));
assert.strictEqual(make('nope', key, iv), 'ERR_CRYPTO_UNKNOWN_CIPHER: Unknown cipher');
assert.strictEqual(make('aes-256-cbc', key, iv), 'ERR_CRYPTO_INVALID_KEYLEN: Invalid key length');
assert.strictEqual(make('aes-128-cbc', key, key.subarray(1)), 'ERR_CRYPTO_INVALID_IV: Invalid initialization vector');
assert.strictEqual(
  make('aes-128-gcm', key, iv, { authTagLength: 3 }),
  'ERR_CRYPTO_INVALID_AUTH_TAG: Invalid authentication tag length: 3'
);
const decrypts = (bytes) =>
  message(() => {
    const decipher = crypto.createDecipheriv('aes-128-cbc', key, iv);
    decipher.update(bytes);
    decipher.final();
  });
assert.strictEqual(decrypts(Buffer.alloc(16)), 'ERR_OSSL_BAD_DECRYPT: error:1C800064:Provider routines::bad decrypt');
assert.strictEqual(
  decrypts(Buffer.alloc(5)),
  'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH: error:1C80006B:Provider routines::wrong final block length'
);
const forged = crypto.createDecipheriv('aes-128-gcm', key, iv);
forged.setAuthTag(Buffer.alloc(16));
forged.update('abc');
assert.strictEqual(message(() => forged.final()), 'undefined: Unsupported state or unable to authenticate data');

const stream = crypto.createCipheriv('aes-128-ctr', key, iv);
const pieces = [];
stream.pipe(crypto.createDecipheriv('aes-128-ctr', key, iv)).on('data', (piece) => pieces.push(piece)).on('end', mustCall(() => {
  assert.ok(Buffer.concat(pieces).equals(data));
}));
stream.write(data.subarray(0, 10));
stream.end(data.subarray(10));
