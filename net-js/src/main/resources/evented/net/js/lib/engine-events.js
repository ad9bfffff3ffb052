'use strict';
// What Java tells of streams and servers, by its number: Event.java has the same.

exports.CONNECT = 0;
exports.END = 3;
exports.DRAIN = 4;
exports.TIMEOUT = 5;
exports.ERROR = 6;
exports.CLOSE = 7;
exports.SECURE = 8;
exports.LISTENING = 9;
exports.CONNECTION = 10;
exports.DROP = 11;

let wrap = (bytes) => {
  ({ wrap } = require('buffer'));
  return wrap(bytes);
};

/** Makes a Buffer of bytes that Java lends. */
exports.wrapBuffer = (bytes) => wrap(bytes);
