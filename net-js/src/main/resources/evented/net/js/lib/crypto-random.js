'use strict';
// Random bytes, numbers and names.

const { native, toBuffer, isAnyArrayBuffer, whenDone } = require('inner/crypto-native');
const { codes, validateBoolean, validateFunction, validateNumber, validateObject } = require('inner/node-errors');

const LARGEST = 2 ** 31 - 1;

/**
 * Random bytes, fit for keys.
 * @param {number} size how many
 * @param {Function} [callback] gets (error, bytes); without one they are returned
 */
exports.randomBytes = function randomBytes(size, callback) {
  checkNumber(size, 'size', 0, LARGEST);
  if (callback === undefined) {
    return toBuffer(native.random(null, Math.floor(size)));
  }
  validateFunction(callback, 'callback');
  native.random(whenDone(callback), Math.floor(size));
  return undefined;
};
exports.pseudoRandomBytes = exports.randomBytes;

function checkNumber(value, name, min, max) {
  validateNumber(value, name);
  if (!(value >= min && value <= max)) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
  }
}

/** Where to put the bytes: [first, count] in bytes. */
function part(buffer, offset, size) {
  if (!isAnyArrayBuffer(buffer) && !ArrayBuffer.isView(buffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  }
  const width = buffer.BYTES_PER_ELEMENT || 1;
  const first = offset === undefined ? 0 : offset;
  checkNumber(first, 'offset', 0, buffer.byteLength / width);
  let count;
  if (size === undefined) {
    count = buffer.byteLength / width - first;
  } else {
    checkNumber(size, 'size', 0, LARGEST);
    count = size;
    if ((first + count) * width > buffer.byteLength) {
      throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${buffer.byteLength / width}`, first + count);
    }
  }
  return [Math.floor(first * width), Math.floor(count * width)];
}

function fill(buffer, at, bytes) {
  const view = isAnyArrayBuffer(buffer)
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  view.set(bytes, at);
  return buffer;
}

/** Puts random bytes into a buffer, and returns it; offset and size are in its elements. */
exports.randomFillSync = function randomFillSync(buffer, offset, size) {
  const [at, count] = part(buffer, offset, size);
  return count === 0 ? buffer : fill(buffer, at, toBuffer(native.random(null, count)));
};

/** As randomFillSync, on another thread: callback(error, buffer). */
exports.randomFill = function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') {
    return exports.randomFill(buffer, undefined, undefined, offset);
  }
  if (typeof size === 'function') {
    return exports.randomFill(buffer, offset, undefined, size);
  }
  if (!isAnyArrayBuffer(buffer) && !ArrayBuffer.isView(buffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  }
  validateFunction(callback, 'callback');
  const [at, count] = part(buffer, offset, size);
  native.random(
    whenDone(callback, (bytes) => fill(buffer, at, toBuffer(bytes))),
    count
  );
  return undefined;
};

const WIDEST = 2 ** 48 - 1;

function checkSafe(value, name) {
  if (!Number.isSafeInteger(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'a safe integer', value);
  }
}

/**
 * A random whole number, each as likely as the others.
 * @param {number} [min=0] the least
 * @param {number} max above the greatest; less than 2 ** 48 above `min`
 * @param {Function} [callback] gets (error, number)
 */
exports.randomInt = function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
  }
  checkSafe(min, 'min');
  checkSafe(max, 'max');
  if (max <= min) {
    throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  }
  const range = max - min;
  if (!(range <= WIDEST)) {
    throw new codes.ERR_OUT_OF_RANGE('max - min', `<= ${WIDEST}`, range);
  }
  // The last numbers that would make some results likelier than others are drawn again.
  const limit = 2 ** 48 - (2 ** 48 % range);
  let drawn;
  do {
    drawn = exports.randomBytes(6).readUIntBE(0, 6);
  } while (drawn >= limit);
  const number = min + (drawn % range);
  if (callback === undefined) {
    return number;
  }
  require('inner/turns').nextTick(callback, undefined, number);
  return undefined;
};

/** A random UUID (version 4, RFC 9562). */
exports.randomUUID = function randomUUID(options) {
  if (options !== undefined) {
    if (typeof options !== 'object' || options === null) {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'object', options);
    }
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) {
      validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
    }
  }
  const bytes = exports.randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** The most bytes that getRandomValues gives at once. */
const QUOTA = 65536;

const INTEGERS = [
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['BigInt64Array', 'BigUint64Array'],
];

/** Fills an array of integers, as browsers do. */
exports.getRandomValues = function getRandomValues(array) {
  if (!ArrayBuffer.isView(array) || !INTEGERS.some((name) => array instanceof globalThis[name])) {
    const DOMException = require('inner/node-errors').DOMException;
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > QUOTA) {
    const DOMException = require('inner/node-errors').DOMException;
    throw new DOMException(
      `The requested length exceeds ${QUOTA.toString().replace('65536', '65,536')} bytes`,
      'QuotaExceededError'
    );
  }
  return exports.randomFillSync(array);
};
