'use strict';
// The npm package, with the conversions between text and bytes done by Java, which is far faster than
// an interpreted loop over the bytes.

const npm = require('npm/buffer');
const Buffer = npm.Buffer;

const FAST_TEXT = {
  ascii: 'ascii',
  'us-ascii': undefined,
  utf8: 'utf8',
  'utf-8': 'utf8',
  latin1: 'latin1',
  binary: 'latin1',
  base64: 'base64',
  hex: 'hex',
};

function fastName(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') {
    return 'utf8';
  }
  return FAST_TEXT[encoding] || FAST_TEXT[String(encoding).toLowerCase()];
}

/** Below this many bytes crossing over costs more than the loop. */
const SMALL = 8;

/** The npm package knows base64 with either alphabet, but base64url neither by name nor for output. */
const isBase64Url = (encoding) => typeof encoding === 'string' && /^base64url$/i.test(encoding);

const isEncoding = Buffer.isEncoding;
Buffer.isEncoding = (encoding) => isBase64Url(encoding) || isEncoding(encoding);

const slowToString = Buffer.prototype.toString;
Buffer.prototype.toString = function toString(encoding, start, end) {
  if (isBase64Url(encoding)) {
    return this.toString('base64', start, end).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  }
  const length = this.length;
  const fast = fastName(encoding);
  if (fast === undefined || length < SMALL) {
    return slowToString.call(this, encoding, start, end);
  }
  const from = start === undefined || !(start > 0) ? 0 : Math.min(start | 0, length);
  const to = end === undefined ? length : Math.min(Math.max(end | 0, 0), length);
  return from >= to ? '' : binding.decode(this.buffer, this.byteOffset + from, to - from, fast);
};
Buffer.prototype.toLocaleString = Buffer.prototype.toString;

const slowFrom = Buffer.from;
Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string' && value.length >= SMALL) {
    const fast = fastName(encodingOrOffset);
    // Java's base64 and hex refuse what these let pass.
    if (fast !== undefined && fast !== 'base64' && fast !== 'hex') {
      return wrap(binding.encode(value, fast));
    }
  }
  return slowFrom(value, isBase64Url(encodingOrOffset) ? 'base64' : encodingOrOffset, length);
};

const slowByteLength = Buffer.byteLength;
Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value === 'string' && fastName(encoding) === 'utf8') {
    return binding.utf8Length(value);
  }
  return slowByteLength(value, isBase64Url(encoding) ? 'base64' : encoding);
};

const slowWrite = Buffer.prototype.write;
Buffer.prototype.write = function write(...args) {
  return slowWrite.apply(
    this,
    args.map((arg, index) => (index > 0 && isBase64Url(arg) ? 'base64' : arg))
  );
};

// Uint8Array's own constructor, asked for objects with Buffer's prototype: no change of prototype
// after the object is made, which engines punish.
const { ArrayBuffer, Uint8Array, construct } = require('inner/intrinsics');
const lent = binding.sharesBytes();
function FastBuffer() {}
FastBuffer.prototype = Buffer.prototype;

/**
 * Makes a Buffer over bytes from Java, without a copy.
 * @param {*} bytes a ByteBuffer of Java's, or an ArrayBuffer
 * @returns {Buffer}
 */
function wrap(bytes) {
  // instanceof would ask the script, which may add Symbol.hasInstance.
  const array = lent ? new ArrayBuffer(bytes) : bytes;
  return construct(Uint8Array, [array], FastBuffer);
}

/** What util.inspect shows: the first bytes, how many more there are, and properties that were added. */
Buffer.prototype[Symbol.for('nodejs.util.inspect.custom')] = function (depth, settings) {
  const most = module.exports.INSPECT_MAX_BYTES;
  const bytes = Array.from(this.subarray(0, most), (byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('');
  const left = this.length - most;
  const rest = left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : '';
  const added = {};
  for (const key of settings && settings.showHidden ? Object.getOwnPropertyNames(this) : Object.keys(this)) {
    if (!/^\d+$/.test(key)) {
      added[key] = this[key];
    }
  }
  const oneLine = { ...settings, breakLength: Infinity, compact: true };
  const more = Object.keys(added).length === 0 ? '' : require('inner/inspect').inspect(added, oneLine);
  const name = this.constructor && this.constructor.name ? this.constructor.name : 'Buffer';
  const shown = `${bytes}${rest}`.slice(1);
  return `<${name} ${shown}${more === '' ? '' : `${shown === '' ? '' : ', '}${more.slice(2, -2)}`}>`;
};
Buffer.prototype.inspect = Buffer.prototype[Symbol.for('nodejs.util.inspect.custom')];

module.exports = {
  Buffer,
  SlowBuffer: npm.SlowBuffer,
  INSPECT_MAX_BYTES: npm.INSPECT_MAX_BYTES,
  kMaxLength: npm.kMaxLength,
  constants: { MAX_LENGTH: npm.kMaxLength },
};
Object.defineProperty(module.exports, 'wrap', { value: wrap });

/** What few ask for. */
const LATER = { Blob: 'inner/blob', File: 'inner/blob', atob: 'inner/base64', btoa: 'inner/base64' };
for (const name of Object.keys(LATER)) {
  Object.defineProperty(module.exports, name, {
    get: () => require(LATER[name])[name],
    enumerable: true,
    configurable: true,
  });
}
