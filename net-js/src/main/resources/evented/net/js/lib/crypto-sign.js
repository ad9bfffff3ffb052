'use strict';
// Signatures, and encrypting with keys of a pair.

const { native, toBuffer, hold, isBytes, output, checkText, openSsl, whenDone } = require('inner/crypto-native');
const { pairKey } = require('inner/crypto-keys');
const { coded, codes, validateFunction, validateString } = require('inner/node-errors');
const { inherit, prepare } = require('inner/crypto-lazy-stream');
const { constants } = require('inner/crypto-more');

const STATE = Symbol('state');
const DATA = ['string', 'Buffer', 'TypedArray', 'DataView'];
const SIGNATURE = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function start(object, algorithm, options) {
  validateString(algorithm, 'algorithm');
  if (native.digestSize(algorithm) < 0) {
    throw coded(new TypeError('Invalid digest'), 'ERR_CRYPTO_INVALID_DIGEST');
  }
  prepare(object, options);
  Object.defineProperty(object, STATE, { value: { algorithm, digest: native.digestStart(algorithm), whole: null, done: false } });
}

function update(data, encoding) {
  const state = this[STATE];
  let view = data;
  if (typeof data === 'string') {
    checkText(data, encoding);
    view = require('buffer').Buffer.from(data, encoding === 'buffer' ? undefined : encoding);
  } else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', DATA, data);
  }
  if (state.done) {
    throw coded(new Error('Not initialised'), 'ERR_CRYPTO_INVALID_STATE');
  }
  native.digestUpdate(state.digest, view.buffer, view.byteOffset, view.byteLength);
  return this;
}

function write(chunk, encoding, callback) {
  this.update(chunk, encoding === 'buffer' ? undefined : encoding);
  callback();
}

/** The digest of what was taken; nothing can be taken afterwards. */
function finish(object) {
  const state = object[STATE];
  if (state.done) {
    throw coded(new Error('Not initialised'), 'ERR_CRYPTO_INVALID_STATE');
  }
  state.done = true;
  return hold(toBuffer(native.digestFinish(state.digest, native.digestSize(state.algorithm))));
}

/** Padding, salt, digest of the mask, and whether an elliptic signature is plain. */
function manner(options, key) {
  const isObject = options !== null && typeof options === 'object';
  const { padding, saltLength, dsaEncoding, mgf1Hash } = isObject ? options : {};
  const type = native.keyType(key);
  if (padding !== undefined && padding !== padding >> 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.padding', padding);
  }
  if (saltLength !== undefined && saltLength !== saltLength >> 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.saltLength', saltLength);
  }
  if (dsaEncoding !== undefined && dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
  }
  const usual = type === 'rsa-pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const used = padding === undefined ? usual : padding;
  if (type === 'rsa' || type === 'rsa-pss') {
    const isKnown = used === constants.RSA_PKCS1_PADDING || used === constants.RSA_PKCS1_PSS_PADDING;
    if (!isKnown || (type === 'rsa-pss' && used === constants.RSA_PKCS1_PADDING)) {
      throw openSsl('1C8000A5', 'Provider routines', 'ERR_OSSL_', 'illegal or unsupported padding mode');
    }
  }
  return [
    used,
    saltLength === undefined ? constants.RSA_PSS_SALTLEN_AUTO : saltLength,
    typeof mgf1Hash === 'string' ? mgf1Hash : null,
    dsaEncoding === 'ieee-p1363',
  ];
}

const unsupportedKey = () =>
  openSsl('03000096', 'digital envelope routines', 'ERR_OSSL_EVP_', 'operation not supported for this keytype');

function signingType(key) {
  const type = native.keyType(key);
  if (type === 'x25519' || type === 'x448' || type === 'dh') {
    throw unsupportedKey();
  }
  return type;
}

/** Edwards' curves sign a whole text, which a stream does not keep. */
function refuseWhole(key) {
  const type = signingType(key);
  if (type === 'ed25519' || type === 'ed448') {
    throw coded(new Error('Unsupported crypto operation'), 'ERR_CRYPTO_UNSUPPORTED_OPERATION');
  }
}

/** Takes data, and signs it: sign(key). */
function Sign(algorithm, options) {
  if (!(this instanceof Sign)) {
    return new Sign(algorithm, options);
  }
  start(this, algorithm, options);
  return undefined;
}
inherit(Sign, true);
Sign.prototype.update = update;
Sign.prototype._write = write;

/**
 * The signature.
 * @param {*} privateKey a private key, or an object with one and with padding, saltLength, dsaEncoding
 * @param {string} [encoding] of the result, a Buffer unless said
 */
Sign.prototype.sign = function sign(privateKey, encoding) {
  if (!privateKey) {
    throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  }
  const key = pairKey(privateKey, true);
  const how = manner(privateKey, key);
  refuseWhole(key);
  return output(toBuffer(native.sign(null, key, finish(this), this[STATE].algorithm, true, ...how)), encoding);
};

