'use strict';
// KeyObject, and what is taken for a key.

const { native, toBuffer, hold, isBytes } = require('inner/crypto-native');
const { codes, validateOneOf, validateString } = require('inner/node-errors');

const HANDLE = Symbol('handle of the key');
const SECRET = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'];
const JWK_CURVES = { __proto__: null, prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521', secp256k1: 'secp256k1' };
const JWK_RAW = { __proto__: null, ed25519: 'Ed25519', ed448: 'Ed448', x25519: 'X25519', x448: 'X448' };

/** A key: secret, public or private. */
class KeyObject {
  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') {
      throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    }
    if (typeof handle !== 'object' || handle === null) {
      throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    }
    Object.defineProperty(this, HANDLE, { value: handle });
    Object.defineProperty(this, 'type', { value: type, enumerable: false });
  }

  /** The KeyObject of a CryptoKey. */
  static from(key) {
    if (!isCryptoKey(key)) {
      throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    }
    return require('inner/webcrypto-keys').keyObjectOf(key);
  }

  /** Whether both are the same key. */
  equals(other) {
    if (!isKeyObject(other)) {
      throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    }
    return native.keySame(this[HANDLE], other[HANDLE]);
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });

class SecretKeyObject extends KeyObject {
  constructor(handle) {
    super('secret', handle);
  }

  /** In bytes. */
  get symmetricKeySize() {
    return native.keySecretSize(this[HANDLE]);
  }

  /**
   * The bytes of the key.
   * @param {{format: string}} [options] buffer, or jwk
   */
  export(options) {
    if (options !== undefined) {
      require('inner/node-errors').validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') {
        return { kty: 'oct', k: base64Url(toBuffer(native.keySecretBytes(this[HANDLE]))) };
      }
    }
    return toBuffer(native.keySecretBytes(this[HANDLE]));
  }

  toCryptoKey(algorithm, extractable, usages) {
    return require('inner/webcrypto').importSync('raw', this.export(), algorithm, extractable, usages);
  }
}

class AsymmetricKeyObject extends KeyObject {
  /** Such as rsa, ec or ed25519. */
  get asymmetricKeyType() {
    return native.keyType(this[HANDLE]);
  }

  get asymmetricKeyDetails() {
    const type = this.asymmetricKeyType;
    const facts = native.keyDetails(this[HANDLE]);
    if (type === 'rsa' || type === 'rsa-pss') {
      const details = { modulusLength: facts[0], publicExponent: BigInt(facts[1]) };
      if (facts.length > 2) {
        Object.assign(details, { hashAlgorithm: facts[2], mgf1HashAlgorithm: facts[3], saltLength: facts[4] });
      }
      return details;
    }
    if (type === 'dsa') {
      return { modulusLength: facts[0], divisorLength: facts[1] };
    }
    return type === 'ec' && facts.length > 0 ? { namedCurve: facts[0] } : {};
  }

  toCryptoKey(algorithm, extractable, usages) {
    const format = this.type === 'public' ? 'spki' : 'pkcs8';
    const bytes = this.export({ type: format, format: 'der' });
    return require('inner/webcrypto').importSync(format, bytes, algorithm, extractable, usages);
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('public', handle);
  }

  /** The key as text or bytes: format pem, der or jwk, type spki or pkcs1. */
  export(options) {
    return exportKey(this[HANDLE], true, options, 'options');
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('private', handle);
  }

  /** The key as text or bytes: format pem, der or jwk, type pkcs8, pkcs1 or sec1, encrypted if cipher is given. */
  export(options) {
    return exportKey(this[HANDLE], false, options, 'options');
  }
}

const isKeyObject = (value) => value instanceof KeyObject && value[HANDLE] !== undefined;

/** Whether it is a key of WebCrypto; only that module makes one, so it is not loaded to ask. */
const isCryptoKey = (value) =>
  value !== null && typeof value === 'object' && cryptoKeys.is !== undefined && cryptoKeys.is(value);

