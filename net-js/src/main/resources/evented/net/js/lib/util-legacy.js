'use strict';
// The functions of util that Node has deprecated, and those of its first years that it has dropped.

const { format } = require('inner/inspect');
const { types } = require('inner/types');

exports._extend = (target, source) => {
  if (source !== null && typeof source === 'object') {
    for (const key of Object.keys(source)) {
      target[key] = source[key];
    }
  }
  return target;
};

exports.isArray = Array.isArray;
exports.isBoolean = (value) => typeof value === 'boolean';
exports.isBuffer = (value) => require('buffer').Buffer.isBuffer(value);
exports.isDate = types.isDate;
exports.isError = (value) => types.isNativeError(value) || value instanceof Error;
exports.isFunction = (value) => typeof value === 'function';
exports.isNull = (value) => value === null;
exports.isNullOrUndefined = (value) => value === null || value === undefined;
exports.isNumber = (value) => typeof value === 'number';
exports.isObject = (value) => value !== null && typeof value === 'object';
exports.isPrimitive = (value) => value === null || (typeof value !== 'object' && typeof value !== 'function');
exports.isRegExp = types.isRegExp;
exports.isString = (value) => typeof value === 'string';
exports.isSymbol = (value) => typeof value === 'symbol';
exports.isUndefined = (value) => value === undefined;

exports.print = (...texts) => binding.write(1, texts.join(''));
exports.puts = (...texts) => binding.write(1, texts.map((text) => `${text}\n`).join(''));
exports.debug = (text) => binding.write(2, `DEBUG: ${text}\n`);
exports.error = (...texts) => binding.write(2, texts.map((text) => `${text}\n`).join(''));

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

exports.log = (...args) => {
  const now = new Date();
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
  binding.write(1, `${now.getDate()} ${MONTHS[now.getMonth()]} ${time} - ${format(...args)}\n`);
};

/** Copies all from a readable stream to a writable one, as util.pump did. */
exports.pump = function pump(source, destination, callback) {
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
