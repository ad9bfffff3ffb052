'use strict';
// structuredClone, as the HTML standard has it, for the values that this engine knows.

const { coded } = require('inner/node-errors');

function refuse(value) {
  const DOMException = require('inner/dom-exception');
  const shown = typeof value === 'symbol' ? String(value) : typeof value === 'function' ? String(value) : `#<${tag(value)}>`;
  throw new DOMException(`${shown} could not be cloned.`, 'DataCloneError');
}

const ERRORS = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

/**
 * Copies a value with all that it holds; what refers to itself does so in the copy.
 * @param {*} value
 * @param {{transfer: ArrayBuffer[]}} [options] buffers that are detached here
 */
exports.structuredClone = function structuredClone(value, options) {
  if (arguments.length === 0) {
    throw coded(new TypeError('The value argument must be specified'), 'ERR_MISSING_ARGS');
  }
  const transfer = options === undefined || options === null || options.transfer === undefined ? [] : [...options.transfer];
  const copies = new Map();
  const copied = copy(value, copies);
  for (const buffer of transfer) {
    if (!(buffer instanceof ArrayBuffer)) {
      refuse(buffer);
    }
    if (typeof buffer.transfer === 'function') {
      buffer.transfer();
    }
  }
  return copied;
};

function copy(value, copies) {
  if (typeof value === 'symbol' || typeof value === 'function') {
    refuse(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const known = copies.get(value);
  if (known !== undefined) {
    return known;
  }
  const keep = (made) => {
    copies.set(value, made);
    return made;
  };
  switch (tag(value)) {
    case 'Boolean':
    case 'Number':
    case 'String':
    case 'BigInt':
      return keep(Object(value.valueOf()));
    case 'Date':
      return keep(new Date(value.getTime()));
    case 'RegExp':
      return keep(new RegExp(value.source, value.flags));
    case 'ArrayBuffer':
      return keep(value.slice(0));
    case 'Map': {
      const made = keep(new Map());
      for (const [key, one] of [...value]) {
        made.set(copy(key, copies), copy(one, copies));
      }
      return made;
    }
    case 'Set': {
      const made = keep(new Set());
      for (const one of [...value]) {
        made.add(copy(one, copies));
      }
      return made;
    }
    case 'Error':
      return copyError(value, copies, keep);
    case 'WeakMap':
    case 'WeakSet':
    case 'WeakRef':
    case 'Promise':
      return refuse(value);
  }
  if (ArrayBuffer.isView(value)) {
    const buffer = copy(value.buffer, copies);
    const Kind = value instanceof DataView ? DataView : globalThis[tag(value)];
    return keep(new Kind(buffer, value.byteOffset, value instanceof DataView ? value.byteLength : value.length));
  }
  const made = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) {
    made[key] = copy(value[key], copies);
  }
  return made;
}

function copyError(value, copies, keep) {
  const made = keep(new (ERRORS[value.name] || Error)(String(value.message)));
  const define = (name, one) => Object.defineProperty(made, name, { value: one, writable: true, configurable: true });
  if (typeof value.stack === 'string') {
    define('stack', value.stack);
  }
  if (Object.prototype.hasOwnProperty.call(value, 'cause')) {
    define('cause', copy(value.cause, copies));
  }
  return made;
}
