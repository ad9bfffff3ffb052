'use strict';
// What Java lends to crypto, and how bytes go there and come back.

const native = binding.crypto();
const { wrap } = require('buffer');
const { codes } = require('inner/node-errors');

exports.native = native;

/** Makes a Buffer of bytes that Java gave. */
exports.toBuffer = wrap;

const isAnyArrayBuffer = (value) =>
  value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);
exports.isAnyArrayBuffer = isAnyArrayBuffer;

/** Whether a value is bytes: an ArrayBuffer, or a view of one. */
exports.isBytes = (value) => ArrayBuffer.isView(value) || isAnyArrayBuffer(value);

const BUFFERS = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

/**
 * Bytes as Java takes them: copied, so that they may change at once.
 * @param {string|ArrayBuffer|ArrayBufferView} value
 * @param {string} name of the argument
 * @param {string} [encoding] of a text, utf8 unless said
 * @param {string[]} [expected] what an error says that it must be
 */
exports.hold = function hold(value, name, encoding, expected) {
  if (typeof value === 'string') {
    if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'buffer') {
      return value;
    }
    return holdView(require('buffer').Buffer.from(value, encoding));
  }
  if (ArrayBuffer.isView(value)) {
    return holdView(value);
  }
  if (isAnyArrayBuffer(value)) {
    return native.hold(value, 0, value.byteLength);
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, expected || ['string', ...BUFFERS], value);
};

function holdView(view) {
  return native.hold(view.buffer, view.byteOffset, view.byteLength);
}

/** A Buffer over the same bytes, or of a text's. */
exports.asBuffer = function asBuffer(value, name, encoding, expected) {
  const { Buffer } = require('buffer');
  if (typeof value === 'string') {
    return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  }
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (isAnyArrayBuffer(value)) {
    return Buffer.from(value);
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, expected || ['string', ...BUFFERS], value);
};

/** Bytes in the form that was asked for: a Buffer, or text where `encoding` names one. */
exports.output = function output(bytes, encoding) {
  return encoding === undefined || encoding === null || encoding === 'buffer' || !isEncoding(encoding)
    ? bytes
    : bytes.toString(encoding);
};

function isEncoding(encoding) {
  return require('buffer').Buffer.isEncoding(encoding);
}

/** Throws for what cannot be the text of `encoding`, as Node does for half a byte of hex. */
exports.checkText = function checkText(text, encoding) {
  if (text.length % 2 !== 0 && typeof encoding === 'string' && encoding.toLowerCase() === 'hex') {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${text.length}`);
  }
};

/** Calls back with what Java gave to a job: callback(error), or callback(null, value). */
exports.whenDone = (callback, convert = wrap) => (error, result) => {
  if (error !== null && error !== undefined) {
    callback(error);
  } else {
    callback(null, convert(result));
  }
};

/** An error of OpenSSL's in its words, by which programs know it. */
exports.openSsl = function openSsl(number, library, prefix, reason) {
  const error = Object.assign(new Error(`error:${number}:${library}::${reason}`), { library, reason });
  error.code = `${prefix}${reason.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
  return error;
};
