'use strict';
// Hashes and HMAC.

const { native, toBuffer, output, checkText } = require('inner/crypto-native');
const { codes, validateString, validateUint32 } = require('inner/node-errors');
const { inherit, prepare } = require('inner/crypto-lazy-stream');

const DATA = ['string', 'Buffer', 'TypedArray', 'DataView'];
const STATE = Symbol('state');

/** The names that createHash knows, as Node lists them. */
const NAMES = [
  ...['RSA-MD5', 'RSA-RIPEMD160', 'RSA-SHA1', 'RSA-SHA1-2', 'RSA-SHA224', 'RSA-SHA256', 'RSA-SHA3-224', 'RSA-SHA3-256'],
  ...['RSA-SHA3-384', 'RSA-SHA3-512', 'RSA-SHA384', 'RSA-SHA512', 'RSA-SHA512/224', 'RSA-SHA512/256', 'RSA-SM3'],
  ...['blake2b512', 'blake2s256', 'id-rsassa-pkcs1-v1_5-with-sha3-224', 'id-rsassa-pkcs1-v1_5-with-sha3-256'],
  ...['id-rsassa-pkcs1-v1_5-with-sha3-384', 'id-rsassa-pkcs1-v1_5-with-sha3-512', 'md5', 'md5-sha1'],
  ...['md5WithRSAEncryption', 'ripemd', 'ripemd160', 'ripemd160WithRSA', 'rmd160', 'sha1', 'sha1WithRSAEncryption'],
  ...['sha224', 'sha224WithRSAEncryption', 'sha256', 'sha256WithRSAEncryption', 'sha3-224', 'sha3-256', 'sha3-384'],
  ...['sha3-512', 'sha384', 'sha384WithRSAEncryption', 'sha512', 'sha512-224', 'sha512-224WithRSAEncryption', 'sha512-256'],
  ...['sha512-256WithRSAEncryption', 'sha512WithRSAEncryption', 'shake128', 'shake256', 'sm3', 'sm3WithRSAEncryption'],
  ...['ssl3-md5', 'ssl3-sha1'],
];

/** The algorithms of createHash. */
exports.getHashes = () => NAMES.slice();

/** Throws unless there is such a digest. */
exports.checkDigest = function checkDigest(name) {
  if (native.digestSize(name) < 0) {
    throw new codes.ERR_CRYPTO_INVALID_DIGEST(name);
  }
};

function put(state, data, encoding, byBytes, byText) {
  if (typeof data === 'string') {
    checkText(data, encoding);
    if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8') {
      byText(state, data);
      return;
    }
    data = require('buffer').Buffer.from(data, known(encoding));
  } else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', DATA, data);
  }
  byBytes(state, data.buffer, data.byteOffset, data.byteLength);
}

/** An encoding that Buffer knows: others are taken for utf8. */
function known(encoding) {
  return require('buffer').Buffer.isEncoding(encoding) ? encoding : 'utf8';
}

function finished() {
  return new codes.ERR_CRYPTO_HASH_FINALIZED();
}

/** A stream, and an object with update and digest. */
function Hash(algorithm, options) {
  if (!(this instanceof Hash)) {
    return new Hash(algorithm, options);
  }
  const copied = algorithm instanceof Hash ? algorithm : null;
  if (copied === null) {
    validateString(algorithm, 'algorithm');
  }
  const length = options === undefined || options === null ? undefined : options.outputLength;
  if (length !== undefined) {
    validateUint32(length, 'options.outputLength');
  }
  if (copied === null && native.digestSize(algorithm) < 0) {
    throw new Error('Digest method not supported');
  }
  const name = copied === null ? algorithm : copied[STATE].name;
  const usual = native.digestSize(name);
  if (length !== undefined && length !== usual && !native.digestIsExtendable(name)) {
    throw new codes.ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH();
  }
  prepare(this, options === null ? undefined : options);
  Object.defineProperty(this, STATE, {
    value: {
      name,
      digest: copied === null ? native.digestStart(algorithm) : native.digestCopy(copied[STATE].digest),
      size: length === undefined ? usual : length,
      finished: false,
    },
  });
  return undefined;
}
inherit(Hash);

