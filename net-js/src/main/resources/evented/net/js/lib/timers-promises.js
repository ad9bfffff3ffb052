'use strict';
// require('timers/promises'): timers that are waited for.

const timers = require('timers');
const { AbortError, codes, validateAbortSignal, validateBoolean, validateNumber, validateObject } =
  require('inner/node-errors');

function checked(options) {
  validateObject(options, 'options');
  const { signal, ref = true } = options;
  validateAbortSignal(signal, 'options.signal');
  validateBoolean(ref, 'options.ref');
  return { signal, ref };
}

function checkDelay(delay) {
  if (delay !== undefined) {
    validateNumber(delay, 'delay');
  }
}

const abortedBy = (signal) => new AbortError(undefined, { cause: signal.reason });

/** A promise of `value`, which start(callback) has a timer call for; stop(timer) ends that. */
function wait(value, { signal, ref }, start, stop) {
  if (signal && signal.aborted) {
    return Promise.reject(abortedBy(signal));
  }
  return new Promise((resolve, reject) => {
    const aborted = () => {
      stop(timer);
      reject(abortedBy(signal));
    };
    const timer = start(() => {
      if (signal) {
        signal.removeEventListener('abort', aborted);
      }
      resolve(value);
    });
    if (!ref) {
      timer.unref();
    }
    if (signal) {
      signal.addEventListener('abort', aborted, { once: true });
    }
  });
}

/**
 * Waits.
 * @param {number} [delay=1] in milliseconds
 * @param {*} [value] what it gives
 * @param {{signal: AbortSignal, ref: boolean}} [options] a signal rejects it with an AbortError
 */
exports.setTimeout = function setTimeout(delay, value, options = {}) {
  try {
    checkDelay(delay);
    return wait(value, checked(options), (callback) => timers.setTimeout(callback, delay), timers.clearTimeout);
  } catch (error) {
    return Promise.reject(error);
  }
};

/** Waits until what has happened is told of. */
exports.setImmediate = function setImmediate(value, options = {}) {
  try {
    return wait(value, checked(options), timers.setImmediate, timers.clearImmediate);
  } catch (error) {
    return Promise.reject(error);
  }
};

/**
 * Gives a value again and again; those for which nobody waits come at once, later.
 * @returns {AsyncGenerator}
 */
exports.setInterval = async function* setInterval(delay, value, options = {}) {
  checkDelay(delay);
  const { signal, ref } = checked(options);
  if (signal && signal.aborted) {
    throw abortedBy(signal);
  }
  let passed = 0;
  let tell = null;
  const wake = () => {
    if (tell !== null) {
      tell();
      tell = null;
    }
  };
  const interval = timers.setInterval(() => {
    passed++;
    wake();
  }, delay);
  if (!ref) {
    interval.unref();
  }
  if (signal) {
    signal.addEventListener('abort', wake, { once: true });
  }
  try {
    for (;;) {
      if (passed === 0 && !(signal && signal.aborted)) {
        await new Promise((resolve) => {
          tell = resolve;
        });
      }
      for (; passed > 0; passed--) {
        yield value;
      }
      if (signal && signal.aborted) {
        throw abortedBy(signal);
      }
    }
  } finally {
    timers.clearInterval(interval);
    if (signal) {
      signal.removeEventListener('abort', wake);
    }
  }
};

class Scheduler {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  /** Lets whatever else is due run. */
  yield() {
    check(this);
    return exports.setImmediate();
  }

  /**
   * Waits.
   * @param {number} delay in milliseconds
   * @param {{signal: AbortSignal, ref: boolean}} [options]
   */
  wait(delay, options) {
    check(this);
    return exports.setTimeout(delay, undefined, options);
  }
}

function check(scheduler) {
  if (scheduler !== exports.scheduler) {
    throw new codes.ERR_INVALID_THIS('Scheduler');
  }
}

exports.scheduler = Object.create(Scheduler.prototype);
