'use strict';
// Errors as Node makes them.

/** Makes what a wrong type of argument gets. */
exports.argumentType = function argumentType(name, wanted, got) {
  const error = new TypeError(`${name} must be ${wanted}, was ${shown(got)}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
};

/** The largest number that the system's calls take. */
const LARGEST = 2 ** 31 - 1;

/** Checks for a whole number that the system's calls take. */
exports.checkWhole = function checkWhole(name, wanted, value) {
  if (!(Number.isInteger(value) && value >= 0)) {
    throw exports.argumentType(name, wanted, value);
  }
  if (value > LARGEST) {
    const error = new RangeError(`${name} must be 0 to ${LARGEST}, was ${value}`);
    error.code = 'ERR_OUT_OF_RANGE';
    throw error;
  }
  return value;
};

function shown(value) {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (typeof value === 'function') {
    return `the function ${value.name || '(anonymous)'}`;
  }
  if (typeof value === 'object') {
    const maker = value.constructor && value.constructor.name;
    return maker ? `an instance of ${maker}` : 'an object';
  }
  return `${typeof value} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`;
}

/**
 * Makes the Error of a failed system call.
 * @param {string} message the whole message
 * @param {?string} code such as ECONNREFUSED
 * @param {?string} syscall such as connect
 * @param {?string} address an IP address, a host name or a path
 * @param {number} port -1 for none
 */
exports.system = function system(message, code, syscall, address, port) {
  const { errno, meaning } = require('inner/node-errors');
  // Java sets an IPv6 address into brackets, and leaves it to the code to say what it means.
  let text = message.replace(/\[([^\]\s]+)\]:(\d+)/g, '$1:$2');
  if (syscall === 'listen' && meaning(code) !== undefined) {
    text = text.replace(code, `${code}: ${meaning(code)}`);
  }
  const error = new Error(text);
  if (code !== null) {
    error.code = code;
    error.errno = errno(code) === undefined ? code : errno(code);
  }
  if (syscall !== null) {
    error.syscall = syscall;
  }
  if (address !== null) {
    error.address = address;
    if (syscall === 'getaddrinfo') {
      error.hostname = address;
    }
    if (address.startsWith('/') && port < 0) {
      error.path = address;
    }
  }
  if (port >= 0) {
    error.port = port;
  }
  return error;
};

/** Throws the Error that Java describes: Java itself cannot throw one. */
exports.raise = function raise(kind, message, code, syscall, path) {
  const Kind = { TypeError, RangeError, SyntaxError }[kind] || Error;
  const error = new Kind(message);
  const ofOpenSsl = /^error:[0-9A-F]+:([^:]*)::(.*)$/.exec(message);
  if (ofOpenSsl !== null) {
    error.library = ofOpenSsl[1];
    error.reason = ofOpenSsl[2];
  }
  if (code && code.startsWith('ERR_CRYPTO')) {
    throw require('inner/node-errors').coded(error, code);
  }
  if (code) {
    error.code = code;
  }
  if (syscall) {
    error.errno = code;
    error.syscall = syscall;
  }
  if (path) {
    error.path = path;
  }
  throw error;
};

/** The files whose first line begins with what CommonJS wraps around them. */
exports.wrapped = new Set();

/** Has the columns of a stack count from where the script begins. */
exports.unwrapped = unwrapped;
function unwrapped(stack) {
  return stack.replace(/([^\s(]+):1:(\d+)(?=\)?$)/gm, (place, file, column) =>
    exports.wrapped.has(file) ? `${file}:1:${Math.max(1, column - binding.wrapperLength())}` : place
  );
}

/** The stack of an error, with its name and message at the beginning. */
exports.stackOf = function stackOf(error) {
  return unwrapped(stackText(error));
};

function stackText(error) {
  const head = Error.prototype.toString.call(error);
  if (typeof error.stack !== 'string' || error.stack === '') {
    return head;
  }
  if (error.stack.includes(error.message)) {
    return error.stack;
  }
  // Some packages make the stack before they know the message.
  const lines = error.stack.split('\n');
  return [head].concat(lines.filter((line) => /^\s+at /.test(line))).join('\n');
}

/** What the stack says already. */
const SAID = ['stack', 'message', 'name', 'generatedMessage'];

/** What is printed of a thrown value that nothing caught. */
exports.describe = function describe(value) {
  const { inspect } = require('inner/inspect');
  if (!(value instanceof Error)) {
    return `Uncaught ${inspect(value)}\n(Use an Error to see where it was thrown)`;
  }
  const rest = Object.keys(value).filter((key) => !SAID.includes(key));
  if (rest.length === 0) {
    return exports.stackOf(value);
  }
  const shownRest = rest.map((key) => `  ${key}: ${inspect(value[key])}`);
  return `${exports.stackOf(value)} {\n${shownRest.join(',\n')}\n}`;
};

/** What an uncaught exception tells of a promise that was rejected with `reason`: an Error in any case. */
exports.rejected = function rejected(reason) {
  try {
    if (reason instanceof Error) {
      return reason;
    }
  } catch (error) {
    // A Proxy's trap: it is told of below.
  }
  const { inspect } = require('inner/inspect');
  let text;
  try {
    text = typeof reason === 'object' && reason !== null ? '#<Object>' : inspect(reason);
  } catch (error) {
    text = '(a value that cannot be shown)';
  }
  const made = new Error(
    'This error originated either by throwing inside of an async function without a catch block, ' +
      `or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${text}".`
  );
  made.name = 'UnhandledPromiseRejection';
  made.code = 'ERR_UNHANDLED_REJECTION';
  return made;
};
