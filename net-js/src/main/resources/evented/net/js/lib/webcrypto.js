'use strict';
// Web Cryptography (the W3C's recommendation) over what `crypto` has: the algorithms that servers and their clients use.

const crypto = require('crypto');
const { Buffer } = require('buffer');
const { codes, validateString } = require('inner/node-errors');
const { makeKey, keyObjectOf } = require('inner/webcrypto-keys');
const { checkCreated, checkExport, checkImported, checkJwk, jwkAlgorithm, sorted, supports } = require('inner/webcrypto-rules');
const { native, hold, toBuffer } = require('inner/crypto-native');

const fail = (message, name) => {
  const DOMException = require('inner/dom-exception');
  return new DOMException(message, name);
};

const notSupported = (what = 'Unrecognized algorithm name') => fail(what, 'NotSupportedError');

/** Digests of Web Cryptography, by their names. */
const DIGESTS = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };

/** In bits. */
const BLOCKS = { sha1: 512, sha256: 512, sha384: 1024, sha512: 1024 };
const CURVES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

const NAMES = [
  ...Object.keys(DIGESTS),
  ...['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW', 'ECDH', 'ECDSA', 'Ed25519', 'HKDF', 'HMAC', 'PBKDF2', 'RSA-OAEP', 'RSA-PSS'],
  ...['RSASSA-PKCS1-v1_5', 'X25519'],
];

/** An algorithm with its name spelt as in the recommendation. */
function normalize(algorithm) {
  const given = typeof algorithm === 'string' ? { name: algorithm } : algorithm;
  if (given === null || typeof given !== 'object' || typeof given.name !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('algorithm', ['string', 'Object'], algorithm);
  }
  const name = NAMES.find((one) => one.toLowerCase() === given.name.toLowerCase());
  if (name === undefined) {
    throw notSupported();
  }
  return { ...given, name };
}

/** crypto's name of the digest that an algorithm asks for. */
function digestOf(hash) {
  const { name } = normalize(hash);
  if (DIGESTS[name] === undefined) {
    throw notSupported();
  }
  return DIGESTS[name];
}

const hashAlgorithm = (hash) => ({ name: Object.keys(DIGESTS).find((name) => DIGESTS[name] === digestOf(hash)) });

function bytes(value, name = 'data') {
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  }
  if (value instanceof ArrayBuffer) {
    return Buffer.from(value.slice(0));
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

/** An ArrayBuffer of a Buffer's bytes alone. */
const out = (buffer) => buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length);

/** Calls what takes a callback, on another thread where crypto has one for it. */
const later = (method, ...args) =>
  new Promise((resolve, reject) => {
    crypto[method](...args, (error, result) => (error ? reject(error) : resolve(result)));
  });

function check(key, algorithm, usage) {
  keyObjectOf(key);
  if (!supports(algorithm.name, usage)) {
    throw notSupported();
  }
  if (key.algorithm.name !== algorithm.name) {
    throw fail('Key algorithm mismatch', 'InvalidAccessError');
  }
  if (!key.usages.includes(usage)) {
    throw fail(`Unable to use this key to ${usage}`, 'InvalidAccessError');
  }
}

const isRsa = (name) => name.startsWith('RSA');
const isAes = (name) => name.startsWith('AES');
const isCurve = (name) => name === 'Ed25519' || name === 'X25519';

/** The parts of signing that depend on the algorithm: digest and key, as crypto.sign takes them. */
function signing(algorithm, key) {
  const object = keyObjectOf(key);
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5':
      return [digestOf(key.algorithm.hash), { key: object, padding: crypto.constants.RSA_PKCS1_PADDING }];
    case 'RSA-PSS':
      return [
        digestOf(key.algorithm.hash),
        { key: object, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength },
      ];
    case 'ECDSA':
      return [digestOf(algorithm.hash), { key: object, dsaEncoding: 'ieee-p1363' }];
    case 'Ed25519':
      return [null, object];
  }
  throw notSupported();
}

