'use strict';
// fs by descriptors: files that stay open. The numbers are our own, since the JVM keeps the system's for itself; 1 and 2
// are the standard output and the standard error.

const fs = require('fs');
const { codes, errno, validateFunction, validateInteger } = require('inner/node-errors');
const { nextTick, turn } = require('inner/turns');

const { pathText, told, Stats } = fs.inner;

/** Above those of sockets that a program may have been started with. */
let next = 65536;
const open = new Map();

const O = fs.constants;
const FLAGS = new Map([
  [O.O_RDONLY, 'r'],
  [O.O_RDWR, 'r+'],
  [O.O_WRONLY | O.O_CREAT | O.O_TRUNC, 'w'],
  [O.O_RDWR | O.O_CREAT | O.O_TRUNC, 'w+'],
  [O.O_WRONLY | O.O_CREAT | O.O_TRUNC | O.O_EXCL, 'wx'],
  [O.O_WRONLY | O.O_CREAT | O.O_EXCL, 'wx'],
  [O.O_RDWR | O.O_CREAT | O.O_EXCL, 'wx+'],
  [O.O_RDWR | O.O_CREAT | O.O_TRUNC | O.O_EXCL, 'wx+'],
  [O.O_WRONLY | O.O_CREAT | O.O_APPEND, 'a'],
  [O.O_RDWR | O.O_CREAT | O.O_APPEND, 'a+'],
  [O.O_WRONLY | O.O_CREAT | O.O_APPEND | O.O_EXCL, 'ax'],
]);
const SAME = { __proto__: null, rs: 'r', 'rs+': 'r+', sr: 'r', 'sr+': 'r+', xw: 'wx', 'xw+': 'wx+', as: 'a', sa: 'a', xa: 'ax' };
const KNOWN = new Set(FLAGS.values());

function flagsOf(flags = 'r') {
  const text = typeof flags === 'number' ? FLAGS.get(flags) : SAME[flags] || flags;
  if (!KNOWN.has(text)) {
    throw new codes.ERR_INVALID_ARG_VALUE('flags', flags);
  }
  return text;
}

const modeOf = (mode = 0o666) => (typeof mode === 'string' ? parseInt(mode, 8) : Number(mode));

function badDescriptor(syscall, message = `EBADF: bad file descriptor, ${syscall}`) {
  return Object.assign(new Error(message), { errno: errno('EBADF'), code: 'EBADF', syscall });
}

function fileOf(fd, syscall) {
  if (typeof fd !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('fd', 'number', fd);
  }
  validateInteger(fd, 'fd', 0, 2147483647);
  const file = open.get(fd);
  if (file === undefined) {
    throw badDescriptor(syscall);
  }
  return file;
}

function claim(file) {
  const fd = next++;
  open.set(fd, file);
  return fd;
}

/** Does something now whose error tells what was tried. */
function doing(syscall, action) {
  try {
    return action();
  } catch (error) {
    throw told(error, syscall);
  }
}

exports.openSync = (path, flags, mode) =>
  doing('open', () => claim(binding.openFileNow(null, pathText(path), flagsOf(flags), modeOf(mode))));

exports.closeSync = (fd) => {
  const file = fileOf(fd, 'close');
  open.delete(fd);
  doing('close', () => binding.closeFileNow(null, file));
};

/** The arguments of write: bytes, and where they go. */
function written(data, args) {
  const { Buffer } = require('buffer');
  if (typeof data === 'string') {
    const [position, encoding] = args;
    return { bytes: Buffer.from(data, typeof encoding === 'string' ? encoding : 'utf8'), position: placeOf(position) };
  }
  if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  const { offset, length, position } = rangeOf(data, args);
  return { bytes: Buffer.from(data.buffer, data.byteOffset + offset, length), position };
}

const placeOf = (position) => (typeof position === 'number' || typeof position === 'bigint' ? Number(position) : -1);

function rangeOf(view, args) {
  const isOptions = typeof args[0] === 'object' && args[0] !== null;
  const [offset = 0, length = view.byteLength - (offset || 0), position] = isOptions
    ? [args[0].offset, args[0].length, args[0].position]
    : args.map((value) => (value === null ? undefined : value));
  validateInteger(offset, 'offset', 0, view.byteLength);
  validateInteger(length, 'length', 0, view.byteLength - offset);
  return { offset, length, position: placeOf(position) };
}

