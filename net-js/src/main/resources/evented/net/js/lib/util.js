'use strict';
// The npm package, and what Node has added since its day.

const npm = require('npm/util');
const { format, inspect } = require('inner/inspect');
const { argumentType } = require('inner/errors');

const util = (module.exports = Object.assign({}, npm, { format, inspect }));

util.formatWithOptions = (options, ...args) => require('inner/format').formatWithOptions(options, ...args);

util.isBuffer = (value) => require('buffer').Buffer.isBuffer(value);

util.print = (...texts) => binding.write(1, texts.join(''));
util.puts = (...texts) => binding.write(1, texts.map((text) => `${text}\n`).join(''));
util.debug = (text) => binding.write(2, `DEBUG: ${text}\n`);
util.error = (...texts) => binding.write(2, texts.map((text) => `${text}\n`).join(''));
util.log = (...args) => binding.write(1, `${new Date().toISOString()} - ${format(...args)}\n`);

util.inherits = function inherits(constructor, base) {
  if (typeof constructor !== 'function') {
    throw argumentType('constructor', 'a function', constructor);
  }
  if (typeof base !== 'function') {
    throw argumentType('the constructor to inherit from', 'a function', base);
  }
  if (typeof base.prototype !== 'object' || base.prototype === null) {
    throw argumentType('the prototype of the constructor to inherit from', 'an object', base.prototype);
  }
  // Not by a new prototype: a class keeps its own, and so do methods that were there before.
  Object.defineProperty(constructor, 'super_', { value: base, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, base.prototype);
};

/** Copies all from a readable stream to a writable one, as util.pump did. */
util.pump = function pump(source, destination, callback) {
  source.pipe(destination);
  let told = false;
  const tell = (error) => {
    if (!told) {
      told = true;
      if (callback) {
        callback(error);
      }
    }
  };
  source.on('error', tell);
  source.on('end', () => tell());
  source.on('close', () => tell());
  destination.on('error', tell);
};

const custom = Symbol.for('nodejs.util.promisify.custom');

/** Makes a function that returns a promise from one whose last argument is callback(error, value). */
util.promisify = function promisify(original) {
  if (typeof original !== 'function') {
    throw argumentType('original', 'a function', original);
  }
  if (original[custom]) {
    return original[custom];
  }
  return Object.defineProperty(
    function (...args) {
      return new Promise((resolve, reject) => {
        original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
      });
    },
    'name',
    { value: original.name }
  );
};
util.promisify.custom = custom;

/** The way back. */
util.callbackify = function callbackify(original) {
  if (typeof original !== 'function') {
    throw argumentType('original', 'a function', original);
  }
  return function (...args) {
    const callback = args.pop();
    const nextTick = require('inner/turns').nextTick;
    original.apply(this, args).then(
      (value) => nextTick(callback, null, value),
      (reason) => nextTick(callback, reason || new Error('rejected without a reason'))
    );
  };
};

util.isDeepStrictEqual = function isDeepStrictEqual(a, b) {
  try {
    require('assert').deepStrictEqual(a, b);
    return true;
  } catch (error) {
    return false;
  }
};

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
util.types = {
  isAnyArrayBuffer: (value) => value instanceof ArrayBuffer || value instanceof SharedArrayBuffer,
  isArgumentsObject: (value) => tagOf(value) === 'Arguments',
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isAsyncFunction: (value) => typeof value === 'function' && /^Async/.test(tagOf(value)),
  isBoxedPrimitive: (value) => typeof value === 'object' && value !== null && BOXES.includes(tagOf(value)),
  isExternal: () => false,
  isGeneratorFunction: (value) => typeof value === 'function' && tagOf(value).endsWith('GeneratorFunction'),
  isGeneratorObject: (value) => tagOf(value) === 'Generator',
  isMapIterator: (value) => tagOf(value) === 'Map Iterator',
  isModuleNamespaceObject: (value) => tagOf(value) === 'Module',
  isNativeError: (value) => value instanceof Error,
  isProxy: () => false, // no language lets one tell
  isSetIterator: (value) => tagOf(value) === 'Set Iterator',
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
};
const BOXES = ['Number', 'String', 'Boolean', 'BigInt', 'Symbol'];
for (const box of BOXES) {
  util.types[`is${box}Object`] = (value) => typeof value === 'object' && value !== null && tagOf(value) === box;
}
for (const name of [
  ...['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Date', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'RegExp'],
  ...['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array'],
  ...['Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
]) {
  util.types[`is${name}`] = (value) => value instanceof globalThis[name];
}

util.stripVTControlCharacters = (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
util.toUSVString = (text) => String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

/** UTF-8 from text. */
util.TextEncoder = class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    const bytes = require('buffer').Buffer.from(String(text));
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const char of String(text)) {
      const bytes = this.encode(char);
      if (written + bytes.length > target.length) {
        break;
      }
      target.set(bytes, written);
      read += char.length;
      written += bytes.length;
    }
    return { read, written };
  }
};

/** Text from UTF-8, or another encoding that Buffer knows. */
util.TextDecoder = class TextDecoder {
  constructor(encoding = 'utf-8') {
    this.encoding = String(encoding).toLowerCase();
    this._decoder = null;
  }
  decode(bytes = new Uint8Array(0), options = {}) {
    const { Buffer } = require('buffer');
    const view = ArrayBuffer.isView(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.from(bytes);
    const { StringDecoder } = require('string_decoder');
    const decoder = this._decoder || new StringDecoder(this.encoding);
    this._decoder = options.stream ? decoder : null;
    return options.stream ? decoder.write(view) : decoder.end(view);
  }
};
