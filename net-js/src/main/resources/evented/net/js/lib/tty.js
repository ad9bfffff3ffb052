'use strict';
// tty: whether a standard stream is a terminal.

const isTerminal = (stream) => Boolean(stream && stream.isTTY && typeof stream.fd === 'number');

exports.isatty = (fd) => Number.isInteger(fd) && fd >= 0 && fd <= 2 && binding.isTerminal(fd);

/** process.stdin is an instance of it if it is a terminal. No other can be made. */
exports.ReadStream = class ReadStream {
  static [Symbol.hasInstance](value) {
    return isTerminal(value) && value.fd === 0;
  }
};

/** process.stdout and process.stderr are instances of it if they are terminals. No other can be made. */
exports.WriteStream = class WriteStream {
  static [Symbol.hasInstance](value) {
    return isTerminal(value) && value.fd > 0;
  }
};
