'use strict';
// Keys from passwords and from other keys: PBKDF2, scrypt, HKDF.

const { native, toBuffer, hold, whenDone } = require('inner/crypto-native');
const { codes, validateFunction, validateInteger, validateInt32, validateString, validateUint32 } = require('inner/node-errors');
const { checkDigest } = require('inner/crypto-hash');

const LARGEST = 2 ** 31 - 1;

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  const heldPassword = hold(password, 'password');
  const heldSalt = hold(salt, 'salt');
  validateInteger(iterations, 'iterations', 1, LARGEST);
  validateInteger(keylen, 'keylen', 0, LARGEST);
  checkDigest(digest);
  return [digest, heldPassword, heldSalt, iterations, keylen];
}

/**
 * PBKDF2 (RFC 8018), on another thread.
 * @param {Function} callback gets (error, key)
 */
exports.pbkdf2 = function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const checked = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  native.pbkdf2(whenDone(callback), ...checked);
};

exports.pbkdf2Sync = (password, salt, iterations, keylen, digest) =>
  toBuffer(native.pbkdf2(null, ...pbkdf2Arguments(password, salt, iterations, keylen, digest)));

/** A parameter of scrypt, by either of its names. */
function parameter(options, short, long, usual) {
  const isShort = options[short] !== undefined;
  if (isShort) {
    validateUint32(options[short], short);
  }
  if (options[long] !== undefined) {
    if (isShort) {
      throw new codes.ERR_CRYPTO_SCRYPT_INVALID_PARAMETER();
    }
    validateUint32(options[long], long);
  }
  return (isShort ? options[short] : options[long]) || usual;
}

function scryptArguments(password, salt, keylen, options) {
  const heldPassword = hold(password, 'password');
  const heldSalt = hold(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  const given = options === undefined || options === null ? {} : options;
  const cost = parameter(given, 'N', 'cost', 16384);
  const block = parameter(given, 'r', 'blockSize', 8);
  const parallel = parameter(given, 'p', 'parallelization', 1);
  if (given.maxmem !== undefined) {
    validateInteger(given.maxmem, 'maxmem', 0);
  }
  const memory = given.maxmem || 32 * 1024 * 1024;
  const isPower = cost > 1 && (cost & (cost - 1)) === 0 && cost > 0;
  if (!isPower || block * parallel >= 2 ** 30 || cost >= 2 ** Math.min(16 * block, 1000)) {
    throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS();
  }
  if (128 * cost * block + 128 * block * parallel + 256 * block + 64 > memory) {
    throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS('error:030000AC:digital envelope routines::memory limit exceeded');
  }
  return [heldPassword, heldSalt, cost, block, parallel, keylen];
}

/**
 * scrypt (RFC 7914), on another thread.
 * @param {object} [options] N or cost (16384), r or blockSize (8), p or parallelization (1), maxmem (32 MiB)
 * @param {Function} callback gets (error, key)
 */
exports.scrypt = function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) {
    callback = options;
    options = undefined;
  }
  const checked = scryptArguments(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  native.scrypt(whenDone(callback), ...checked);
};

exports.scryptSync = (password, salt, keylen, options) =>
  toBuffer(native.scrypt(null, ...scryptArguments(password, salt, keylen, options)));

/** HKDF may not give more than so many times the size of its digest (RFC 5869). */
const BLOCKS = 255;

function hkdfArguments(digest, key, salt, info, length) {
  validateString(digest, 'digest');
  const heldKey = require('inner/crypto-keys').holdSecret(key, 'ikm', undefined, [
    'string',
    ...['SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'],
  ]);
  const heldSalt = hold(salt, 'salt');
  const heldInfo = hold(info, 'info');
  validateInteger(length, 'length', 0, LARGEST);
  const infoLength = typeof info === 'string' ? require('buffer').Buffer.byteLength(info) : info.byteLength;
  if (infoLength > 1024) {
    throw new codes.ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', infoLength);
  }
  checkDigest(digest);
  if (length > BLOCKS * native.digestSize(digest)) {
    throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
  }
  return [digest, heldKey, heldSalt, heldInfo, length];
}

/** Node gives an ArrayBuffer here, where all else gives a Buffer. */
const arrayBuffer = (bytes) => toBuffer(bytes).buffer;

/**
 * HKDF (RFC 5869), on another thread.
 * @param {Function} callback gets (error, key), the key as an ArrayBuffer
 */
exports.hkdf = function hkdf(digest, key, salt, info, length, callback) {
  const checked = hkdfArguments(digest, key, salt, info, length);
  validateFunction(callback, 'callback');
  native.hkdf(whenDone(callback, arrayBuffer), ...checked);
};

exports.hkdfSync = (digest, key, salt, info, length) =>
  arrayBuffer(native.hkdf(null, ...hkdfArguments(digest, key, salt, info, length)));
