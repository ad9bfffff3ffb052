'use strict';
// zlib: deflate, gzip and what expands them, by the JDK. Brotli and Zstandard are not there.

const { Transform } = require('stream');
const { Buffer, wrap } = require('buffer');
const { codes, validateFunction, validateInteger } = require('inner/node-errors');

const constants = Object.freeze({
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5,
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4,
  Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
  Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0,
  DEFLATE: 1, INFLATE: 2, GZIP: 3, GUNZIP: 4, DEFLATERAW: 5, INFLATERAW: 6, UNZIP: 7,
  Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity,
  Z_DEFAULT_CHUNK: 16384, Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9, Z_DEFAULT_MEMLEVEL: 8,
  Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9, Z_DEFAULT_LEVEL: -1,
});

const RESULTS = ['Z_OK', 'Z_STREAM_END', 'Z_NEED_DICT', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR', 'Z_MEM_ERROR',
  'Z_BUF_ERROR', 'Z_VERSION_ERROR'];
const names = {};
for (const name of RESULTS) {
  names[name] = constants[name];
}
for (const name of RESULTS) {
  names[constants[name]] = name;
}

const NOTHING = Buffer.alloc(0);

/** An option that is a whole number between two limits, or what stands for it. */
function option(options, name, min, max, usual) {
  const value = options[name];
  if (value === undefined || Number.isNaN(value)) {
    return usual;
  }
  validateFinite(value, `options.${name}`);
  if (value < min || value > max) {
    const range = max === Infinity ? `>= ${min}` : `>= ${min} and <= ${max}`;
    throw new codes.ERR_OUT_OF_RANGE(`options.${name}`, range, value);
  }
  return value;
}

function validateFinite(value, name) {
  if (typeof value !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  }
  if (!Number.isFinite(value)) {
    throw new codes.ERR_OUT_OF_RANGE(name, 'a finite number', value);
  }
}

function bytesOf(value, name, types) {
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof ArrayBuffer) {
    return Buffer.from(value);
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, types, value);
}

/** Reads the options that all formats share. */
function settings(format, given) {
  const options = given === undefined || given === null ? {} : given;
  const { dictionary } = options;
  const strategy = option(options, 'strategy', 0, 4, 0);
  option(options, 'chunkSize', 64, Infinity, 16384);
  option(options, 'memLevel', 1, 9, 8);
  const expands = /INFLATE|UNZIP|GUNZIP/.test(format);
  const windowBits = option(options, 'windowBits', expands && options.windowBits === 0 ? 0 : 8, 15, 15);
  if (!expands && windowBits < 15 && dictionary !== undefined) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('zlib.windowBits with a dictionary');
  }
  return {
    windowBits,
    flush: option(options, 'flush', 0, 5, constants.Z_NO_FLUSH),
    finishFlush: option(options, 'finishFlush', 0, 5, constants.Z_FINISH),
    level: option(options, 'level', -1, 9, -1),
    strategy: strategy > 2 ? 0 : strategy, // the JDK has no run-length and no fixed codes; only the size differs
    maxOutputLength: option(options, 'maxOutputLength', 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    dictionary:
      dictionary === undefined
        ? null
        : bytesOf(dictionary, 'options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer']),
  };
}

function open(format, { level, strategy, windowBits, dictionary }) {
  return dictionary === null
    ? binding.zlibOpen(format, level, strategy, windowBits, null)
    : binding.zlibOpen(format, level, strategy, windowBits, dictionary.buffer, dictionary.byteOffset, dictionary.byteLength);
}

/** One call of Java's; throws what zlib says. */
function pass(handle, flush, limit, bytes) {
  const result = binding.zlibWrite(handle, flush, limit, bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (result.code === 'ERR_BUFFER_TOO_LARGE') {
    throw new codes.ERR_BUFFER_TOO_LARGE(limit);
  }
  if (result.code !== '') {
    const error = new Error(result.message);
    error.code = result.code;
    error.errno = constants[result.code];
    throw error;
  }
  return result;
}

/** What stands for Node's own handle: some packages look for its class when they are loaded. */
class ZlibHandle {
  close() {}

  init() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('init of the handle of zlib');
  }
}

/** What all the classes are: a Transform over a handle of Java's. */
class ZlibBase extends Transform {
  constructor(format, options) {
    const own = settings(format, options);
    super({ autoDestroy: true, ...options, encoding: undefined, objectMode: false });
    this.bytesWritten = 0;
    this._settings = own;
    this._level = own.level;
    this._strategy = own.strategy;
    this._zlib = open(format, own);
    this._closed = false;
    this._handle = new ZlibHandle();
  }

  _transform(chunk, encoding, callback) {
    this._pass(chunk, chunk[FLUSH] === undefined ? this._settings.flush : chunk[FLUSH], callback);
  }

  _flush(callback) {
    this._pass(NOTHING, this._settings.finishFlush, callback);
  }

  _pass(bytes, flush, callback) {
    if (this._closed) {
      callback(new codes.ERR_STREAM_DESTROYED('write'));
      return;
    }
    let result;
    try {
      result = pass(this._zlib, flush, this._settings.maxOutputLength, bytes);
    } catch (error) {
      callback(error);
      return;
    }
    this.bytesWritten += result.used;
    const output = wrap(result.bytes);
    if (output.length > 0) {
      this.push(output);
    }
    callback();
  }

  _destroy(error, callback) {
    this._free();
    callback(error);
  }

