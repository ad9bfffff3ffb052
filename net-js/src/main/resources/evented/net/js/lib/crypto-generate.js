'use strict';
// New keys.

const { native, whenDone } = require('inner/crypto-native');
const { checkDigest } = require('inner/crypto-hash');
const { checkEncoding, exportKey, wrapKey } = require('inner/crypto-keys');
const { randomBytes } = require('inner/crypto-random');
const {
  codes,
  validateFunction,
  validateInt32,
  validateInteger,
  validateObject,
  validateString,
  validateUint32,
} = require('inner/node-errors');

/** A job for each kind of key: a function of a callback, or of null to have the key at once. */
const JOBS = {
  __proto__: null,
  rsa: (options) => {
    const { modulusLength, publicExponent = 0x10001 } = options;
    validateUint32(modulusLength, 'options.modulusLength');
    validateUint32(publicExponent, 'options.publicExponent');
    return (callback) => native.makeRsa(callback, modulusLength, publicExponent);
  },
  'rsa-pss': (options) => {
    const { modulusLength, publicExponent = 0x10001, saltLength } = options;
    validateUint32(modulusLength, 'options.modulusLength');
    validateUint32(publicExponent, 'options.publicExponent');
    const digest = options.hashAlgorithm === undefined ? options.hash : options.hashAlgorithm;
    const mask = options.mgf1HashAlgorithm === undefined ? options.mgf1Hash : options.mgf1HashAlgorithm;
    if (saltLength !== undefined) {
      validateInt32(saltLength, 'options.saltLength', 0);
    }
    for (const [value, name] of [[digest, 'hashAlgorithm'], [mask, 'mgf1HashAlgorithm']]) {
      if (value !== undefined) {
        validateString(value, `options.${name}`);
        checkDigest(value);
      }
    }
    const restricts = digest !== undefined || mask !== undefined || saltLength !== undefined;
    // The standard's own: SHA-1, with a salt as long.
    const usual = digest === undefined ? 20 : native.digestSize(digest);
    return (callback) =>
      native.makeRsaPss(
        callback,
        modulusLength,
        publicExponent,
        digest === undefined ? null : digest,
        mask === undefined ? null : mask,
        restricts ? (saltLength === undefined ? usual : saltLength) : null
      );
  },
  dsa: (options) => {
    const { modulusLength, divisorLength } = options;
    validateUint32(modulusLength, 'options.modulusLength');
    if (divisorLength !== undefined && divisorLength !== null) {
      validateInt32(divisorLength, 'options.divisorLength', 0);
    }
    return (callback) => native.makeDsa(callback, modulusLength, divisorLength || 0);
  },
  ec: (options) => {
    const { namedCurve, paramEncoding } = options;
    validateString(namedCurve, 'options.namedCurve');
    if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named') {
      if (paramEncoding === 'explicit') {
        throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM("paramEncoding: 'explicit'");
      }
      throw new codes.ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
    }
    if (native.curveName(namedCurve) === null) {
      throw new codes.ERR_CRYPTO_INVALID_CURVE();
    }
    return (callback) => native.makeOfCurve(callback, namedCurve);
  },
  dh: (options) => {
    const { group, primeLength, prime, generator } = options;
    if (group !== undefined && group !== null) {
      if (prime !== undefined || primeLength !== undefined || generator !== undefined) {
        const other = prime !== undefined ? 'prime' : primeLength !== undefined ? 'primeLength' : 'generator';
        throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', other);
      }
      validateString(group, 'options.group');
      const known = require('inner/crypto-dh').heldGroup(group);
      return (callback) => native.makeDh(callback, known, 0, 2);
    }
    if (prime === undefined && primeLength === undefined) {
      throw new codes.ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
    }
    if (generator !== undefined && generator !== null) {
      validateInt32(generator, 'options.generator', 0);
    }
    const base = generator === undefined || generator === null ? 2 : generator;
    if (prime !== undefined) {
      const held = require('inner/crypto-native').hold(prime, 'options.prime');
      return (callback) => native.makeDh(callback, held, 0, base);
    }
    validateInt32(primeLength, 'options.primeLength', 0);
    return (callback) => native.makeDh(callback, null, primeLength, base);
  },
};
for (const type of ['ed25519', 'ed448', 'x25519', 'x448']) {
  JOBS[type] = () => (callback) => native.makePlain(callback, type);
}

function prepare(type, options) {
  validateString(type, 'type');
  const make = JOBS[type];
  if (make === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
  const given = options === undefined || options === null ? {} : options;
  const needs = type === 'rsa' || type === 'rsa-pss' || type === 'dsa' || type === 'ec' || type === 'dh';
  if ((needs || (options !== undefined && options !== null)) && (options === null || typeof options !== 'object')) {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'object', options);
  }
  const { publicKeyEncoding, privateKeyEncoding } = given;
  if (publicKeyEncoding !== undefined && publicKeyEncoding !== null) {
    checkEncoding(publicKeyEncoding, type, true, 'options.publicKeyEncoding');
  }
  if (privateKeyEncoding !== undefined && privateKeyEncoding !== null) {
    checkEncoding(privateKeyEncoding, type, false, 'options.privateKeyEncoding');
  }
  const shown = (handle, encoding, isPublic, name) =>
    encoding === undefined || encoding === null ? wrapKey(handle) : exportKey(handle, isPublic, encoding, name);
  return {
    run: make(given),
    pair: (handle) => ({
      publicKey: shown(native.keyToPublic(handle), publicKeyEncoding, true, 'options.publicKeyEncoding'),
      privateKey: shown(handle, privateKeyEncoding, false, 'options.privateKeyEncoding'),
    }),
  };
}

/**
 * Makes a pair of keys on another thread.
 * @param {string} type rsa, rsa-pss, dsa, ec, ed25519, ed448, x25519, x448 or dh
 * @param {object} [options] by the type, with publicKeyEncoding and privateKeyEncoding
 * @param {Function} callback gets (error, publicKey, privateKey)
 */
exports.generateKeyPair = function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const { run, pair } = prepare(type, options);
  run((error, handle) => {
    if (error !== null && error !== undefined) {
      callback(error);
      return;
    }
    let made;
    try {
      made = pair(handle);
    } catch (failure) {
      callback(failure);
      return;
    }
    callback(null, made.publicKey, made.privateKey);
  });
};
Object.defineProperty(exports.generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  value: (type, options) =>
    new Promise((resolve, reject) => {
      exports.generateKeyPair(type, options, (error, publicKey, privateKey) =>
        error ? reject(error) : resolve({ publicKey, privateKey })
      );
    }),
  enumerable: false,
});

/** @returns {{publicKey: *, privateKey: *}} */
exports.generateKeyPairSync = function generateKeyPairSync(type, options) {
  const { run, pair } = prepare(type, options);
  return pair(run(null));
};

/** The bytes of a secret key of that kind. */
function secretSize(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  if (type === 'hmac') {
    validateInteger(options.length, 'options.length', 8, 2 ** 31 - 1);
    return Math.floor(options.length / 8);
  }
  if (type === 'aes') {
    require('inner/node-errors').validateOneOf(options.length, 'options.length', [128, 192, 256]);
    return options.length / 8;
  }
  throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
}

const secretOf = (bytes) => require('inner/crypto-keys').createSecretKey(bytes);

/** Makes a secret key, of type hmac or aes, of options.length bits: callback(error, key). */
exports.generateKey = function generateKey(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const size = secretSize(type, options);
  randomBytes(size, whenDone(callback, secretOf));
};

exports.generateKeySync = (type, options) => secretOf(randomBytes(secretSize(type, options)));
