'use strict';
// util.format: values put into a text as printf does.

const { inspect, showBigInt, showNumber } = require('inner/inspect');
const { types } = require('inner/types');

const plain = (text) => text;

/**
 * Puts values into a text: %s %d %i %f %j %o %O %c %%.
 * @param {...*} args a text with placeholders, and the values
 * @returns {string}
 */
exports.format = (...args) => formatAll(undefined, args);

/** As format, with options for inspect. */
exports.formatWithOptions = function formatWithOptions(options, ...args) {
  require('inner/node-errors').validateObject(options, 'inspectOptions', { allowArray: true, allowFunction: true });
  return formatAll(options, args);
};

function formatAll(options, args) {
  const first = args[0];
  if (args.length === 1) {
    return typeof first === 'string' ? first : inspect(first, options);
  }
  let at = 0;
  let text = '';
  if (typeof first === 'string') {
    at = 1;
    text = first.replace(/%[sdifjoOc%]/g, (mark) => {
      if (mark === '%%') {
        return '%';
      }
      return at >= args.length ? mark : formatOne(mark, args[at++], options);
    });
  }
  for (; at < args.length; at++) {
    const value = args[at];
    text += (at > 0 ? ' ' : '') + (typeof value === 'string' ? value : inspect(value, options));
  }
  return text;
}

function formatOne(mark, value, options) {
  const separated = Boolean(options && options.numericSeparator);
  switch (mark) {
    case '%s':
      return asText(value, options, separated);
    case '%d':
      return asNumber(value, Number, separated);
    case '%i':
      return asNumber(value, parseInt, separated);
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : showNumber(plain, parseFloat(value), separated);
    case '%j':
      return asJson(value);
    case '%o':
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case '%O':
      return inspect(value, options);
    default:
      return ''; // %c: style sheets are for browsers
  }
}

function asNumber(value, convert, separated) {
  if (typeof value === 'bigint') {
    return showBigInt(plain, value, separated);
  }
  return typeof value === 'symbol' ? 'NaN' : showNumber(plain, convert(value), separated);
}

function asText(value, options, separated) {
  if (typeof value === 'number') {
    return showNumber(plain, value, separated);
  }
  if (typeof value === 'bigint') {
    return showBigInt(plain, value, separated);
  }
  return typeof value === 'object' && value !== null && hasBuiltInText(value)
    ? inspect(value, { ...options, depth: 0, colors: false, compact: 3 })
    : String(value);
}

/** Whether an object's toString is the language's own, which tells little. */
function hasBuiltInText(value) {
  if (types.isProxy(value)) {
    return true; // to ask it might run its traps
  }
  if (!('toString' in value) || typeof value.toString !== 'function') {
    return true;
  }
  if (Object.hasOwn(value, 'toString')) {
    return false;
  }
  let owner = value;
  while (!Object.hasOwn(owner, 'toString')) {
    owner = Object.getPrototypeOf(owner);
  }
  const entry = Object.getOwnPropertyDescriptor(owner, 'constructor');
  return (
    entry !== undefined &&
    typeof entry.value === 'function' &&
    require('inner/inspect-objects').BUILT_IN.has(entry.value.name)
  );
}

function asJson(value) {
  try {
    return String(JSON.stringify(value));
  } catch (error) {
    if (/circular|cyclic/i.test(error.message)) {
      return '[Circular]';
    }
    throw error;
  }
}