/** AES in counter mode, of whose block the last algorithm.length bits count, and begin again at 0 after the last. */
function counter(algorithm, key, data) {
  const start = bytes(algorithm.counter, 'algorithm.counter');
  const { length } = algorithm;
  if (start.length !== 16 || !(length >= 1 && length <= 128)) {
    throw fail('AES-CTR algorithm.counter or algorithm.length is not right', 'OperationError');
  }
  const secret = keyObjectOf(key);
  const name = `aes-${secret.symmetricKeySize * 8}-ctr`;
  const run = (iv, part) => crypto.createCipheriv(name, secret, iv).update(part);
  const all = 1n << BigInt(length);
  const block = BigInt(`0x${start.toString('hex')}`);
  const left = (all - (block & (all - 1n))) * 16n; // bytes until the counter begins again
  if (BigInt(data.length) > all * 16n) {
    throw fail('The data is too long for the counter', 'OperationError');
  }
  if (BigInt(data.length) <= left) {
    return run(start, data);
  }
  const again = ((block >> BigInt(length)) << BigInt(length)).toString(16).padStart(32, '0');
  const at = Number(left);
  return Buffer.concat([run(start, data.subarray(0, at)), run(Buffer.from(again, 'hex'), data.subarray(at))]);
}

function cipher(algorithm, key) {
  const size = keyObjectOf(key).symmetricKeySize * 8;
  const mode = algorithm.name.slice(4).toLowerCase();
  const tag = mode === 'gcm' ? (algorithm.tagLength === undefined ? 128 : algorithm.tagLength) / 8 : 0;
  return { name: `aes-${size}-${mode}`, iv: bytes(algorithm.iv, 'algorithm.iv'), tag };
}

function aes(algorithm, key, data, encrypts) {
  const { name, iv, tag } = cipher(algorithm, key);
  const options = tag > 0 ? { authTagLength: tag } : undefined;
  const secret = keyObjectOf(key);
  try {
    const engine = encrypts
      ? crypto.createCipheriv(name, secret, iv, options)
      : crypto.createDecipheriv(name, secret, iv, options);
    if (tag > 0 && algorithm.additionalData !== undefined) {
      engine.setAAD(bytes(algorithm.additionalData, 'algorithm.additionalData'));
    }
    if (encrypts) {
      const parts = [engine.update(data), engine.final()];
      return Buffer.concat(tag > 0 ? [...parts, engine.getAuthTag()] : parts);
    }
    if (tag > 0) {
      if (data.length < tag) {
        throw new Error('The provided data is too small');
      }
      engine.setAuthTag(data.subarray(data.length - tag));
    }
    return Buffer.concat([engine.update(tag > 0 ? data.subarray(0, data.length - tag) : data), engine.final()]);
  } catch (cause) {
    throw Object.assign(fail('The operation failed for an operation-specific reason', 'OperationError'), { cause });
  }
}

function crypt(algorithm, key, data, encrypts) {
  if (algorithm.name === 'RSA-OAEP') {
    const options = { key: keyObjectOf(key), oaepHash: digestOf(key.algorithm.hash) };
    if (algorithm.label !== undefined) {
      options.oaepLabel = bytes(algorithm.label, 'algorithm.label');
    }
    return encrypts ? crypto.publicEncrypt(options, data) : crypto.privateDecrypt(options, data);
  }
  if (algorithm.name === 'AES-CTR') {
    return counter(algorithm, key, data);
  }
  if (!isAes(algorithm.name) || algorithm.name === 'AES-KW') {
    throw notSupported();
  }
  return aes(algorithm, key, data, encrypts);
}

/** How many bits a key has that is derived for an algorithm; null for those that take any. */
function derivedBits(algorithm) {
  if (isAes(algorithm.name)) {
    if (![128, 192, 256].includes(algorithm.length)) {
      throw fail('AES key length must be 128, 192, or 256 bits', 'OperationError');
    }
    return algorithm.length;
  }
  if (algorithm.name === 'HMAC') {
    return algorithm.length === undefined ? BLOCKS[digestOf(algorithm.hash)] : algorithm.length;
  }
  return null;
}

