'use strict';
// Secrets that two parties share: Diffie and Hellman's, by whole numbers and by elliptic curves.

const { native, toBuffer, hold, isBytes, output, openSsl, asBuffer } = require('inner/crypto-native');
const { coded, codes, validateInt32, validateString, validateObject } = require('inner/node-errors');

const STATE = Symbol('state');
const NUMBER = ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function start(object, prime, generator) {
  Object.defineProperty(object, STATE, { value: { prime, generator, publicKey: null, privateKey: null } });
  Object.defineProperty(object, 'verifyError', {
    value: native.dhCheck(hold(prime), hold(generator)),
    enumerable: true,
  });
}

/** The bits that OpenSSL asks of a prime at least. */
const SMALLEST = 512;

/** Wire form of a small number. */
function numberBytes(number) {
  const hex = number.toString(16);
  return require('buffer').Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** An exchange by a prime of one's own, or of a length. */
function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) {
    return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  }
  if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && !isBytes(sizeOrKey)) {
    throw new codes.ERR_INVALID_ARG_TYPE('sizeOrKey', NUMBER, sizeOrKey);
  }
  if (keyEncoding && typeof keyEncoding !== 'string') {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = undefined;
  }
  if (typeof keyEncoding === 'string' && !require('buffer').Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = undefined;
  }
  let base;
  if (!generator) {
    base = numberBytes(2);
  } else if (typeof generator === 'number') {
    validateInt32(generator, 'generator');
    if (generator < 2) {
      throw dhError('0280007E', 'bad generator');
    }
    base = numberBytes(generator);
  } else {
    base = asBuffer(generator, 'generator', genEncoding, NUMBER);
  }
  if (typeof sizeOrKey === 'number') {
    validateInt32(sizeOrKey, 'sizeOrKey');
    if (sizeOrKey < SMALLEST) {
      throw dhError('0280007E', 'modulus too small');
    }
    start(this, toBuffer(native.dhPrime(sizeOrKey)), base);
  } else {
    start(this, asBuffer(sizeOrKey, 'sizeOrKey', keyEncoding), base);
  }
  return undefined;
}

const dhError = (number, reason) => openSsl(number, 'Diffie-Hellman routines', 'ERR_OSSL_DH_', reason);

const METHODS = {
  /** Makes a private key unless there is one, and gives the public one. */
  generateKeys(encoding) {
    const state = this[STATE];
    if (state.privateKey === null) {
      state.privateKey = toBuffer(native.dhSecret(hold(state.prime)));
    }
    const { generator, privateKey, prime } = state;
    state.publicKey = toBuffer(native.power(hold(generator), hold(privateKey), hold(prime), false));
    return output(state.publicKey, encoding);
  },

  /** The secret that is shared with the owner of another public key, as long as the prime. */
  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const other = asBuffer(otherPublicKey, 'otherPublicKey', inputEncoding);
    const { prime, privateKey } = this[STATE];
    if (privateKey === null) {
      throw coded(new Error('No private key - did you forget to generate one?'), 'ERR_CRYPTO_INVALID_STATE');
    }
    const isSmall = other.every((byte, index) => byte === 0 || (index === other.length - 1 && byte === 1));
    if (isSmall) {
      throw coded(new RangeError('Supplied key is too small'), 'ERR_CRYPTO_INVALID_KEYLEN');
    }
    if (!native.isBelow(hold(other), hold(prime))) {
      throw coded(new RangeError('Supplied key is too large'), 'ERR_CRYPTO_INVALID_KEYLEN');
    }
    return output(toBuffer(native.power(hold(other), hold(privateKey), hold(prime), true)), outputEncoding);
  },

  getPrime(encoding) {
    return output(this[STATE].prime, encoding);
  },

  getGenerator(encoding) {
    return output(this[STATE].generator, encoding);
  },

  getPublicKey(encoding) {
    return output(existing(this[STATE].publicKey, 'public'), encoding);
  },

  getPrivateKey(encoding) {
    return output(existing(this[STATE].privateKey, 'private'), encoding);
  },
};

function existing(key, name) {
  if (key === null) {
    throw coded(new Error(`No ${name} key - did you forget to generate one?`), 'ERR_CRYPTO_INVALID_STATE');
  }
  return key;
}

Object.assign(DiffieHellman.prototype, METHODS, {
  setPublicKey(key, encoding) {
    this[STATE].publicKey = asBuffer(key, 'key', encoding);
    return this;
  },

  setPrivateKey(key, encoding) {
    this[STATE].privateKey = asBuffer(key, 'key', encoding);
    return this;
  },
});

/** An exchange by a well-known prime: modp1, 2, 5, 14 to 18. */
function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) {
    return new DiffieHellmanGroup(name);
  }
  start(this, groupPrime(name), numberBytes(2));
  return undefined;
}
Object.assign(DiffieHellmanGroup.prototype, METHODS);

function groupPrime(name) {
  validateString(name, 'name');
  const prime = native.dhGroup(name.toLowerCase());
  if (prime === null) {
    throw new codes.ERR_CRYPTO_UNKNOWN_DH_GROUP();
  }
  return toBuffer(prime);
}

/** The prime of a group for the code inside. */
exports.heldGroup = (name) => hold(groupPrime(name));

exports.DiffieHellman = DiffieHellman;
exports.DiffieHellmanGroup = DiffieHellmanGroup;

/**
 * @param {number|string|ArrayBufferView} sizeOrKey the bits of a new prime, or a prime
 * @returns {DiffieHellman}
 */
