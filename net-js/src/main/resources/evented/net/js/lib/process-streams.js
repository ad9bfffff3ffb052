'use strict';
// process.stdin, stdout and stderr.

const { Readable, Writable } = require('stream');
const { codes, errno } = require('inner/node-errors');
const turns = require('inner/turns');

/** A standard stream that is written to: at once, and never closed. */
function output(fd) {
  const write = (chunk, callback) => {
    try {
      if (typeof chunk === 'string') {
        binding.write(fd, chunk);
      } else {
        binding.writeBytes(fd, chunk.buffer, chunk.byteOffset, chunk.byteLength);
      }
    } catch (error) {
      callback(failure(error));
      return;
    }
    callback();
  };
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, encoding, callback) {
      const isText = typeof chunk !== 'string' || /^utf-?8$/i.test(encoding);
      write(isText ? chunk : require('buffer').Buffer.from(chunk, encoding), callback);
    },
    writev(chunks, callback) {
      const { Buffer } = require('buffer');
      write(Buffer.concat(chunks.map(({ chunk, encoding }) => Buffer.from(chunk, encoding))), callback);
    },
    // It can be used again, since others write there too.
    destroy(error, callback) {
      callback(error);
      this._undestroy();
      turns.nextTick(() => this.emit('close'));
    },
    emitClose: false,
  });
  turns.outputs[fd] = stream;
  stream.write = function (chunk, encoding, callback) {
    checkView(chunk);
    return Writable.prototype.write.call(this, chunk, encoding, callback);
  };
  stream.fd = fd;
  stream._type = binding.isTerminal(fd) ? 'tty' : 'pipe';
  stream._isStdio = true;
  stream.destroySoon = stream.destroy;
  stream.flush = () => true;
  if (binding.isTerminal(fd)) {
    asTerminal(stream);
  }
  return stream;
}

/** A view that says of itself what the engine does not would be refused later, when nobody hears of it. */
function checkView(chunk) {
  if (chunk instanceof Uint8Array) {
    for (const name of ['buffer', 'byteOffset', 'byteLength']) {
      if (Object.prototype.hasOwnProperty.call(chunk, name)) {
        throw new codes.ERR_INVALID_ARG_VALUE('chunk', name, 'has a property of its own that a view must not have');
      }
    }
  }
}

function failure(error) {
  if (error.code !== undefined && errno(error.code) !== undefined) {
    const made = new Error(`write ${error.code}`);
    return Object.assign(made, { errno: errno(error.code), code: error.code, syscall: 'write' });
  }
  return error;
}

function asTerminal(stream) {
  stream.isTTY = true;
  stream.columns = 80;
  stream.rows = 24;
  stream.getWindowSize = () => [stream.columns, stream.rows];
  stream.getColorDepth = (env = require('process').env) => {
    if (env.NO_COLOR !== undefined || env.TERM === 'dumb') {
      return 1;
    }
    return /truecolor|24bit/.test(env.COLORTERM || '') ? 24 : /256/.test(env.TERM || '') ? 8 : 4;
  };
  stream.hasColors = (count = 16, env) => count <= 2 ** stream.getColorDepth(env);
}

/** Standard input, read once someone asks for it. */
function input() {
  const { wrap } = require('buffer');
  const stream = new Readable({
    read() {
      binding.readInput((bytes) => {
        turns.turn(() => stream.push(bytes === null ? null : wrap(bytes)));
      });
    },
  });
  stream.fd = 0;
  if (binding.isTerminal(0)) {
    stream.isTTY = true;
    stream.isRaw = false;
  }
  stream.setRawMode = () => stream;
  stream.ref = () => {
    binding.referenceInput(true);
    return stream;
  };
  stream.unref = () => {
    binding.referenceInput(false);
    return stream;
  };
  // A program that has paused it does not wait for it.
  stream.on('pause', stream.unref).on('resume', stream.ref);
  return stream;
}

exports.openStdin = () => {
  exports.stdin.resume();
  return exports.stdin;
};

for (const [name, make] of [
  ['stdout', () => output(1)],
  ['stderr', () => output(2)],
  ['stdin', input],
]) {
  let stream = null;
  Object.defineProperty(exports, name, {
    get() {
      stream = stream || make();
      return stream;
    },
    enumerable: true,
  });
}