async function derive(algorithm, key, length) {
  const object = keyObjectOf(key);
  if (algorithm.name === 'ECDH' || algorithm.name === 'X25519') {
    const secret = crypto.diffieHellman({ privateKey: object, publicKey: keyObjectOf(algorithm.public) });
    return length === null || length === undefined ? secret : secret.subarray(0, length / 8);
  }
  if (typeof length !== 'number' || length % 8 !== 0) {
    throw fail('length must be a multiple of 8', 'OperationError');
  }
  const digest = digestOf(algorithm.hash);
  const salt = bytes(algorithm.salt, 'algorithm.salt');
  if (algorithm.name === 'PBKDF2') {
    if (algorithm.iterations === 0) {
      throw fail('iterations cannot be zero', 'OperationError');
    }
    return later('pbkdf2', object.export(), salt, algorithm.iterations, length / 8, digest);
  }
  if (algorithm.name === 'HKDF') {
    return Buffer.from(await later('hkdf', digest, object, salt, bytes(algorithm.info, 'algorithm.info'), length / 8));
  }
  throw notSupported();
}

/** What `algorithm` says in a key that is imported or made. */
function describe(algorithm, object) {
  const { name } = algorithm;
  if (name === 'HMAC') {
    return { name, length: object.symmetricKeySize * 8, hash: hashAlgorithm(algorithm.hash) };
  }
  if (isAes(name)) {
    return { name, length: object.symmetricKeySize * 8 };
  }
  if (isRsa(name)) {
    const { modulusLength, publicExponent } = object.asymmetricKeyDetails;
    const exponent = Buffer.from(publicExponent.toString(16).padStart(6, '0'), 'hex');
    return { name, modulusLength, publicExponent: new Uint8Array(exponent), hash: hashAlgorithm(algorithm.hash) };
  }
  return name === 'ECDSA' || name === 'ECDH' ? { name, namedCurve: algorithm.namedCurve } : { name };
}

function importObject(format, data, algorithm) {
  const { name } = algorithm;
  if (format === 'jwk') {
    return data.kty === 'oct' ? crypto.createSecretKey(data.k, 'base64url') : keyOfJwk(data);
  }
  if (format === 'spki') {
    return crypto.createPublicKey({ key: bytes(data, 'keyData'), format: 'der', type: 'spki' });
  }
  if (format === 'pkcs8') {
    return crypto.createPrivateKey({ key: bytes(data, 'keyData'), format: 'der', type: 'pkcs8' });
  }
  if (format !== 'raw') {
    throw new codes.ERR_INVALID_ARG_VALUE('format', format);
  }
  const raw = bytes(data, 'keyData');
  if (name === 'ECDSA' || name === 'ECDH') {
    if (CURVES[algorithm.namedCurve] === undefined) {
      throw notSupported('Unrecognized namedCurve');
    }
    const point = crypto.ECDH.convertKey(raw, CURVES[algorithm.namedCurve], undefined, undefined, 'uncompressed');
    const half = (point.length - 1) / 2;
    const part = (from) => point.subarray(from, from + half).toString('base64url');
    return keyOfJwk({ kty: 'EC', crv: algorithm.namedCurve, x: part(1), y: part(1 + half) });
  }
  if (isCurve(name)) {
    return keyOfJwk({ kty: 'OKP', crv: name, x: raw.toString('base64url') });
  }
  if (isRsa(name)) {
    throw notSupported(`Unable to import ${name} using raw format`);
  }
  if (isAes(name) && ![16, 24, 32].includes(raw.length)) {
    throw fail('Invalid key length', 'DataError');
  }
  return crypto.createSecretKey(raw);
}

const keyOfJwk = (jwk) =>
  jwk.d === undefined
    ? crypto.createPublicKey({ key: jwk, format: 'jwk' })
    : crypto.createPrivateKey({ key: jwk, format: 'jwk' });

