// Keys of a pair: making, writing, reading, signing, encrypting.
const assert = require('assert');
const crypto = require('crypto');
const { mustCall, pem } = require('../common');

const data = Buffer.from('some data to sign');

/** How each kind of key may be written. */
const KINDS = [
  ['rsa', { modulusLength: 2048 }, ['pkcs1', 'pkcs8'], ['pkcs1', 'spki']],
  ['ec', { namedCurve: 'P-256' }, ['sec1', 'pkcs8'], ['spki']],
  ['ec', { namedCurve: 'secp256k1' }, ['sec1', 'pkcs8'], ['spki']],
  ['ed25519', undefined, ['pkcs8'], ['spki']],
];
for (const [type, options, privateTypes, publicTypes] of KINDS) {
  const { privateKey, publicKey } = crypto.generateKeyPairSync(type, options);
  assert.strictEqual(privateKey.asymmetricKeyType, type);
  for (const kind of privateTypes) {
    for (const format of ['pem', 'der']) {
      const key = privateKey.export({ type: kind, format });
      assert.ok(crypto.createPrivateKey({ key, type: kind, format }).equals(privateKey), `${type} ${kind} ${format}`);
      assert.ok(crypto.createPublicKey({ key, type: kind, format }).equals(publicKey));
    }
    const key = privateKey.export({ type: kind, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' });
    assert.match(key, /ENCRYPTED/);
    assert.ok(crypto.createPrivateKey({ key, passphrase: 'secret' }).equals(privateKey));
    assert.ok(crypto.createPublicKey({ key, passphrase: Buffer.from('secret') }).equals(publicKey));
    assert.throws(() => crypto.createPrivateKey({ key, passphrase: 'wrong' }), { code: 'ERR_OSSL_BAD_DECRYPT' });
    assert.throws(() => crypto.createPrivateKey(key));
  }
  for (const kind of publicTypes) {
    for (const format of ['pem', 'der']) {
      const key = publicKey.export({ type: kind, format });
      assert.ok(crypto.createPublicKey({ key, type: kind, format }).equals(publicKey), `${type} ${kind} ${format}`);
    }
  }
  assert.ok(crypto.createPrivateKey({ key: privateKey.export({ format: 'jwk' }), format: 'jwk' }).equals(privateKey));
  assert.ok(crypto.createPublicKey({ key: publicKey.export({ format: 'jwk' }), format: 'jwk' }).equals(publicKey));

  const digest = type === 'ed25519' ? null : 'sha256';
  const manners = [{}];
  if (type === 'rsa') {
    manners.push({ padding: crypto.constants.RSA_PKCS1_PSS_PADDING }, { padding: 6, saltLength: -1 });
  } else if (type === 'ec') {
    manners.push({ dsaEncoding: 'ieee-p1363' });
  }
  for (const manner of manners) {
    const signature = crypto.sign(digest, data, { key: privateKey, ...manner });
    assert.strictEqual(crypto.verify(digest, data, { key: publicKey, ...manner }, signature), true);
    assert.strictEqual(crypto.verify(digest, Buffer.from('other'), { key: publicKey, ...manner }, signature), false);
    signature[signature.length >> 1] ^= 1;
    assert.strictEqual(crypto.verify(digest, data, { key: publicKey, ...manner }, signature), false);
    if (digest !== null) {
      const streamed = crypto.createSign(digest).update('some data ').update('to sign').sign({ key: privateKey, ...manner }, 'hex');
      assert.strictEqual(crypto.createVerify(digest).update(data).verify({ key: publicKey, ...manner }, streamed, 'hex'), true);
    }
  }
  crypto.sign(digest, data, privateKey, mustCall((error, signature) => {
    assert.strictEqual(error, null);
    crypto.verify(digest, data, publicKey, signature, mustCall((failure, answer) => assert.strictEqual(answer, true)));
  }));
}

// RFC 8032, test 2
const ed = crypto.createPrivateKey({
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex').toString('base64url'),
    x: Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex').toString('base64url'),
  },
  format: 'jwk',
});
assert.strictEqual(
  crypto.sign(null, Buffer.from('72', 'hex'), ed).toString('hex'),
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
    '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'
);

// RFC 6979, A.2.5: a signature of "sample" by P-256 with SHA-256
const p256 = crypto.createPublicKey({
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: Buffer.from('60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6', 'hex').toString('base64url'),
    y: Buffer.from('7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299', 'hex').toString('base64url'),
  },
  format: 'jwk',
});
const known = Buffer.from(
  'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
    'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  'hex'
);
assert.strictEqual(crypto.verify('sha256', Buffer.from('sample'), { key: p256, dsaEncoding: 'ieee-p1363' }, known), true);

const { privateKey, publicKey } = crypto.generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
assert.deepStrictEqual(crypto.createPublicKey(publicKey).asymmetricKeyDetails, { modulusLength: 2048, publicExponent: 65537n });
for (const oaepHash of [undefined, 'sha256', 'sha512']) {
  const oaepLabel = oaepHash && Buffer.from('label');
  const encrypted = crypto.publicEncrypt({ key: publicKey, oaepHash, oaepLabel }, data);
  assert.ok(crypto.privateDecrypt({ key: privateKey, oaepHash, oaepLabel }, encrypted).equals(data));
  assert.throws(() => crypto.privateDecrypt({ key: privateKey, oaepHash: 'sha384' }, encrypted), {
    code: 'ERR_OSSL_RSA_OAEP_DECODING_ERROR',
  });
}
assert.ok(crypto.publicDecrypt(publicKey, crypto.privateEncrypt(privateKey, data)).equals(data));
assert.throws(() => crypto.publicEncrypt(publicKey, Buffer.alloc(300)), { code: 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE' });

const secret = crypto.createSecretKey(Buffer.from('key'));
assert.strictEqual(secret.symmetricKeySize, 3);
assert.deepStrictEqual(secret.export({ format: 'jwk' }), { kty: 'oct', k: 'a2V5' });
assert.ok(secret.equals(crypto.createSecretKey('6b6579', 'hex')));
assert.throws(() => crypto.createPublicKey(secret), { code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE' });
assert.throws(() => crypto.createPrivateKey('nonsense'), { code: 'ERR_OSSL_UNSUPPORTED' });
assert.throws(() => crypto.createSign('nope'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
assert.throws(() => crypto.createSign('sha1').sign(), { code: 'ERR_CRYPTO_SIGN_KEY_REQUIRED' });
assert.throws(() => crypto.generateKeyPairSync('ec', { namedCurve: 'nope' }), { code: 'ERR_CRYPTO_INVALID_CURVE' });
assert.strictEqual(crypto.generateKeySync('aes', { length: 256 }).symmetricKeySize, 32);
require('util').promisify(crypto.generateKeyPair)('ec', { namedCurve: 'P-384' }).then(
  mustCall((pair) => assert.deepStrictEqual(pair.publicKey.asymmetricKeyDetails, { namedCurve: 'secp384r1' }))
);

// A certificate and its key
const certificate = new crypto.X509Certificate(pem('cert'));
assert.strictEqual(certificate.checkPrivateKey(crypto.createPrivateKey(pem('key'))), true);
assert.match(certificate.subject, /^CN=/m);
assert.match(certificate.fingerprint256, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
assert.match(certificate.validTo, /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT$/);
assert.ok(new crypto.X509Certificate(certificate.raw).toString() === certificate.toString());
assert.ok(certificate.publicKey.equals(crypto.createPublicKey(pem('cert'))));