/** Filled by webcrypto-keys.js when it is loaded. */
const cryptoKeys = { is: undefined };
exports.cryptoKeys = cryptoKeys;

const base64Url = (bytes) => bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
exports.base64Url = base64Url;

/** The KeyObject over a key that Java gave. */
exports.wrapKey = function wrapKey(handle) {
  const kind = native.keyKind(handle);
  if (kind === 'secret') {
    return new SecretKeyObject(handle);
  }
  return kind === 'public' ? new PublicKeyObject(handle) : new PrivateKeyObject(handle);
};

/** Which kind of file is asked for: `type` of an encoding, with its fit for the key. */
function encodingType(type, required, keyType, isPublic, name) {
  if (type === undefined && !required) {
    return undefined;
  }
  if (type === 'pkcs1') {
    if (keyType !== undefined && keyType !== 'rsa') {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('pkcs1', 'can only be used for RSA keys');
    }
    return type;
  }
  if (type === 'spki' && isPublic !== false) {
    return type;
  }
  if (type === 'pkcs8' && isPublic !== true) {
    return type;
  }
  if (type === 'sec1' && isPublic !== true) {
    if (keyType !== undefined && keyType !== 'ec') {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('sec1', 'can only be used for EC keys');
    }
    return type;
  }
  throw new codes.ERR_INVALID_ARG_VALUE(name, type);
}

const passphraseTypes = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

/** Writes a key as `options` say, such as those of export and of generateKeyPair. */
function exportKey(handle, isPublic, options, name) {
  if (options === null || typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'object', options);
  }
  const { format, cipher, passphrase } = options;
  if (format === 'jwk') {
    if (passphrase !== undefined) {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
    }
    return toJwk(handle);
  }
  if (format !== 'pem' && format !== 'der') {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.format`, format);
  }
  const type = encodingType(options.type, true, native.keyType(handle), isPublic, `${name}.type`);
  let encryption = [null, null];
  if (!isPublic && (cipher !== undefined && cipher !== null)) {
    if (typeof cipher !== 'string') {
      throw new codes.ERR_INVALID_ARG_VALUE(`${name}.cipher`, cipher);
    }
    if (format === 'der' && (type === 'pkcs1' || type === 'sec1')) {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'does not support encryption');
    }
    if (typeof passphrase !== 'string' && !isBytes(passphrase)) {
      throw new codes.ERR_INVALID_ARG_VALUE(`${name}.passphrase`, passphrase);
    }
    encryption = [cipher, hold(passphrase, `${name}.passphrase`, options.encoding, passphraseTypes)];
  } else if (!isPublic && passphrase !== undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.cipher`, cipher);
  }
  const result = native.keyExport(handle, format, type, ...encryption);
  return format === 'pem' ? result : toBuffer(result);
}
exports.exportKey = exportKey;

/** Checks an encoding that is to be used later. */
exports.checkEncoding = function checkEncoding(options, keyType, isPublic, name) {
  if (options === null || typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_VALUE(name, options);
  }
  if (options.format === 'jwk') {
    return;
  }
  if (options.format !== 'pem' && options.format !== 'der') {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.format`, options.format);
  }
  encodingType(options.type, true, keyType, isPublic, `${name}.type`);
  if (options.cipher !== undefined && options.cipher !== null && typeof options.cipher !== 'string') {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.cipher`, options.cipher);
  }
};

const fromHex = (hex) => base64Url(require('buffer').Buffer.from(hex, 'hex'));

const RSA_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];

