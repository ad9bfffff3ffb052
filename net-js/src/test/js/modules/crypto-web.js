// Web Cryptography: the global `crypto`.
const assert = require('assert');
const { mustCall } = require('../common');

const { subtle } = crypto;
const hex = (buffer) => Buffer.from(buffer).toString('hex');
const data = Buffer.from('some data');
const rejects = (promise, name) => assert.rejects(promise, (error) => error.name === name);

async function secrets() {
  assert.strictEqual(
    hex(await subtle.digest('SHA-256', Buffer.from('abc'))),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  );
  const key = await subtle.importKey('raw', Buffer.alloc(32, 2), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
  const signature = await subtle.sign('HMAC', key, data);
  assert.strictEqual(await subtle.verify('HMAC', key, signature, data), true);
  assert.deepStrictEqual(await subtle.exportKey('jwk', key), {
    key_ops: ['sign', 'verify'],
    ext: true,
    kty: 'oct',
    k: 'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI',
    alg: 'HS256',
  });
  await rejects(subtle.encrypt('HMAC', key, data), 'NotSupportedError');
  await rejects(subtle.encrypt({ name: 'AES-CBC', iv: Buffer.alloc(16) }, key, data), 'InvalidAccessError');
  await rejects(subtle.importKey('raw', data, { name: 'HMAC', hash: 'SHA-256' }, true, ['encrypt']), 'SyntaxError');
  await rejects(subtle.importKey('raw', data, 'PBKDF2', true, ['deriveBits']), 'SyntaxError');
  await rejects(subtle.importKey('raw', data, 'nope', true, ['sign']), 'NotSupportedError');

  // RFC 6070
  const password = await subtle.importKey('raw', Buffer.from('password'), 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-1', salt: Buffer.from('salt'), iterations: 4096 };
  assert.strictEqual(hex(await subtle.deriveBits(how, password, 160)), '4b007901b765489abead49d926f721d065a429c1');
  const derived = await subtle.deriveKey(how, password, { name: 'AES-GCM', length: 128 }, true, ['encrypt']);
  assert.deepStrictEqual(derived.algorithm, { name: 'AES-GCM', length: 128 });
}

async function ciphers() {
  const iv = Buffer.alloc(16, 4);
  for (const algorithm of [
    { name: 'AES-GCM', iv: iv.subarray(4) },
    { name: 'AES-GCM', iv, additionalData: data, tagLength: 96 },
    { name: 'AES-CBC', iv },
    { name: 'AES-CTR', counter: iv, length: 64 },
  ]) {
    const key = await subtle.generateKey({ name: algorithm.name, length: 256 }, true, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
    const encrypted = await subtle.encrypt(algorithm, key, data);
    assert.strictEqual(hex(await subtle.decrypt(algorithm, key, encrypted)), hex(data));
    if (algorithm.name === 'AES-GCM') {
      await rejects(subtle.decrypt(algorithm, key, Buffer.alloc(40)), 'OperationError');
    }
    const wrapped = await subtle.wrapKey('raw', key, key, algorithm);
    const again = await subtle.unwrapKey('raw', wrapped, key, algorithm, algorithm.name, true, ['encrypt']);
    assert.strictEqual(hex(await subtle.exportKey('raw', again)), hex(await subtle.exportKey('raw', key)));
  }
  // The last bits of the block alone count: after 255 comes 0, and what stands before stays.
  const key = await subtle.importKey('raw', Buffer.alloc(16, 1), 'AES-CTR', true, ['encrypt']);
  const long = await subtle.encrypt({ name: 'AES-CTR', counter: Buffer.alloc(16, 255), length: 8 }, key, Buffer.alloc(32));
  const second = await subtle.encrypt(
    { name: 'AES-CTR', counter: Buffer.from('ffffffffffffffffffffffffffffff00', 'hex'), length: 8 },
    key,
    Buffer.alloc(16)
  );
  assert.strictEqual(hex(long).slice(32), hex(second));
  // RFC 3394, 4.1
  const kek = await subtle.importKey('raw', Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'), 'AES-KW', true, ['wrapKey']);
  const inner = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  const content = await subtle.importKey('raw', inner, 'AES-GCM', true, ['encrypt']);
  assert.strictEqual(
    hex(await subtle.wrapKey('raw', content, kek, 'AES-KW')),
    '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'
  );
}

async function pairs() {
  const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
  const KINDS = [
    [{ name: 'RSASSA-PKCS1-v1_5', ...rsa }, {}],
    [{ name: 'RSA-PSS', ...rsa }, { saltLength: 32 }],
    [{ name: 'ECDSA', namedCurve: 'P-256' }, { hash: 'SHA-256' }],
    [{ name: 'Ed25519' }, {}],
  ];
  for (const [algorithm, more] of KINDS) {
    const { name } = algorithm;
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const signature = await subtle.sign({ name, ...more }, privateKey, data);
    for (const [format, key, usage] of [['spki', publicKey, 'verify'], ['jwk', publicKey, 'verify'], ['pkcs8', privateKey, 'sign']]) {
      const imported = await subtle.importKey(format, await subtle.exportKey(format, key), algorithm, true, [usage]);
      assert.deepStrictEqual([...imported.usages], [usage]);
      if (usage === 'verify') {
        assert.strictEqual(await subtle.verify({ name, ...more }, imported, signature, data), true);
      }
    }
    await rejects(subtle.exportKey('pkcs8', publicKey), 'InvalidAccessError');
  }
  for (const algorithm of [{ name: 'ECDH', namedCurve: 'P-384' }, { name: 'X25519' }]) {
    const one = await subtle.generateKey(algorithm, false, ['deriveBits']);
    const other = await subtle.generateKey(algorithm, false, ['deriveBits']);
    const bits = (own, peer) => subtle.deriveBits({ name: algorithm.name, public: peer.publicKey }, own.privateKey, 256);
    assert.strictEqual(hex(await bits(one, other)), hex(await bits(other, one)));
    await rejects(subtle.exportKey('pkcs8', one.privateKey), 'InvalidAccessException');
  }
  const { publicKey, privateKey } = await subtle.generateKey({ name: 'RSA-OAEP', ...rsa }, true, ['encrypt', 'decrypt']);
  const encrypted = await subtle.encrypt('RSA-OAEP', publicKey, data);
  assert.strictEqual(hex(await subtle.decrypt('RSA-OAEP', privateKey, encrypted)), hex(data));
}

assert.strictEqual(crypto, require('crypto').webcrypto);
assert.ok(crypto.getRandomValues(new Uint8Array(32)).some((byte) => byte !== 0));
assert.throws(() => crypto.getRandomValues(new Uint8Array(65537)), { name: 'QuotaExceededError' });
assert.strictEqual(crypto.randomUUID().length, 36);
secrets().then(ciphers).then(pairs).then(mustCall());