exports.createDiffieHellman = (sizeOrKey, keyEncoding, generator, genEncoding) =>
  new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);

/** @returns {DiffieHellmanGroup} */
exports.getDiffieHellman = (name) => new DiffieHellmanGroup(name);
exports.createDiffieHellmanGroup = exports.getDiffieHellman;

/** The names of elliptic curves. */
exports.getCurves = function getCurves() {
  const names = native.curveNames();
  const all = [];
  for (let i = 0; i < names.length; i++) {
    all.push(names[i]);
  }
  return all;
};

const FORMS = ['compressed', 'uncompressed', 'hybrid'];

function form(format) {
  if (!format) {
    return 'uncompressed';
  }
  if (!FORMS.includes(format)) {
    throw new codes.ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  }
  return format;
}

const failed = (text) => coded(new Error(text), 'ERR_CRYPTO_OPERATION_FAILED');

/** An exchange by an elliptic curve. */
class ECDH {
  constructor(curve) {
    validateString(curve, 'curve');
    if (native.curveName(curve) === null) {
      throw new codes.ERR_CRYPTO_INVALID_CURVE();
    }
    Object.defineProperty(this, STATE, { value: { curve, publicKey: null, privateKey: null } });
  }

  /** A public key in another form: compressed, uncompressed or hybrid. */
  static convertKey(key, curve, inputEncoding, outputEncoding, format) {
    validateString(curve, 'curve');
    const bytes = asBuffer(key, 'key', inputEncoding);
    const wanted = form(format);
    if (native.curveName(curve) === null) {
      throw new codes.ERR_CRYPTO_INVALID_CURVE();
    }
    const converted = native.curveConvert(curve, hold(bytes), wanted);
    if (converted === null) {
      throw failed('Failed to convert Buffer to EC_POINT');
    }
    return output(toBuffer(converted), outputEncoding);
  }

  /** Makes a pair of keys, and gives the public one. */
  generateKeys(encoding, format) {
    const state = this[STATE];
    state.privateKey = toBuffer(native.curveSecret(state.curve));
    state.publicKey = toBuffer(native.curvePoint(state.curve, hold(state.privateKey)));
    return this.getPublicKey(encoding, format);
  }

  /** The secret that is shared with the owner of another public key. */
  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const other = asBuffer(otherPublicKey, 'otherPublicKey', inputEncoding);
    const { curve, privateKey } = this[STATE];
    if (privateKey === null) {
      throw new codes.ERR_CRYPTO_INVALID_KEYPAIR();
    }
    const secret = native.curveAgree(curve, hold(privateKey), hold(other));
    if (secret === null) {
      throw new codes.ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY();
    }
    return output(toBuffer(secret), outputEncoding);
  }

  getPublicKey(encoding, format) {
    const { curve, publicKey } = this[STATE];
    const wanted = form(format);
    if (publicKey === null) {
      throw failed('Failed to get ECDH public key');
    }
    return output(toBuffer(native.curveConvert(curve, hold(publicKey), wanted)), encoding);
  }

  getPrivateKey(encoding) {
    if (this[STATE].privateKey === null) {
      throw failed('Failed to get ECDH private key');
    }
    return output(this[STATE].privateKey, encoding);
  }

  setPrivateKey(key, encoding) {
    const state = this[STATE];
    const bytes = asBuffer(key, 'key', encoding);
    if (!native.curveIsSecret(state.curve, hold(bytes))) {
      throw coded(new RangeError('Private key is not valid for specified curve.'), 'ERR_CRYPTO_INVALID_KEYTYPE');
    }
    state.privateKey = bytes;
    state.publicKey = toBuffer(native.curvePoint(state.curve, hold(bytes)));
    return this;
  }

  setPublicKey(key, encoding) {
    const state = this[STATE];
    const point = native.curveConvert(state.curve, hold(asBuffer(key, 'key', encoding)), 'uncompressed');
    if (point === null) {
      throw failed('Failed to convert Buffer to EC_POINT');
    }
    state.publicKey = toBuffer(point);
    return this;
  }
}

/** May be called without `new`, as of old. */
exports.ECDH = new Proxy(ECDH, { apply: (target, self, args) => new target(...args) });

/** @returns {ECDH} */
exports.createECDH = (curve) => new ECDH(curve);

/**
 * The secret of one's own private key and another's public one, of type dh, ec, x25519 or x448.
 * @param {{privateKey: KeyObject, publicKey: KeyObject}} options
 * @returns {Buffer}
 */
exports.diffieHellman = function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) {
    require('inner/node-errors').validateFunction(callback, 'callback');
  }
  const { handleOf, isKeyObject } = require('inner/crypto-keys');
  const { privateKey, publicKey } = options;
  if (!isKeyObject(privateKey)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.privateKey', privateKey);
  }
  if (!isKeyObject(publicKey)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.publicKey', publicKey);
  }
  if (privateKey.type !== 'private') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(privateKey.type, 'private');
  }
  if (publicKey.type !== 'public' && publicKey.type !== 'private') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(publicKey.type, 'private or public');
  }
  const own = privateKey.asymmetricKeyType;
  const other = publicKey.asymmetricKeyType;
  if (own !== other || !['dh', 'ec', 'x448', 'x25519'].includes(own)) {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${own} and ${other}`);
  }
  const keys = [handleOf(privateKey), native.keyToPublic(handleOf(publicKey))];
  if (callback === undefined) {
    return toBuffer(native.agree(null, ...keys));
  }
  native.agree(require('inner/crypto-native').whenDone(callback), ...keys);
  return undefined;
};