/** A key as JSON (RFC 7517). */
function toJwk(handle) {
  const type = native.keyType(handle);
  const isPrivate = native.keyKind(handle) === 'private';
  if (type === 'rsa') {
    const numbers = native.keyNumbers(handle);
    const jwk = { kty: 'RSA' };
    for (let i = 0; i < numbers.length; i++) {
      jwk[RSA_MEMBERS[i]] = fromHex(numbers[i]);
    }
    return jwk;
  }
  if (type === 'ec') {
    const curve = native.keyDetails(handle)[0];
    if (JWK_CURVES[curve] === undefined) {
      throw new codes.ERR_CRYPTO_JWK_UNSUPPORTED_CURVE(curve);
    }
    const numbers = native.keyNumbers(handle);
    const jwk = { kty: 'EC', x: fromHex(numbers[0]), y: fromHex(numbers[1]), crv: JWK_CURVES[curve] };
    if (isPrivate) {
      jwk.d = fromHex(numbers[2]);
    }
    return jwk;
  }
  if (JWK_RAW[type] !== undefined) {
    const numbers = native.keyNumbers(handle);
    const jwk = { crv: JWK_RAW[type] };
    if (isPrivate) {
      jwk.d = fromHex(numbers[1]);
    }
    jwk.x = fromHex(numbers[0]);
    jwk.kty = 'OKP';
    return jwk;
  }
  throw new codes.ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE();
}
exports.toJwk = toJwk;

function member(jwk, name) {
  if (typeof jwk[name] !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`key.${name}`, 'string', jwk[name]);
  }
  return require('buffer').Buffer.from(jwk[name].replace(/-/g, '+').replace(/_/g, '/'), 'base64');
}

/** The key that a JWK describes; a public one of a private one if that is all that is wanted. */
function fromJwk(jwk, wantsPrivate) {
  if (jwk === null || typeof jwk !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('key.key', 'object', jwk);
  }
  validateOneOf(jwk.kty, 'key.kty', ['RSA', 'EC', 'OKP']);
  const isPrivate = jwk.d !== undefined;
  if (wantsPrivate && !isPrivate) {
    validateString(jwk.d, 'key.d');
  }
  if (jwk.kty === 'RSA') {
    const names = wantsPrivate ? RSA_MEMBERS : RSA_MEMBERS.slice(0, 2);
    return native.keyOfRsa(...names.map((name) => hold(member(jwk, name))));
  }
  if (jwk.kty === 'EC') {
    validateOneOf(jwk.crv, 'key.crv', ['P-256', 'secp256k1', 'P-384', 'P-521']);
    const { Buffer } = require('buffer');
    const point = Buffer.concat([Buffer.from([4]), member(jwk, 'x'), member(jwk, 'y')]);
    return native.keyOfCurve(jwk.crv, hold(point), wantsPrivate ? hold(member(jwk, 'd')) : null);
  }
  validateOneOf(jwk.crv, 'key.crv', ['Ed25519', 'Ed448', 'X25519', 'X448']);
  const bytes = member(jwk, wantsPrivate ? 'd' : 'x');
  const size = { Ed25519: 32, X25519: 32, Ed448: 57, X448: 56 }[jwk.crv];
  if (bytes.length !== size) {
    throw new codes.ERR_CRYPTO_INVALID_JWK();
  }
  return native.keyOfBytes(jwk.crv.toLowerCase(), wantsPrivate, hold(bytes));
}
exports.fromJwk = fromJwk;

/** What errors say that a key must be. */
const kinds = (withObjects) => ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', ...(withObjects ? ['KeyObject', 'CryptoKey'] : [])];

/**
 * The key of an argument.
 * @param {*} key a KeyObject, a CryptoKey, text, bytes, or an object with one of these as its `key`
 * @param {boolean} wantsPrivate or else a public one, to which a private one leads too
 * @param {boolean} [creates] whether a KeyObject is to be made, and so is none to be given
 */
