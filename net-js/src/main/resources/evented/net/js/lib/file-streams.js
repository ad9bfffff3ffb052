'use strict';
// Files as streams: read and written in pieces, off the loop, at the pace of the other side.

const { Readable, Writable } = require('stream');
const { wrap } = require('buffer');
const { argumentType } = require('inner/errors');
const { nextTick, turn } = require('inner/turns');
const { told } = require('fs');

const READ_PIECE = 64 * 1024;

function settingsOf(options) {
  if (typeof options === 'string') {
    return { encoding: options };
  }
  if (options === undefined || options === null) {
    return {};
  }
  if (typeof options !== 'object') {
    throw argumentType('options', 'a string or an object', options);
  }
  if (options.fd !== undefined && options.fd !== null) {
    throw new TypeError('A stream of a file is opened by its path: fd is not supported');
  }
  return options;
}

/** Checks a place in a file. */
function place(value, name) {
  if (value !== undefined && typeof value !== 'number') {
    throw argumentType(name, 'a number', value);
  }
  if (value !== undefined && !(value >= 0)) {
    throw outOfRange(`${name} must be 0 or more, was ${value}`);
  }
  return value;
}

function outOfRange(message) {
  const error = new RangeError(message);
  error.code = 'ERR_OUT_OF_RANGE';
  return error;
}

function open(stream, done) {
  const opened = (error, file) =>
    turn(() => {
      if (error) {
        done(told(error, 'open'));
        return;
      }
      stream._file = file;
      done();
      stream.emit('open', stream.fd);
      stream.emit('ready');
    });
  try {
    binding.openFile(opened, stream.path, stream.flags, stream.mode);
  } catch (error) {
    done(error); // the host does not allow that file
  }
}

function close(stream, error, done) {
  const file = stream._file;
  if (file === null) {
    done(error);
    return;
  }
  stream._file = null;
  binding.closeFile((failure) => turn(() => done(error || failure)), file);
}

function begin(stream, path, settings, flags) {
  Object.defineProperty(stream, '_file', { value: null, writable: true, enumerable: false });
  stream.fd = null; // the JVM keeps the number for itself
  stream.path = path;
  stream.flags = settings.flags === undefined ? flags : settings.flags;
  stream.mode = settings.mode === undefined ? 0o666 : settings.mode;
  stream.start = settings.start;
  stream.pos = settings.start;
}

/** The bytes of a file. */
exports.ReadStream = class ReadStream extends Readable {
  constructor(path, options) {
    const settings = settingsOf(options);
    const start = place(settings.start, 'start');
    const end = settings.end === undefined ? Infinity : place(settings.end, 'end');
    if (start > end) {
      throw outOfRange(`start must be at most end (${end}), was ${start}`);
    }
    super({
      highWaterMark: settings.highWaterMark === undefined ? READ_PIECE : settings.highWaterMark,
      encoding: settings.encoding,
      emitClose: settings.emitClose,
      autoDestroy: settings.autoClose,
      signal: settings.signal,
    });
    begin(this, path, settings, 'r');
    this.end = end;
    this.bytesRead = 0;
  }

  get pending() {
    return this._file === null;
  }

  _construct(done) {
    open(this, done);
  }

  _read(wanted) {
    const left = this.end - (this.pos === undefined ? this.bytesRead : this.pos) + 1;
    const length = Math.min(left, wanted);
    if (length <= 0) {
      this.push(null);
      return;
    }
    const got = (error, bytes) =>
      turn(() => {
        if (this.destroyed) {
          return;
        }
        if (error) {
          this.destroy(told(error, 'read'));
          return;
        }
        if (bytes === null) {
          this.push(null);
          return;
        }
        const chunk = wrap(bytes);
        this.bytesRead += chunk.length;
        if (this.pos !== undefined) {
          this.pos += chunk.length;
        }
        this.push(chunk);
      });
    binding.readFile(got, this._file, this.pos === undefined ? -1 : this.pos, length);
  }

  _destroy(error, done) {
    close(this, error, done);
  }

  close(callback) {
    if (callback) {
      if (this.closed) {
        nextTick(callback);
      } else {
        this.once('close', () => callback());
      }
    }
    this.destroy();
  }
};

/** A file that is written. */
exports.WriteStream = class WriteStream extends Writable {
  constructor(path, options) {
    const settings = settingsOf(options);
    place(settings.start, 'start');
    super({
      highWaterMark: settings.highWaterMark,
      emitClose: settings.emitClose,
      autoDestroy: settings.autoClose,
      decodeStrings: true,
      signal: settings.signal,
    });
    begin(this, path, settings, 'w');
    this.bytesWritten = 0;
    if (settings.encoding) {
      this.setDefaultEncoding(settings.encoding);
    }
  }

  get pending() {
    return this._file === null;
  }

  _construct(done) {
    open(this, done);
  }

  _write(chunk, encoding, done) {
    const position = this.pos === undefined ? -1 : this.pos;
    if (this.pos !== undefined) {
      this.pos += chunk.length;
    }
    const written = (error) =>
      turn(() => {
        if (!error) {
          this.bytesWritten += chunk.length;
        }
        done(error ? told(error, 'write') : null);
      });
    binding.writeFile(written, this._file, position, chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }

  _writev(chunks, done) {
    this._write(require('buffer').Buffer.concat(chunks.map((entry) => entry.chunk)), 'buffer', done);
  }

  _destroy(error, done) {
    close(this, error, done);
  }

  close(callback) {
    if (callback) {
      if (this.closed) {
        nextTick(callback);
      } else {
        this.once('close', () => callback());
      }
    }
    if (!this._writableState.autoDestroy) {
      this.once('finish', () => this.destroy());
    }
    this.end();
  }

  destroySoon() {
    this.end();
  }
};
