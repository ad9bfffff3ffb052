'use strict';
// Errors as Node makes them.

/** Makes what a wrong type of argument gets. */
exports.argumentType = function argumentType(name, wanted, got) {
  const error = new TypeError(`${name} must be ${wanted}, was ${shown(got)}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
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
  const error = new Error(message);
  if (code !== null) {
    error.code = code;
    error.errno = code;
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
  const Kind = kind === 'TypeError' ? TypeError : kind === 'RangeError' ? RangeError : Error;
  const error = new Kind(message);
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

/** What is printed of a thrown value that nothing caught. */
exports.describe = function describe(value) {
  if (value instanceof Error && typeof value.stack === 'string') {
    const rest = Object.keys(value).filter((key) => key !== 'stack' && key !== 'message');
    if (rest.length === 0) {
      return value.stack;
    }
    const shownRest = rest.map((key) => `  ${key}: ${require('inner/inspect').inspect(value[key])}`);
    return `${value.stack} {\n${shownRest.join(',\n')}\n}`;
  }
  return `Uncaught ${require('inner/inspect').inspect(value)}\n(Use an Error to see where it was thrown)`;
};