function pairKey(key, wantsPrivate, creates = false) {
  if (isKeyObject(key) || isCryptoKey(key)) {
    return ofObject(key, wantsPrivate, creates);
  }
  if (typeof key === 'string' || isBytes(key)) {
    return parse(hold(key), undefined, undefined, wantsPrivate);
  }
  if (key === null || typeof key !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('key', kinds(!creates || !wantsPrivate), key);
  }
  const { key: data, format = 'pem', type, passphrase, encoding } = key;
  if (isKeyObject(data) || isCryptoKey(data)) {
    return ofObject(data, wantsPrivate, creates);
  }
  if (format === 'jwk') {
    return fromJwk(data, wantsPrivate);
  }
  if (typeof data !== 'string' && !isBytes(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key.key', kinds(!creates || !wantsPrivate), data);
  }
  if (format !== 'pem' && format !== 'der') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.format', format);
  }
  const checked = encodingType(type, format === 'der', undefined, wantsPrivate ? false : undefined, 'options.type');
  let secret;
  if (passphrase !== undefined && passphrase !== null) {
    if (typeof passphrase !== 'string' && !isBytes(passphrase)) {
      throw new codes.ERR_INVALID_ARG_VALUE('key.passphrase', passphrase);
    }
    secret = hold(passphrase, 'key.passphrase', encoding);
  }
  return parse(hold(data, 'key.key', encoding), format === 'der' ? checked : undefined, secret, wantsPrivate);
}
exports.pairKey = pairKey;

function ofObject(key, wantsPrivate, creates) {
  const object = isCryptoKey(key) ? require('inner/webcrypto-keys').keyObjectOf(key) : key;
  if (wantsPrivate || creates) {
    if (wantsPrivate && creates) {
      throw new codes.ERR_INVALID_ARG_TYPE('key', kinds(false), key);
    }
    if (object.type !== 'private') {
      throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(object.type, 'private');
    }
    return wantsPrivate ? object[HANDLE] : native.keyToPublic(object[HANDLE]);
  }
  if (object.type === 'secret') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(object.type, 'private or public');
  }
  return object.type === 'private' ? native.keyToPublic(object[HANDLE]) : object[HANDLE];
}

function parse(held, type, passphrase, wantsPrivate) {
  const secret = passphrase === undefined ? null : passphrase;
  if (wantsPrivate) {
    return native.keyPrivate(held, type === undefined ? null : type, secret);
  }
  if (type === 'pkcs8' || type === 'sec1') {
    return native.keyToPublic(native.keyPrivate(held, type, secret));
  }
  try {
    return native.keyPublic(held, type === undefined ? null : type, secret);
  } catch (error) {
    if (type !== 'pkcs1') {
      throw error;
    }
    return native.keyToPublic(native.keyPrivate(held, type, secret));
  }
}

/**
 * The bytes of a secret key: a KeyObject's, a CryptoKey's, a text's, or bytes.
 * @param {string} name of the argument
 */
exports.holdSecret = function holdSecret(key, name, encoding, expected = SECRET_ORDER) {
  if (isKeyObject(key) || isCryptoKey(key)) {
    const object = isCryptoKey(key) ? require('inner/webcrypto-keys').keyObjectOf(key) : key;
    if (object.type !== 'secret') {
      throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(object.type, 'secret');
    }
    return native.keyHeld(object[HANDLE]);
  }
  return hold(key, name, encoding, expected);
};
const SECRET_ORDER = ['string', ...SECRET.filter((name) => name !== 'string')];

exports.handleOf = (object) => object[HANDLE];
exports.isKeyObject = isKeyObject;
exports.isCryptoKey = isCryptoKey;
exports.KeyObject = KeyObject;

/**
 * A secret key.
 * @param {string|ArrayBuffer|ArrayBufferView} key
 * @param {string} [encoding] of a text
 */
exports.createSecretKey = (key, encoding) =>
  new SecretKeyObject(native.keySecret(hold(key, 'key', encoding, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'])));

/** A public key from PEM, DER or JWK, or that of a private key or a certificate. */
exports.createPublicKey = (key) => new PublicKeyObject(pairKey(key, false, true));

/** A private key from PEM, DER or JWK. */
exports.createPrivateKey = (key) => new PrivateKeyObject(pairKey(key, true, true));