/** Takes data, and compares it with a signature: verify(key, signature). */
function Verify(algorithm, options) {
  if (!(this instanceof Verify)) {
    return new Verify(algorithm, options);
  }
  start(this, algorithm, options);
  return undefined;
}
inherit(Verify, true);
Verify.prototype.update = update;
Verify.prototype._write = write;

/** @returns {boolean} whether the signature is of that data by that key */
Verify.prototype.verify = function verify(publicKey, signature, encoding) {
  const key = pairKey(publicKey, false);
  const how = manner(publicKey, key);
  const held = hold(signature, 'signature', encoding, ['string', ...SIGNATURE]);
  refuseWhole(key);
  return native.verify(null, key, finish(this), this[STATE].algorithm, true, ...how, held);
};

exports.Sign = Sign;
exports.Verify = Verify;

/** @returns {Sign} */
exports.createSign = (algorithm, options) => new Sign(algorithm, options);

/** @returns {Verify} */
exports.createVerify = (algorithm, options) => new Verify(algorithm, options);

/** The usual digest where none is named; null where the whole text is signed. */
function digestFor(algorithm, key) {
  const type = signingType(key);
  if (algorithm !== null && algorithm !== undefined) {
    validateString(algorithm, 'algorithm');
    if (native.digestSize(algorithm) < 0) {
      throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
    }
    if (type === 'ed25519' || type === 'ed448') {
      throw openSsl('1C80007A', 'Provider routines', 'ERR_OSSL_', 'invalid digest');
    }
    return algorithm;
  }
  return type === 'ed25519' || type === 'ed448' ? null : 'sha256';
}

/**
 * Signs data at once, or on another thread if there is a callback.
 * @param {?string} algorithm the digest; null for the key's own
 * @param {ArrayBuffer|ArrayBufferView} data
 * @param {*} privateKey as for Sign
 * @param {Function} [callback] gets (error, signature)
 */
exports.sign = function sign(algorithm, data, privateKey, callback) {
  if (algorithm !== null && algorithm !== undefined) {
    validateString(algorithm, 'algorithm');
  }
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
  }
  const held = hold(data, 'data', undefined, DATA.slice(1));
  if (!privateKey) {
    throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  }
  const key = pairKey(privateKey, true);
  const how = manner(privateKey, key);
  const args = [key, held, digestFor(algorithm, key), false, ...how];
  if (callback === undefined) {
    return toBuffer(native.sign(null, ...args));
  }
  native.sign(whenDone(callback), ...args);
  return undefined;
};

/** Whether a signature is of that data by that key; on another thread if there is a callback. */
exports.verify = function verify(algorithm, data, publicKey, signature, callback) {
  if (algorithm !== null && algorithm !== undefined) {
    validateString(algorithm, 'algorithm');
  }
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
  }
  if (!isBytes(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', DATA.slice(1), data);
  }
  const held = hold(data, 'data');
  const key = pairKey(publicKey, false);
  const how = manner(publicKey, key);
  if (!isBytes(signature)) {
    throw new codes.ERR_INVALID_ARG_TYPE('signature', DATA.slice(1), signature);
  }
  const args = [key, held, digestFor(algorithm, key), false, ...how, hold(signature, 'signature')];
  if (callback === undefined) {
    return native.verify(null, ...args);
  }
  native.verify(
    whenDone(callback, (answer) => answer),
    ...args
  );
  return undefined;
};

/** RSA over one block, with the key's side and the padding that is usual for it. */
function rsa(operation, wantsPrivate, usualPadding) {
  return function (options, buffer) {
    const isObject = options !== null && typeof options === 'object';
    const { padding = usualPadding, oaepHash, oaepLabel, encoding } = isObject ? options : {};
    const key = pairKey(options, wantsPrivate);
    if (native.keyType(key) !== 'rsa') {
      throw unsupportedKey();
    }
    if (oaepHash !== undefined) {
      validateString(oaepHash, 'key.oaepHash');
      if (native.digestSize(oaepHash) < 0) {
        throw coded(new Error('Invalid digest: ' + oaepHash), 'ERR_OSSL_EVP_INVALID_DIGEST');
      }
    }
    const label = oaepLabel === undefined ? null : hold(oaepLabel, 'key.oaepLabel', encoding);
    const data = hold(buffer, 'buffer', encoding);
    return toBuffer(operation(key, !wantsPrivate, padding, oaepHash === undefined ? 'sha1' : oaepHash, label, data));
  };
}

const encrypt = (...args) => native.rsaEncrypt(...args);
const decrypt = (...args) => native.rsaDecrypt(...args);

/** Encrypts for the owner of a key; by OAEP unless options.padding says otherwise. */
exports.publicEncrypt = rsa(encrypt, false, constants.RSA_PKCS1_OAEP_PADDING);
exports.privateDecrypt = rsa(decrypt, true, constants.RSA_PKCS1_OAEP_PADDING);
exports.privateEncrypt = rsa(encrypt, true, constants.RSA_PKCS1_PADDING);
exports.publicDecrypt = rsa(decrypt, false, constants.RSA_PKCS1_PADDING);
