'use strict';
// util of today, and below it what packages of old still call.

const { format, formatWithOptions, inspect } = require('inner/inspect');
const { types } = require('inner/types');
const errors = require('inner/node-errors');

const { codes, validateFunction, validateString } = errors;
const util = (module.exports = { format, formatWithOptions, inspect, types });

/** Has instances of one constructor inherit from another. */
util.inherits = function inherits(constructor, superConstructor) {
  if (constructor === undefined || constructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', constructor);
  }
  if (superConstructor === undefined || superConstructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superConstructor);
  }
  if (superConstructor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superConstructor.prototype);
  }
  // Not by a new prototype: a class keeps its own, and so do methods that were there before.
  Object.defineProperty(constructor, 'super_', { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
};

const custom = Symbol.for('nodejs.util.promisify.custom');

/** Makes a function that returns a promise from one whose last argument is callback(error, value). */
util.promisify = function promisify(original) {
  validateFunction(original, 'original');
  if (original[custom]) {
    const own = original[custom];
    validateFunction(own, 'util.promisify.custom');
    return Object.defineProperty(own, custom, { value: own, enumerable: false, writable: false, configurable: true });
  }
  const promised = function (...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, value) => (error ? reject(error) : resolve(value))]);
    });
  };
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  Object.defineProperty(promised, custom, { value: promised, enumerable: false, writable: false, configurable: true });
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
};
util.promisify.custom = custom;

/** The way back: a function that calls callback(error, value) when the promise is settled. */
util.callbackify = function callbackify(original) {
  validateFunction(original, 'original');
  const called = function (...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const { nextTick } = require('inner/turns');
    Reflect.apply(original, this, args).then(
      (value) => nextTick(() => Reflect.apply(callback, this, [null, value])),
      (reason) => nextTick(() => Reflect.apply(callback, this, [reason || new codes.ERR_FALSY_VALUE_REJECTION(reason)]))
    );
  };
  const properties = Object.getOwnPropertyDescriptors(original);
  if (typeof properties.length.value === 'number') {
    properties.length.value++;
  }
  if (typeof properties.name.value === 'string') {
    properties.name.value += 'Callbackified';
  }
  return Object.defineProperties(called, properties);
};

const warned = new Set();

/** Wraps a function or a class so that its first call warns: once for each code, if there is one. */
util.deprecate = function deprecate(original, message, code) {
  if (code !== undefined) {
    validateString(code, 'code');
  }
  let isTold = false;
  function deprecated(...args) {
    const process = require('process');
    if (!isTold && process.noDeprecation !== true) {
      isTold = true;
      if (code === undefined || !warned.has(code)) {
        warned.add(code);
        process.emitWarning(message, 'DeprecationWarning', code, deprecated);
      }
    }
    return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
  }
  Object.setPrototypeOf(deprecated, original);
  if (original.prototype) {
    deprecated.prototype = original.prototype;
  }
  return deprecated;
};

/** Whether NODE_DEBUG names a section; `*` stands for anything. */
function isDebugged(section) {
  const { NODE_DEBUG = '' } = require('process').env;
  return NODE_DEBUG.split(',').some((name) => {
    const pattern = name.trim().replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replace(/\*/g, '.*');
    return new RegExp(`^${pattern}$`, 'i').test(section);
  });
}

/** A function that writes to the standard error if NODE_DEBUG names the section. */
util.debuglog = function debuglog(section, callback) {
  let enabled;
  const isEnabled = () => (enabled === undefined ? (enabled = isDebugged(section)) : enabled);
  const log = (...args) => {
    if (isEnabled()) {
      binding.write(2, `${section.toUpperCase()} ${require('process').pid}: ${format(...args)}\n`);
    }
  };
  if (typeof callback === 'function' && isEnabled()) {
    callback(log);
  }
  return Object.defineProperty(log, 'enabled', { get: isEnabled, configurable: true, enumerable: true });
};

util.isDeepStrictEqual = (a, b) => require('inner/deep-equal').isDeepStrictEqual(a, b);

/** A text without the control sequences of terminals. */
util.stripVTControlCharacters = function stripVTControlCharacters(text) {
  validateString(text, 'str');
  return require('inner/inspect-layout').stripControls(text);
};

/** A text in one or more of the styles of inspect.colors, if the stream that it is for shows them. */
util.styleText = function styleText(style, text, { validateStream = true, stream } = {}) {
  validateString(text, 'text');
  errors.validateBoolean(validateStream, 'options.validateStream');
  const { colors } = require('inner/inspect-colors');
  const process = require('process');
  const isShown = !validateStream || ((stream || process.stdout).isTTY && !process.env.NO_COLOR);
  let before = '';
  let after = '';
  for (const name of Array.isArray(style) ? style : [style]) {
    if (name === 'none') {
      continue;
    }
    if (colors[name] === undefined) {
      errors.validateOneOf(name, 'format', Object.keys(colors));
    }
    before += `\u001b[${colors[name][0]}m`;
    after = `\u001b[${colors[name][1]}m${after}`;
  }
  return isShown ? `${before}${text}${after}` : text;
};

/** A promise that is settled when a signal aborts. It does not keep the resource. */
util.aborted = async function aborted(signal, resource) {
  if (signal === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  errors.validateAbortSignal(signal, 'signal');
  errors.validateObject(resource, 'resource', { allowArray: true, allowFunction: true });
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }
};

/** The code of a system call's negative number: -2 is ENOENT. */
util.getSystemErrorName = function getSystemErrorName(number) {
  if (typeof number !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('err', 'number', number);
  }
  if (!Number.isSafeInteger(number) || number >= 0) {
    throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', number);
  }
  const found = Object.keys(errors.ERRNO).find((code) => errors.ERRNO[code] === -number);
  return found === undefined ? `Unknown system error ${number}` : found;
};

/** All of them: number to [code, meaning]. */
util.getSystemErrorMap = () =>
  new Map(Object.keys(errors.ERRNO).map((code) => [-errors.ERRNO[code], [code, errors.MEANING[code] || code]]));

/** Parts of modules that are loaded when they are asked for. */
const LAZY = {
  MIMEParams: ['inner/mime', 'MIMEParams'],
  MIMEType: ['inner/mime', 'MIMEType'],
  TextDecoder: ['inner/text-codec', 'TextDecoder'],
  TextEncoder: ['inner/text-codec', 'TextEncoder'],
  parseArgs: ['inner/parse-args', 'parseArgs'],
  toUSVString: ['inner/text-codec', 'toUSVString'],
};
for (const name of Object.keys(LAZY)) {
  const [file, member] = LAZY[name];
  Object.defineProperty(util, name, {
    get: () => require(file)[member],
    set: (value) => Object.defineProperty(util, name, { value, writable: true, enumerable: true, configurable: true }),
    enumerable: true,
    configurable: true,
  });
}

Object.assign(util, require('inner/util-legacy'));