/**
 * Takes data.
 * @param {string|ArrayBufferView} data
 * @param {string} [encoding] of a text, utf8 unless said
 */
Hash.prototype.update = function update(data, encoding) {
  const state = this[STATE];
  if (state.finished) {
    throw finished();
  }
  put(state.digest, data, encoding, native.digestUpdate, native.digestUpdateText);
  return this;
};

/** Gives the digest, as text if an encoding is named; nothing can be added afterwards. */
Hash.prototype.digest = function digest(encoding) {
  const state = this[STATE];
  if (state.finished) {
    throw finished();
  }
  state.finished = true;
  const bytes = toBuffer(native.digestFinish(state.digest, state.size));
  return output(bytes, encoding === undefined || encoding === null ? undefined : String(encoding));
};

/** Another one that goes on from the state of this one. */
Hash.prototype.copy = function copy(options) {
  const state = this[STATE];
  if (state.finished) {
    throw finished();
  }
  return new Hash(this, options);
};

Hash.prototype._transform = function _transform(chunk, encoding, callback) {
  this.update(chunk, encoding === 'buffer' ? undefined : encoding);
  callback();
};

Hash.prototype._flush = function _flush(callback) {
  this.push(this.digest());
  callback();
};

/** As Hash, with a key. */
function Hmac(algorithm, key, options) {
  if (!(this instanceof Hmac)) {
    return new Hmac(algorithm, key, options);
  }
  validateString(algorithm, 'hmac');
  const secret = require('inner/crypto-keys').holdSecret(key, 'key', options && options.encoding);
  if (native.digestSize(algorithm) < 0) {
    throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
  }
  if (native.digestIsExtendable(algorithm)) {
    throw new Error('error:00000000:lib(0)::reason(0)');
  }
  prepare(this, options);
  Object.defineProperty(this, STATE, { value: { hmac: native.hmacStart(algorithm, secret), finished: false } });
  return undefined;
}
inherit(Hmac);

Hmac.prototype.update = function update(data, encoding) {
  const state = this[STATE];
  if (state.finished) {
    throw finished();
  }
  put(state.hmac, data, encoding, native.hmacUpdate, native.hmacUpdateText);
  return this;
};

Hmac.prototype.digest = function digest(encoding) {
  const state = this[STATE];
  const wanted = encoding === undefined || encoding === null ? undefined : String(encoding);
  if (state.finished) {
    return output(require('buffer').Buffer.alloc(0), wanted);
  }
  state.finished = true;
  return output(toBuffer(native.hmacFinish(state.hmac)), wanted);
};

Hmac.prototype._transform = Hash.prototype._transform;
Hmac.prototype._flush = Hash.prototype._flush;

exports.Hash = Hash;
exports.Hmac = Hmac;

/** @returns {Hash} */
exports.createHash = (algorithm, options) => new Hash(algorithm, options);

/** @returns {Hmac} */
exports.createHmac = (algorithm, key, options) => new Hmac(algorithm, key, options);

/**
 * The digest of one piece of data.
 * @param {string} algorithm
 * @param {string|ArrayBufferView} input
 * @param {string} [encoding='hex'] of the result; `buffer` for a Buffer
 */
exports.hash = function hash(algorithm, input, encoding = 'hex') {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', DATA, input);
  }
  const { outputEncoding = 'hex', outputLength } = typeof encoding === 'object' && encoding !== null ? encoding : {};
  const wanted = typeof encoding === 'string' ? encoding : outputEncoding;
  validateString(wanted, 'outputEncoding');
  if (wanted !== 'buffer' && !require('buffer').Buffer.isEncoding(wanted)) {
    throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', wanted);
  }
  if (native.digestSize(algorithm) < 0) {
    throw new Error(`Digest method ${algorithm} is not supported`);
  }
  return new Hash(algorithm, { outputLength }).update(input).digest(wanted);
};

