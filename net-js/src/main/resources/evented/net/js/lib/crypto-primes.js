'use strict';
// Prime numbers.

const { native, toBuffer, hold, isBytes, whenDone } = require('inner/crypto-native');
const { codes, validateBoolean, validateFunction, validateInt32, validateObject } = require('inner/node-errors');

/** Big-endian bytes of a BigInt. */
function bytesOf(number, name) {
  if (number < 0n) {
    throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', number);
  }
  const hex = number.toString(16);
  return require('buffer').Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function holdNumber(value, name, expected) {
  if (typeof value === 'bigint') {
    return hold(bytesOf(value, name));
  }
  if (!isBytes(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
  }
  return hold(value);
}

const NUMBERS = ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'];

function generateArguments(size, options) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  const step = add === undefined ? null : holdNumber(add, 'options.add', NUMBERS);
  const remainder = rem === undefined ? null : holdNumber(rem, 'options.rem', NUMBERS);
  const convert = (given) => {
    const bytes = toBuffer(given);
    const { buffer, byteOffset, length } = bytes;
    return bigint ? BigInt(`0x${bytes.toString('hex')}`) : buffer.slice(byteOffset, byteOffset + length);
  };
  return { checked: [size, safe, step, remainder], convert };
}

/**
 * Makes a prime number of `size` bits on another thread.
 * @param {number} size
 * @param {object} [options] safe, bigint, add, rem
 * @param {Function} callback gets (error, prime): an ArrayBuffer, or a BigInt if options.bigint
 */
exports.generatePrime = function generatePrime(size, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  validateFunction(callback, 'callback');
  const { checked, convert } = generateArguments(size, options);
  native.makePrime(whenDone(callback, convert), ...checked);
};

exports.generatePrimeSync = function generatePrimeSync(size, options = {}) {
  const { checked, convert } = generateArguments(size, options);
  return convert(native.makePrime(null, ...checked));
};

/** How sure one is unless it is said: one error in 2 ** 100. */
const CERTAINTY = 100;

function checkArguments(candidate, options) {
  const held = holdNumber(candidate, 'candidate', NUMBERS);
  validateObject(options, 'options');
  const { checks = 0 } = options;
  validateInt32(checks, 'options.checks', 0);
  return [held, checks === 0 ? CERTAINTY : 2 * checks];
}

/** Whether a number is, as good as surely, a prime: callback(error, answer). */
exports.checkPrime = function checkPrime(candidate, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  validateFunction(callback, 'callback');
  const checked = checkArguments(candidate, options);
  native.isPrime(
    whenDone(callback, (answer) => answer),
    ...checked
  );
};

exports.checkPrimeSync = (candidate, options = {}) => native.isPrime(null, ...checkArguments(candidate, options));
