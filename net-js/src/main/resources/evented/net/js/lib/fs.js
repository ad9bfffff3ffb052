'use strict';
// fs, as far as a server's script needs it: whole files, streams of them, and facts about them. The asynchronous
// functions do their work off the loop.

const { argumentType } = require('inner/errors');
const { nextTick, turn } = require('inner/turns');

/** How each function is carried out: by Java, under this name, after its arguments are put in order. */
const OPERATIONS = {
  readFile: (path) => ['read', pathText(path)],
  writeFile: (path, data, options) => [isAppend(options) ? 'append' : 'write', pathText(path), bytesOf(data, options)],
  appendFile: (path, data, options) => ['append', pathText(path), bytesOf(data, options)],
  stat: (path) => ['stat', pathText(path)],
  lstat: (path) => ['lstat', pathText(path)],
  unlink: (path) => ['unlink', pathText(path)],
  mkdir: (path, options) => [options && options.recursive ? 'mkdirs' : 'mkdir', pathText(path)],
  rmdir: (path) => ['rmdir', pathText(path)],
  readdir: (path) => ['readdir', pathText(path)],
  rename: (from, to) => ['rename', pathText(from), pathText(to)],
  realpath: (path) => ['realpath', pathText(path)],
  access: (path, mode) => ['access', pathText(path), typeof mode === 'number' ? mode : 0],
  chmod: (path, mode) => ['chmod', pathText(path), typeof mode === 'string' ? parseInt(mode, 8) : Number(mode)],
};

