'use strict';
// fs of today, made of the simpler operations: whole trees, copies, temporary folders, entries with their kind.

const fs = require('fs');
const path = require('path');
const { codes, validateFunction, validateString } = require('inner/node-errors');
const { nextTick } = require('inner/turns');

const { pathText } = fs.inner;

/** An entry of a folder. */
class Dirent {
  #stats;

  constructor(name, parentPath, stats) {
    this.name = name;
    this.parentPath = parentPath;
    this.path = parentPath;
    this.#stats = stats;
  }

  isFile() {
    return this.#stats.isFile();
  }

  isDirectory() {
    return this.#stats.isDirectory();
  }

  isSymbolicLink() {
    return this.#stats.isSymbolicLink();
  }

  isSocket() {
    return this.#stats.isSocket();
  }

  isFIFO() {
    return this.#stats.isFIFO();
  }

  isBlockDevice() {
    return this.#stats.isBlockDevice();
  }

  isCharacterDevice() {
    return this.#stats.isCharacterDevice();
  }
}
exports.Dirent = Dirent;

/** The names of a folder's entries, or those with their kind, or of all below it. */
exports.readdir = (folder, options, list) => {
  const names = list(folder);
  const { withFileTypes = false, recursive = false } = typeof options === 'object' && options ? options : {};
  if (!withFileTypes && !recursive) {
    return names;
  }
  const found = [];
  const visit = (base, prefix, entries) => {
    for (const name of entries) {
      const stats = fs.lstatSync(path.join(base, name));
      found.push(withFileTypes ? new Dirent(name, base, stats) : path.join(prefix, name));
      if (recursive && stats.isDirectory()) {
        visit(path.join(base, name), path.join(prefix, name), list(path.join(base, name)));
      }
    }
  };
  visit(pathText(folder), '', names);
  return found;
};

const SYNC = {
  /** Removes a file, or with `recursive` a whole tree; `force` lets it be missing. */
  rm(target, options = {}) {
    const name = pathText(target);
    const stats = fs.lstatSync(name, { throwIfNoEntry: !options.force });
    if (stats === undefined) {
      return;
    }
    if (!stats.isDirectory()) {
      fs.unlinkSync(name);
      return;
    }
    if (!options.recursive) {
      throw new codes.ERR_FS_EISDIR(name);
    }
    fs.readdirSync(name).forEach((entry) => SYNC.rm(path.join(name, entry), options));
    fs.rmdirSync(name);
  },

  copyFile(from, to, mode = 0) {
    fs.inner.now('copy', pathText(from), pathText(to), (mode & fs.constants.COPYFILE_EXCL) !== 0);
  },

  /** Copies a file, or with `recursive` a whole tree. */
  cp(from, to, options = {}) {
    const source = pathText(from);
    const target = pathText(to);
    if (!fs.statSync(source).isDirectory()) {
      if (options.force === false && fs.existsSync(target)) {
        return;
      }
      SYNC.copyFile(source, target);
      return;
    }
    if (!options.recursive) {
      throw new codes.ERR_FS_EISDIR(source);
    }
    fs.mkdirSync(target, { recursive: true });
    fs.readdirSync(source).forEach((entry) => SYNC.cp(path.join(source, entry), path.join(target, entry), options));
  },

  /** Makes a folder whose name nobody else has; gives its path. */
  mkdtemp(prefix) {
    validateString(prefix, 'prefix');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    for (let tries = 0; ; tries++) {
      const name = prefix + Array.from({ length: 6 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
      try {
        fs.mkdirSync(name);
        fs.chmodSync(name, 0o700);
        return name;
      } catch (error) {
        if (error.code !== 'EEXIST' || tries > 100) {
          throw error;
        }
      }
    }
  },

  truncate(target, length = 0) {
    const fd = fs.openSync(target, 'r+');
    try {
      fs.ftruncateSync(fd, length);
    } finally {
      fs.closeSync(fd);
    }
  },

  utimes(target, accessed, modified) {
    const millis = (time) => Math.round(time instanceof Date ? time.getTime() : Number(time) * 1000);
    fs.inner.now('utimes', pathText(target), millis(accessed), millis(modified));
  },

  readlink: (target) => fs.inner.now('readlink', pathText(target)),
};

/** What only the system could do, and the JVM or a host's permissions do not offer. */
const ABSENT = [
  ...['link', 'symlink', 'chown', 'fchown', 'lchown', 'lchmod', 'lutimes', 'futimes', 'fchmod', 'statfs', 'opendir', 'glob'],
];
for (const name of [...ABSENT, 'watch', 'watchFile', 'unwatchFile']) {
  SYNC[name] = () => {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`fs.${name}`);
  };
}

exports.names = Object.keys(SYNC);
exports.SYNC = SYNC;

/** The form with a callback. */
exports.withCallback = (name, args) => {
  const callback = args.pop();
  validateFunction(callback, 'cb');
  if (ABSENT.includes(name)) {
    SYNC[name]();
  }
  let result;
  try {
    result = SYNC[name](...args);
  } catch (error) {
    if (String(error.code).startsWith('ERR_INVALID')) {
      throw error;
    }
    nextTick(callback, error);
    return;
  }
  nextTick(callback, null, result);
};