exports.writeSync = (fd, data, ...args) => {
  const { bytes, position } = written(data, args);
  if (fd === 1 || fd === 2) {
    binding.writeBytes(fd, bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return bytes.length;
  }
  const file = fileOf(fd, 'write');
  doing('write', () => binding.writeFileNow(null, file, position, bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return bytes.length;
};

exports.writevSync = (fd, views, position) => {
  let at = placeOf(position);
  return views.reduce((sum, view) => {
    const count = exports.writeSync(fd, view, 0, view.byteLength, at < 0 ? null : at);
    at = at < 0 ? at : at + count;
    return sum + count;
  }, 0);
};

/** Copies what was read into the reader's own memory; gives how much that was. */
function fill(view, offset, bytes) {
  if (bytes === null) {
    return 0;
  }
  const chunk = require('buffer').wrap(bytes);
  new Uint8Array(view.buffer, view.byteOffset + offset, chunk.length).set(chunk);
  return chunk.length;
}

function checkView(view) {
  if (!ArrayBuffer.isView(view)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], view);
  }
}

exports.readSync = (fd, view, ...args) => {
  checkView(view);
  const { offset, length, position } = rangeOf(view, args);
  const file = fileOf(fd, 'read');
  return length === 0 ? 0 : fill(view, offset, doing('read', () => binding.readFileNow(null, file, position, length)));
};

exports.readvSync = (fd, views, position) => {
  let at = placeOf(position);
  let sum = 0;
  for (const view of views) {
    const count = exports.readSync(fd, view, 0, view.byteLength, at < 0 ? null : at);
    at = at < 0 ? at : at + count;
    sum += count;
    if (count < view.byteLength) {
      break;
    }
  }
  return sum;
};

exports.fstatSync = (fd) => {
  const file = fileOf(fd, 'fstat');
  return new Stats(doing('fstat', () => binding.statFileNow(null, file)));
};
exports.ftruncateSync = (fd, length = 0) => {
  const file = fileOf(fd, 'ftruncate');
  doing('ftruncate', () => binding.truncateFileNow(null, file, Math.max(0, length)));
};
exports.fsyncSync = (fd) => {
  const file = fileOf(fd, 'fsync');
  doing('fsync', () => binding.syncFileNow(null, file));
};
exports.fdatasyncSync = exports.fsyncSync;

/** All that is left of an open file. */
exports.readAll = (fd) => {
  const file = fileOf(fd, 'read');
  const chunks = [];
  for (;;) {
    const bytes = doing('read', () => binding.readFileNow(null, file, -1, 65536));
    if (bytes === null) {
      return require('buffer').Buffer.concat(chunks);
    }
    chunks.push(require('buffer').wrap(bytes));
  }
};

// With a callback: what may take its time is done off the loop.

function lastOf(args, name = 'cb') {
  const callback = args.pop();
  validateFunction(callback, name);
  return callback;
}

exports.open = (path, ...args) => {
  const callback = lastOf(args);
  const [flags, mode] = args;
  const opened = (error, file) => turn(() => (error ? callback(told(error, 'open')) : callback(null, claim(file))));
  binding.openFile(opened, pathText(path), flagsOf(flags), modeOf(mode));
};

exports.close = (fd, callback = () => {}) => {
  validateFunction(callback, 'cb');
  const file = fileOf(fd, 'close');
  open.delete(fd);
  binding.closeFile((error) => turn(() => callback(error ? told(error, 'close') : null)), file);
};

exports.write = (fd, data, ...args) => {
  const callback = lastOf(args);
  const { bytes, position } = written(data, args);
  if (fd === 1 || fd === 2) {
    binding.writeBytes(fd, bytes.buffer, bytes.byteOffset, bytes.byteLength);
    nextTick(callback, null, bytes.length, data);
    return;
  }
  const file = fileOf(fd, 'write');
  const done = (error) => turn(() => (error ? callback(told(error, 'write')) : callback(null, bytes.length, data)));
  binding.writeFile(done, file, position, bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

exports.read = (fd, ...args) => {
  const callback = lastOf(args);
  let view = args[0];
  let rest = args.slice(1);
  if (!ArrayBuffer.isView(view)) {
    rest = [view || {}];
    view = (view && view.buffer) || require('buffer').Buffer.alloc(16384);
  }
  checkView(view);
  const { offset, length, position } = rangeOf(view, rest);
  const file = fileOf(fd, 'read');
  if (length === 0) {
    nextTick(callback, null, 0, view);
    return;
  }
  const got = (error, bytes) =>
    turn(() => (error ? callback(told(error, 'read')) : callback(null, fill(view, offset, bytes), view)));
  binding.readFile(got, file, position, length);
};

for (const name of ['fstat', 'ftruncate', 'fsync', 'fdatasync', 'writev', 'readv']) {
  exports[name] = (...args) => {
    const callback = lastOf(args);
    let result;
    try {
      result = exports[`${name}Sync`](...args);
    } catch (error) {
      if (String(error.code).startsWith('ERR_')) {
        throw error;
      }
      nextTick(callback, error);
      return;
    }
    nextTick(callback, null, result, ...(name.endsWith('v') ? [args[1]] : []));
  };
}
const names = Symbol.for('nodejs.util.promisify.custom');
const both = (method, first, second) =>
  Object.defineProperty(method, names, {
    value: (...args) =>
      new Promise((resolve, reject) => {
        method(...args, (error, one, two) => (error ? reject(error) : resolve({ [first]: one, [second]: two })));
      }),
  });
both(exports.read, 'bytesRead', 'buffer');
both(exports.write, 'bytesWritten', 'buffer');
both(exports.readv, 'bytesRead', 'buffers');
both(exports.writev, 'bytesWritten', 'buffers');

const later = (method, ...args) =>
  new Promise((resolve, reject) => method(...args, (error, value) => (error ? reject(error) : resolve(value))));

/** An open file of fs.promises. */
class FileHandle extends require('events') {
  #fd;
  #path;

  constructor(fd, path) {
    super();
    this.#fd = fd;
    this.#path = path;
  }

  get fd() {
    return this.#fd;
  }

  /** The descriptor, for a call; throws once it is closed. */
  #open(syscall) {
    if (this.#fd === -1) {
      throw badDescriptor(syscall, 'file closed');
    }
    return this.#fd;
  }

  async read(...args) {
    return exports.read[names](this.#open('read'), ...(args.length === 0 ? [{}] : args));
  }

  async write(...args) {
    return exports.write[names](this.#open('write'), ...args);
  }

  async readv(...args) {
    return exports.readv[names](this.#open('read'), ...args);
  }

  async writev(...args) {
    return exports.writev[names](this.#open('write'), ...args);
  }

  async readFile(options) {
    const bytes = exports.readAll(this.#open('readFile'));
    const encoding = typeof options === 'string' ? options : options && options.encoding;
    return encoding ? bytes.toString(encoding) : bytes;
  }

  async writeFile(data, options) {
    const encoding = typeof options === 'string' ? options : options && options.encoding;
    await (typeof data === 'string' ? this.write(data, null, encoding || 'utf8') : this.write(data));
  }

  appendFile(data, options) {
    return this.writeFile(data, options);
  }

  async stat() {
    return later(exports.fstat, this.#open('fstat'));
  }

  async truncate(length) {
    return later(exports.ftruncate, this.#open('ftruncate'), length);
  }

  async sync() {
    return later(exports.fsync, this.#open('fsync'));
  }

  datasync() {
    return this.sync();
  }

  chmod(mode) {
    return fs.promises.chmod(this.#path, mode);
  }

  utimes(accessed, modified) {
    return fs.promises.utimes(this.#path, accessed, modified);
  }

  createReadStream(options) {
    return fs.createReadStream(this.#path, options);
  }

  createWriteStream(options) {
    return fs.createWriteStream(this.#path, { flags: 'r+', ...options });
  }

  readLines(options) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  async close() {
    if (this.#fd === -1) {
      return; // as often as one likes
    }
    const fd = this.#fd;
    this.#fd = -1;
    await later(exports.close, fd);
    this.emit('close');
  }
}
if (Symbol.asyncDispose) {
  FileHandle.prototype[Symbol.asyncDispose] = FileHandle.prototype.close;
}

exports.openHandle = async (path, flags, mode) => new FileHandle(await later(exports.open, path, flags, mode), pathText(path));
