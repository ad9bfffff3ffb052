// Secrets that two parties share.
const assert = require('assert');
const crypto = require('crypto');

// RFC 7748, 5.2: the base point by itself
const nine = Buffer.alloc(32);
nine[0] = 9;
const header = Buffer.from('302e020100300506032b656e04220420', 'hex');
const privateKey = crypto.createPrivateKey({ key: Buffer.concat([header, nine]), format: 'der', type: 'pkcs8' });
const publicKey = crypto.createPublicKey({
  key: { kty: 'OKP', crv: 'X25519', x: nine.toString('base64url') },
  format: 'jwk',
});
assert.strictEqual(
  crypto.diffieHellman({ privateKey, publicKey }).toString('hex'),
  '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079'
);
for (const type of ['x25519', 'x448']) {
  const one = crypto.generateKeyPairSync(type);
  const other = crypto.generateKeyPairSync(type);
  const agree = (own, peer) => crypto.diffieHellman({ privateKey: own.privateKey, publicKey: peer.publicKey });
  assert.ok(agree(one, other).equals(agree(other, one)));
}

for (const curve of ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1', 'brainpoolP256r1']) {
  const alice = crypto.createECDH(curve);
  const bob = crypto.createECDH(curve);
  const ofAlice = alice.generateKeys('hex', 'compressed');
  const ofBob = bob.generateKeys();
  assert.ok(alice.computeSecret(ofBob).equals(bob.computeSecret(ofAlice, 'hex')), curve);
  assert.strictEqual(
    crypto.ECDH.convertKey(ofAlice, curve, 'hex', 'hex', 'uncompressed'),
    alice.getPublicKey('hex')
  );
  const again = crypto.createECDH(curve);
  again.setPrivateKey(alice.getPrivateKey());
  assert.ok(again.getPublicKey().equals(alice.getPublicKey()));
  assert.throws(() => alice.computeSecret(Buffer.alloc(5)), { code: 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY' });
}
assert.throws(() => crypto.createECDH('nope'), { code: 'ERR_CRYPTO_INVALID_CURVE' });
assert.ok(crypto.getCurves().includes('secp256k1'));

const alice = crypto.getDiffieHellman('modp14');
const bob = crypto.createDiffieHellman(alice.getPrime('hex'), 'hex', alice.getGenerator());
alice.generateKeys();
bob.generateKeys();
const secret = alice.computeSecret(bob.getPublicKey());
assert.strictEqual(secret.length, 256);
assert.ok(secret.equals(bob.computeSecret(alice.getPublicKey('hex'), 'hex')));
assert.throws(() => alice.computeSecret(Buffer.from([1])), { code: 'ERR_CRYPTO_INVALID_KEYLEN' });
assert.throws(() => crypto.getDiffieHellman('nope'), { code: 'ERR_CRYPTO_UNKNOWN_DH_GROUP' });
assert.throws(() => crypto.getDiffieHellman('modp14').getPublicKey(), { code: 'ERR_CRYPTO_INVALID_STATE' });
