'use strict';
// What the arguments of today's net mean.

const { codes, validateBoolean, validateInt32 } = require('inner/node-errors');

/** Marks arguments that are sorted already. */
const normalized = Symbol('normalizedArgs');

/** Refuses the name of a UNIX socket that is no file: the JDK has no way to say one. */
function checkSocketPath(path) {
  if (path.includes('\0')) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('UNIX sockets without a file');
  }
}

/** The number that a port is given as, and else false. */
function toNumber(value) {
  const number = Number(value);
  return number >= 0 ? number : false;
}

/** Whether the first argument of connect or listen is the path of a UNIX socket. */
function isPath(value) {
  return typeof value === 'string' && toNumber(value) === false;
}

/**
 * Sorts (options, [callback]), (port, [host], [callback]) and (path, [callback]).
 * @returns {Array} [options, callback or null]
 */
function normalizeArgs(args) {
  let options = {};
  const first = args[0];
  if (args.length > 0) {
    if (typeof first === 'object' && first !== null) {
      options = first;
    } else if (isPath(first)) {
      options.path = first;
    } else {
      options.port = first;
      if (args.length > 1 && typeof args[1] === 'string') {
        options.host = args[1];
      }
    }
  }
  const last = args.length > 0 ? args[args.length - 1] : undefined;
  const sorted = [options, typeof last === 'function' ? last : null];
  sorted[normalized] = true;
  return sorted;
}

/** The shortest time that an address has for itself, in milliseconds. */
const SHORTEST_ATTEMPT = 10;

let autoSelectFamily = true;
let attemptTimeout = 250;

/** What holds where no option says otherwise. */
const defaults = {
  get autoSelectFamily() {
    return autoSelectFamily;
  },
  get attemptTimeout() {
    return attemptTimeout;
  },
};

function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  autoSelectFamily = value;
}

function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  attemptTimeout = Math.max(value, SHORTEST_ATTEMPT);
}

/** Checks a time in milliseconds, and gives what a timer takes. */
function timerDuration(millis, name) {
  require('inner/node-errors').validateNumber(millis, name);
  if (millis < 0 || !Number.isFinite(millis)) {
    throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', millis);
  }
  const longest = 2 ** 31 - 1;
  if (millis > longest) {
    const text = `${millis} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${longest}.`;
    require('process').emitWarning(text, 'TimeoutOverflowWarning');
    return longest;
  }
  return millis;
}

module.exports = {
  SHORTEST_ATTEMPT,
  checkSocketPath,
  defaults,
  isPath,
  normalizeArgs,
  normalized,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
  timerDuration,
  toNumber,
};