  _free() {
    if (!this._closed) {
      this._closed = true;
      this._handle = null;
      binding.zlibClose(this._zlib);
    }
  }

  /**
   * Sends out what is held back.
   * @param {number} [kind=Z_FULL_FLUSH] zlib's flush mode
   * @param {Function} [callback] called when it is out
   */
  flush(kind, callback) {
    const mode = typeof kind === 'number' ? kind : constants.Z_FULL_FLUSH;
    const done = typeof kind === 'function' ? kind : callback;
    if (this.writableFinished) {
      if (done) {
        process.nextTick(done);
      }
    } else if (this.writableEnded) {
      if (done) {
        this.once('end', done);
      }
    } else {
      const marker = Buffer.alloc(0);
      marker[FLUSH] = mode;
      this.write(marker, '', done);
    }
  }

  close(callback) {
    if (callback) {
      require('stream').finished(this, callback);
    }
    this.destroy();
  }

  /** Forgets what was written. */
  reset() {
    if (this._closed) {
      throw new Error('zlib binding closed');
    }
    binding.zlibReset(this._zlib);
  }

  /** Sets level and strategy for what is written from now on. */
  params(level, strategy, callback) {
    validateRange(level, 'level', -1, 9);
    validateRange(strategy, 'strategy', 0, 4);
    const apply = () => {
      this._level = level;
      this._strategy = strategy;
      binding.zlibParams(this._zlib, level, strategy > 2 ? 0 : strategy);
      if (callback) {
        process.nextTick(callback);
      }
    };
    this.flush(constants.Z_SYNC_FLUSH, apply);
  }
}

/** Marks an empty piece that asks for a flush. */
const FLUSH = Symbol('flush');

function validateRange(value, name, min, max) {
  validateFinite(value, name);
  if (value < min || value > max) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} and <= ${max}`, value);
  }
}

function inputOf(value) {
  return typeof value === 'string'
    ? Buffer.from(value)
    : bytesOf(value, 'buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer']);
}

function all(format, buffer, options) {
  const own = settings(format, options);
  const bytes = inputOf(buffer);
  const handle = open(format, own);
  try {
    return { result: pass(handle, own.finishFlush, own.maxOutputLength, bytes) };
  } finally {
    binding.zlibClose(handle);
  }
}

/** Defines the class, the maker and the two functions of a format. */
function define(name, format) {
  const Class = {
    [name]: function (options) {
      if (!(this instanceof Class)) {
        return new Class(options);
      }
      return Reflect.construct(ZlibBase, [format, options], new.target || Class);
    },
  }[name];
  Object.setPrototypeOf(Class, ZlibBase);
  Class.prototype = Object.create(ZlibBase.prototype, {
    constructor: { value: Class, writable: true, configurable: true },
  });
  exports[name] = Class;
  exports[`create${name}`] = (options) => new Class(options);

  const method = name[0].toLowerCase() + name.slice(1);
  exports[`${method}Sync`] = (buffer, options) => {
    const { result } = all(format, buffer, options);
    const output = wrap(result.bytes);
    if (!options || !options.info) {
      return output;
    }
    const engine = new Class(options);
    engine.bytesWritten = result.used;
    engine.close();
    return { buffer: output, engine };
  };
  exports[method] = (buffer, options, callback) => {
    const done = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? undefined : options;
    validateFunction(done, 'callback');
    const bytes = inputOf(buffer);
    const engine = new Class(given);
    collect(engine, bytes, given, done);
  };
}

/** Runs a stream over some bytes; what comes out is given to a callback, joined. */
function collect(engine, bytes, options, callback) {
  const chunks = [];
  let size = 0;
  engine.on('data', (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
  });
  engine.on('error', callback);
  engine.on('end', () => {
    const output = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
    engine.close();
    callback(null, options && options.info ? { buffer: output, engine } : output);
  });
  engine.end(bytes);
}

define('Deflate', 'DEFLATE');
define('Inflate', 'INFLATE');
define('Gzip', 'GZIP');
define('Gunzip', 'GUNZIP');
define('DeflateRaw', 'DEFLATERAW');
define('InflateRaw', 'INFLATERAW');
define('Unzip', 'UNZIP');

const absent = (name) => () => {
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`zlib.${name}`);
};
for (const kind of ['Brotli', 'Zstd']) {
  for (const way of ['Compress', 'Decompress']) {
    exports[`create${kind}${way}`] = absent(`create${kind}${way}`);
    // For those that ask whether something is one of them.
    exports[`${kind}${way}`] = class extends Transform {
      constructor() {
        absent(`${kind}${way}`)();
        super();
      }
    };
    const method = `${kind.toLowerCase()}${way}`;
    exports[method] = absent(method);
    exports[`${method}Sync`] = absent(`${method}Sync`);
  }
}

/**
 * The CRC-32 of some bytes.
 * @param {string|Buffer|TypedArray|DataView} data
 * @param {number} [value=0] the checksum of what came before
 * @returns {number} unsigned
 */
exports.crc32 = function crc32(data, value = 0) {
  validateInteger(value, 'value', 0, 4294967295);
  if (typeof data === 'string') {
    return binding.zlibCrc32(value, data);
  }
  if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  return binding.zlibCrc32(value, data.buffer, data.byteOffset, data.byteLength);
};

exports.constants = constants;
exports.codes = Object.freeze(names);
for (const name of Object.keys(constants)) {
  if (name.startsWith('Z_')) {
    Object.defineProperty(exports, name, { value: constants[name], enumerable: false });
  }
}