function exportObject(format, key) {
  const object = keyObjectOf(key);
  checkExport(format, key);
  switch (format) {
    case 'jwk':
      return { key_ops: [...key.usages], ext: key.extractable, ...object.export({ format: 'jwk' }), ...jwkAlgorithm(key) };
    case 'spki':
      return out(object.export({ format: 'der', type: 'spki' }));
    case 'pkcs8':
      return out(object.export({ format: 'der', type: 'pkcs8' }));
    case 'raw': {
      if (object.type === 'secret') {
        return out(object.export());
      }
      const { x, y } = object.export({ format: 'jwk' });
      const point = [Buffer.from(x, 'base64url')];
      return out(Buffer.concat(y === undefined ? point : [Buffer.from([4]), ...point, Buffer.from(y, 'base64url')]));
    }
  }
  throw new codes.ERR_INVALID_ARG_VALUE('format', format);
}

/** The uses that the public half of a pair has. */
const PUBLIC_USES = ['encrypt', 'verify', 'wrapKey'];

async function generatePair(algorithm, extractable, usages) {
  const { name } = algorithm;
  const [type, options] = isRsa(name)
    ? [
        'rsa',
        {
          modulusLength: algorithm.modulusLength,
          publicExponent: parseInt(bytes(algorithm.publicExponent, 'algorithm.publicExponent').toString('hex'), 16),
        },
      ]
    : isCurve(name)
      ? [name.toLowerCase(), {}]
      : ['ec', { namedCurve: CURVES[algorithm.namedCurve] || algorithm.namedCurve }];
  const pair = await new Promise((resolve, reject) => {
    crypto.generateKeyPair(type, options, (error, publicKey, privateKey) =>
      error ? reject(error) : resolve({ publicKey, privateKey })
    );
  });
  const described = describe(algorithm, pair.publicKey);
  const isPublic = (usage) => PUBLIC_USES.includes(usage);
  return {
    publicKey: makeKey(pair.publicKey, described, true, usages.filter(isPublic)),
    privateKey: makeKey(pair.privateKey, described, extractable, usages.filter((usage) => !isPublic(usage))),
  };
}

/** importKey at once. */
function importSync(format, keyData, algorithm, extractable, keyUsages) {
  validateString(format, 'format');
  const normal = normalize(algorithm);
  if (format === 'jwk') {
    checkJwk(keyData, normal, extractable);
  }
  const object = importObject(format, keyData, normal);
  checkImported(normal, object, extractable, keyUsages);
  return makeKey(object, describe(normal, object), extractable, sorted(keyUsages));
}
exports.importSync = importSync;

/** What is wrapped, encrypted or decrypted by a key that may do so. */
function wrapped(algorithm, key, data, encrypts) {
  if (algorithm.name !== 'AES-KW') {
    return crypt(algorithm, key, data, encrypts);
  }
  try {
    return toBuffer(native.aesWrap(hold(keyObjectOf(key).export()), hold(data), encrypts));
  } catch (cause) {
    throw Object.assign(fail('The operation failed for an operation-specific reason', 'OperationError'), { cause });
  }
}