function pathText(path) {
  if (typeof path === 'string') {
    return path;
  }
  if (path instanceof Uint8Array) {
    return require('buffer').Buffer.from(path).toString();
  }
  if (path && typeof path.href === 'string') {
    return decodeURIComponent(String(path.href).replace(/^file:\/\//, ''));
  }
  throw argumentType('path', 'a string', path);
}

const isAppend = (options) => Boolean(options && typeof options === 'object' && /^a/.test(options.flag || ''));

function bytesOf(data, options) {
  if (data instanceof Uint8Array) {
    return data;
  }
  const { Buffer } = require('buffer');
  return Buffer.from(typeof data === 'string' ? data : String(data), encodingOf(options) || 'utf8');
}

function encodingOf(options) {
  const encoding = typeof options === 'string' ? options : options && options.encoding;
  return encoding || null;
}

/** What Java gives, as scripts know it. */
function finish(name, result, options) {
  switch (name) {
    case 'readFile': {
      const bytes = require('buffer').wrap(result);
      const encoding = encodingOf(options);
      return encoding === null ? bytes : bytes.toString(encoding);
    }
    case 'stat':
    case 'lstat':
      return new Stats(result);
    case 'readdir':
      return [...result];
    case 'realpath':
      return result;
    default:
      return undefined;
  }
}

class Stats {
  constructor(facts) {
    const [kind, size, mode, modified, accessed, created, ino, nlink, uid, gid] = [...facts];
    Object.assign(this, { mode, nlink, uid, gid, ino, size });
    this.mtimeMs = modified;
    this.atimeMs = accessed;
    this.ctimeMs = modified;
    this.birthtimeMs = created;
    this.mtime = new Date(modified);
    this.atime = new Date(accessed);
    this.ctime = new Date(modified);
    this.birthtime = new Date(created);
    Object.defineProperty(this, '_kind', { value: kind, enumerable: false });
  }
  isFile() {
    return this._kind === 'file';
  }
  isDirectory() {
    return this._kind === 'folder';
  }
  isSymbolicLink() {
    return this._kind === 'link';
  }
  isSocket() {
    return this._kind === 'other' && (this.mode & 0o170000) === 0o140000;
  }
  isFIFO() {
    return (this.mode & 0o170000) === 0o010000;
  }
  isBlockDevice() {
    return (this.mode & 0o170000) === 0o060000;
  }
  isCharacterDevice() {
    return (this.mode & 0o170000) === 0o020000;
  }
}

function lower(args) {
  return args.map((arg) =>
    arg instanceof Uint8Array ? binding.copyBytes(arg.buffer, arg.byteOffset, arg.byteLength) : arg
  );
}

/** What Node calls the system call of an operation, where the names differ. */
const SYSCALLS = { read: 'open', write: 'open', append: 'open', mkdirs: 'mkdir', readdir: 'scandir', realpath: 'lstat' };

/** Has an error of Java's tell what was tried, as Node's do. */
function told(error, operation) {
  if (error.path !== undefined && error.syscall !== undefined) {
    error.syscall = SYSCALLS[operation] || operation;
    error.message = error.message.replace(`, '`, `, ${error.syscall} '`);
  }
  return error;
}

function now(operation, ...args) {
  try {
    return binding.file(operation, ...args);
  } catch (error) {
    throw told(error, operation);
  }
}

exports.promises = {};
/** Of Linux. */
exports.constants = {
  __proto__: null,
  ...{ UV_FS_SYMLINK_DIR: 1, UV_FS_SYMLINK_JUNCTION: 2, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2 },
  ...{ UV_DIRENT_UNKNOWN: 0, UV_DIRENT_FILE: 1, UV_DIRENT_DIR: 2, UV_DIRENT_LINK: 3, UV_DIRENT_FIFO: 4 },
  ...{ UV_DIRENT_SOCKET: 5, UV_DIRENT_CHAR: 6, UV_DIRENT_BLOCK: 7, S_IFMT: 61440, S_IFREG: 32768, S_IFDIR: 16384 },
  ...{ S_IFCHR: 8192, S_IFBLK: 24576, S_IFIFO: 4096, S_IFLNK: 40960, S_IFSOCK: 49152, O_CREAT: 64, O_EXCL: 128 },
  ...{ UV_FS_O_FILEMAP: 0, O_NOCTTY: 256, O_TRUNC: 512, O_APPEND: 1024, O_DIRECTORY: 65536, O_NOATIME: 262144 },
  ...{ O_NOFOLLOW: 131072, O_SYNC: 1052672, O_DSYNC: 4096, O_DIRECT: 16384, O_NONBLOCK: 2048, S_IRWXU: 448 },
  ...{ S_IRUSR: 256, S_IWUSR: 128, S_IXUSR: 64, S_IRWXG: 56, S_IRGRP: 32, S_IWGRP: 16, S_IXGRP: 8, S_IRWXO: 7 },
  ...{ S_IROTH: 4, S_IWOTH: 2, S_IXOTH: 1, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, UV_FS_COPYFILE_EXCL: 1 },
  ...{ COPYFILE_EXCL: 1, UV_FS_COPYFILE_FICLONE: 2, COPYFILE_FICLONE: 2, UV_FS_COPYFILE_FICLONE_FORCE: 4 },
  ...{ COPYFILE_FICLONE_FORCE: 4 },
};
const { F_OK, R_OK, W_OK, X_OK } = exports.constants;
Object.assign(exports, { F_OK, R_OK, W_OK, X_OK, Stats });
exports.promises.constants = exports.constants;

for (const name of Object.keys(OPERATIONS)) {
  exports[`${name}Sync`] = (...args) => {
    return finish(name, now(...lower(OPERATIONS[name](...args))), args[1]);
  };
  exports[name] = (...args) => {
    const callback = args.pop();
    if (typeof callback !== 'function') {
      throw argumentType('callback', 'a function', callback);
    }
    const operation = lower(OPERATIONS[name](...args));
    binding.fileLater((error, result) => {
      turn(() => (error ? callback(told(error, operation[0])) : callback(null, finish(name, result, args[1]))));
    }, ...operation);
  };
  exports.promises[name] = (...args) =>
    new Promise((resolve, reject) => {
      exports[name](...args, (error, value) => (error ? reject(error) : resolve(value)));
    });
}

exports.existsSync = (path) => {
  try {
    return binding.fileKind(pathText(path)) !== 'none';
  } catch (error) {
    return false;
  }
};
exports.exists = (path, callback) => {
  const found = exports.existsSync(path);
  nextTick(callback, found);
};
exports.exists[Symbol.for('nodejs.util.promisify.custom')] = async (path) => exports.existsSync(path);

// Streams, which are loaded with the first one.

for (const name of ['ReadStream', 'WriteStream']) {
  Object.defineProperty(exports, name, { get: () => require('inner/file-streams')[name], enumerable: true });
}

/** A stream of a file's bytes, or of those from `start` to `end`, read in pieces as they are asked for. */
exports.createReadStream = (path, options) => new exports.ReadStream(pathText(path), options);

/** A stream that writes a file in pieces. */
exports.createWriteStream = (path, options) => new exports.WriteStream(pathText(path), options);
Object.defineProperty(exports, 'told', { value: told, enumerable: false });
Object.defineProperty(exports, 'inner', { value: { now, pathText, told, Stats }, enumerable: false });

// Open files, and what is made of the operations above, are loaded with their first use.

const descriptors = () => require('inner/fs-descriptors');
for (const name of ['open', 'close', 'read', 'write', 'readv', 'writev', 'fstat', 'ftruncate', 'fsync', 'fdatasync']) {
  exports[name] = (...args) => descriptors()[name](...args);
  exports[`${name}Sync`] = (...args) => descriptors()[`${name}Sync`](...args);
  Object.defineProperty(exports[name], Symbol.for('nodejs.util.promisify.custom'), {
    get: () => descriptors()[name][Symbol.for('nodejs.util.promisify.custom')],
  });
}
exports.promises.open = (path, flags, mode) => descriptors().openHandle(path, flags, mode);

const more = () => require('inner/fs-more');
for (const name of [
  ...['rm', 'copyFile', 'cp', 'mkdtemp', 'truncate', 'utimes', 'readlink', 'link', 'symlink', 'chown', 'fchown', 'lchown'],
  ...['lchmod', 'lutimes', 'futimes', 'fchmod', 'statfs', 'opendir', 'glob', 'watch', 'watchFile', 'unwatchFile'],
]) {
  const watches = name.includes('atch');
  exports[name] = watches ? () => more().SYNC[name]() : (...args) => more().withCallback(name, args);
  if (!watches) {
    exports[`${name}Sync`] = (...args) => more().SYNC[name](...args);
    exports.promises[name] = async (...args) => more().SYNC[name](...args);
  }
}
Object.defineProperty(exports, 'Dirent', { get: () => more().Dirent, enumerable: true });

// What takes options that Java knows nothing of.

const { readdirSync, readdir, statSync, lstatSync, readFileSync } = exports;
const wantsMore = (options) => typeof options === 'object' && options !== null && (options.withFileTypes || options.recursive);
exports.readdirSync = (path, options) =>
  wantsMore(options) ? more().readdir(path, options, readdirSync) : readdirSync(path, options);
exports.readdir = (path, options, callback) => {
  if (!wantsMore(options)) {
    readdir(path, ...(callback === undefined ? [options] : [options, callback]));
    return;
  }
  more().SYNC.readdir = () => exports.readdirSync(path, options);
  more().withCallback('readdir', [callback]);
};
for (const [name, stat] of [
  ['statSync', statSync],
  ['lstatSync', lstatSync],
]) {
  exports[name] = (path, options) => {
    try {
      return stat(path);
    } catch (error) {
      if (options && options.throwIfNoEntry === false && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
        return undefined;
      }
      throw error;
    }
  };
}
exports.readFileSync = (path, options) => {
  if (typeof path !== 'number') {
    return readFileSync(path, options);
  }
  const bytes = descriptors().readAll(path);
  const encoding = encodingOf(options);
  return encoding === null ? bytes : bytes.toString(encoding);
};
exports.realpathSync.native = exports.realpathSync;
exports.realpath.native = exports.realpath;