/** What `crypto.subtle` is: all methods give promises. */
class SubtleCrypto {
  async digest(algorithm, data) {
    const digest = digestOf(algorithm);
    return out(crypto.createHash(digest).update(bytes(data)).digest());
  }

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    return importSync(format, keyData, algorithm, extractable, keyUsages);
  }

  async exportKey(format, key) {
    keyObjectOf(key);
    if (!key.extractable) {
      throw fail('key is not extractable', 'InvalidAccessException');
    }
    return exportObject(format, key);
  }

  async generateKey(algorithm, extractable, keyUsages) {
    const normal = normalize(algorithm);
    checkCreated(normal, keyUsages);
    const bits = derivedBits(normal);
    if (bits !== null) {
      const object = crypto.createSecretKey(crypto.randomBytes(bits / 8));
      return makeKey(object, describe(normal, object), extractable, sorted(keyUsages));
    }
    if (!isRsa(normal.name) && !isCurve(normal.name) && normal.name !== 'ECDSA' && normal.name !== 'ECDH') {
      throw notSupported();
    }
    return generatePair(normal, extractable, sorted(keyUsages));
  }

  async sign(algorithm, key, data) {
    const normal = normalize(algorithm);
    check(key, normal, 'sign');
    if (normal.name === 'HMAC') {
      return out(crypto.createHmac(digestOf(key.algorithm.hash), keyObjectOf(key)).update(bytes(data)).digest());
    }
    const [digest, options] = signing(normal, key);
    return out(await later('sign', digest, bytes(data), options));
  }

  async verify(algorithm, key, signature, data) {
    const normal = normalize(algorithm);
    check(key, normal, 'verify');
    const given = bytes(signature, 'signature');
    if (normal.name === 'HMAC') {
      const right = crypto.createHmac(digestOf(key.algorithm.hash), keyObjectOf(key)).update(bytes(data)).digest();
      return right.length === given.length && crypto.timingSafeEqual(right, given);
    }
    const [digest, options] = signing(normal, key);
    return later('verify', digest, bytes(data), options, given);
  }

  async encrypt(algorithm, key, data) {
    const normal = normalize(algorithm);
    check(key, normal, 'encrypt');
    return out(crypt(normal, key, bytes(data), true));
  }

  async decrypt(algorithm, key, data) {
    const normal = normalize(algorithm);
    check(key, normal, 'decrypt');
    return out(crypt(normal, key, bytes(data), false));
  }

  async deriveBits(algorithm, baseKey, length = null) {
    const normal = normalize(algorithm);
    check(baseKey, normal, 'deriveBits');
    return out(await derive(normal, baseKey, length));
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    const normal = normalize(algorithm);
    check(baseKey, normal, 'deriveKey');
    const wanted = normalize(derivedKeyType);
    const secret = await derive(normal, baseKey, derivedBits(wanted));
    return this.importKey('raw', secret, wanted, extractable, keyUsages);
  }

  async wrapKey(format, key, wrappingKey, algorithm) {
    const normal = normalize(algorithm);
    check(wrappingKey, normal, 'wrapKey');
    const exported = await this.exportKey(format, key);
    const data = format === 'jwk' ? Buffer.from(JSON.stringify(exported)) : Buffer.from(exported);
    return out(wrapped(normal, wrappingKey, data, true));
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, algorithm, keyAlgorithm, extractable, keyUsages) {
    const normal = normalize(algorithm);
    check(unwrappingKey, normal, 'unwrapKey');
    const data = wrapped(normal, unwrappingKey, bytes(wrappedKey, 'wrappedKey'), false);
    const given = format === 'jwk' ? JSON.parse(data.toString()) : data;
    return importSync(format, given, keyAlgorithm, extractable, keyUsages);
  }

  get [Symbol.toStringTag]() {
    return 'SubtleCrypto';
  }
}

class Crypto {
  get subtle() {
    return subtle;
  }

  /** Fills a typed array of whole numbers, of at most 65,536 bytes. */
  getRandomValues(array) {
    if (!ArrayBuffer.isView(array) || array instanceof DataView || /^Float/.test(array[Symbol.toStringTag])) {
      throw fail('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > 65536) {
      throw fail(
        `The requested length exceeds 65,536 bytes`,
        'QuotaExceededError'
      );
    }
    crypto.randomFillSync(array);
    return array;
  }

  randomUUID(options) {
    return crypto.randomUUID(options);
  }

  get [Symbol.toStringTag]() {
    return 'Crypto';
  }
}

const subtle = new SubtleCrypto();
const webcrypto = new Crypto();

exports.Crypto = Crypto;
exports.SubtleCrypto = SubtleCrypto;
exports.subtle = subtle;
exports.webcrypto = webcrypto;
exports.getRandomValues = (array) => webcrypto.getRandomValues(array);
