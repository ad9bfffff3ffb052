'use strict';
// What require('events') offers beside emitters: promises and iterators of events, and events of both kinds of targets.

const EventEmitter = require('events');
const { codes, AbortError, validateAbortSignal, validateFunction, validateNumber, validateInteger } =
  require('inner/node-errors');
const { nextTick } = require('inner/turns');
const { dispose } = require('inner/intrinsics');

const isEmitter = (value) => typeof value === 'object' && value !== null && typeof value.on === 'function';
const isTarget = (value) =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  typeof value.addEventListener === 'function';

/** Calls the listeners of an emitter that captures what their promises are rejected with. */
exports.emitCapturing = function emitCapturing(emitter, handler, type, args) {
  const list = typeof handler === 'function' ? [handler] : handler.slice();
  for (const listener of list) {
    const result = listener.apply(emitter, args);
    if (result !== undefined && result !== null) {
      capture(emitter, result, type, args);
    }
  }
  return true;
};

function capture(emitter, result, type, args) {
  try {
    if (typeof result.then === 'function') {
      // Not in the promise's own turn: what is thrown there would be one more rejection.
      result.then(undefined, (error) => nextTick(tellRejection, emitter, error, type, args));
    }
  } catch (error) {
    emitter.emit('error', error); // thrown by a getter of `then`
  }
}

function tellRejection(emitter, error, type, args) {
  const handler = emitter[EventEmitter.captureRejectionSymbol];
  if (typeof handler === 'function') {
    handler.call(emitter, error, type, ...args);
    return;
  }
  const captures = symbolOf(emitter);
  const before = emitter[captures];
  // A listener for 'error' that is rejected itself must not go round in circles.
  try {
    emitter[captures] = false;
    emitter.emit('error', error);
  } finally {
    emitter[captures] = before;
  }
}

/** The symbol under which events.js keeps whether an emitter captures. */
function symbolOf(emitter) {
  return Object.getOwnPropertySymbols(EventEmitter.prototype).find((symbol) => symbol.description === 'kCapture');
}

/** Warns once of an event that has more listeners than are usual. */
exports.warnOfListeners = function warnOfListeners(emitter, type, count, limit) {
  const shown = require('inner/inspect').inspect(emitter, { depth: -1 });
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to ${shown}. ` +
      `MaxListeners is ${limit}. Use emitter.setMaxListeners() to increase limit`
  );
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = count;
  require('process').emitWarning(warning);
};

function listen(emitter, name, listener, options) {
  if (typeof emitter.on === 'function') {
    if (options && options.once) {
      emitter.once(name, listener);
    } else {
      emitter.on(name, listener);
    }
  } else if (isTarget(emitter)) {
    emitter.addEventListener(name, listener, options);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function unlisten(emitter, name, listener) {
  if (typeof emitter.removeListener === 'function') {
    emitter.removeListener(name, listener);
  } else {
    emitter.removeEventListener(name, listener);
  }
}

const abortedBy = (signal) => new AbortError(undefined, { cause: signal.reason });

/**
 * A promise of the arguments of the next event, as an array. It is rejected by 'error', unless that is waited for.
 * @param {EventEmitter|EventTarget} emitter whose event it is
 * @param {string|symbol} name the event
 * @param {{signal: AbortSignal}} [options] a signal rejects it with an AbortError
 * @returns {Promise<Array>}
 */
exports.once = async function once(emitter, name, options = {}) {
  require('inner/node-errors').validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal && signal.aborted) {
    throw abortedBy(signal);
  }
  return new Promise((resolve, reject) => {
    const forgetAll = () => {
      unlisten(emitter, name, heard);
      if (typeof emitter.removeListener === 'function') {
        emitter.removeListener('error', failed);
      }
      if (signal) {
        signal.removeEventListener('abort', aborted);
      }
    };
    const heard = (...args) => {
      forgetAll();
      resolve(args);
    };
    const failed = (error) => {
      forgetAll();
      reject(error);
    };
    const aborted = () => {
      forgetAll();
      reject(abortedBy(signal));
    };
    if (!isEmitter(emitter) && !isTarget(emitter)) {
      throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
    }
    listen(emitter, name, heard, { once: true });
    if (name !== 'error' && typeof emitter.once === 'function') {
      emitter.once('error', failed);
    }
    if (signal) {
      signal.addEventListener('abort', aborted, { once: true });
    }
  });
};

/**
 * An iterator of an event: each gives the arguments as an array.
 * @param {EventEmitter|EventTarget} emitter whose event it is
 * @param {string|symbol} name the event
 * @param {object} [options]
 * @param {AbortSignal} [options.signal] ends it with an AbortError
 * @param {Array<string|symbol>} [options.close] events that end it
 * @param {number} [options.highWaterMark] how many events may wait before the emitter is paused
 * @param {number} [options.lowWaterMark=1] how few must wait before it is resumed
 * @returns {AsyncIterator<Array>}
 */
exports.on = function on(emitter, name, options = {}) {
  require('inner/node-errors').validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal && signal.aborted) {
    throw abortedBy(signal);
  }
  const most = watermark(options, 'highWaterMark', 'highWatermark', Number.MAX_SAFE_INTEGER);
  const fewest = watermark(options, 'lowWaterMark', 'lowWatermark', 1);
  if (!isEmitter(emitter) && !isTarget(emitter)) {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
  return new EventIterator(emitter, name, options.close, signal, most, fewest).iterator;
};

function watermark(options, name, older, usual) {
  const value = options[name] === undefined ? options[older] : options[name];
  if (value === undefined) {
    return usual;
  }
  validateInteger(value, `options.${name}`, 1);
  return value;
}

const asyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);
const kWatermarkData = Symbol.for('nodejs.watermarkData');

/** Gathers events that nobody waits for, and promises that no event has come for. */
class EventIterator {
  constructor(emitter, name, closing, signal, most, fewest) {
    this.events = [];
    this.waiting = [];
    this.error = null;
    this.done = false;
    this.paused = false;
    this.emitter = emitter;
    this.most = most;
    this.fewest = fewest;
    this.forgetting = [];
    const self = this;
    this.iterator = Object.setPrototypeOf(
      {
        next: () => self.next(),
        return: () => self.close(),
        throw(error) {
          if (!(error instanceof Error)) {
            throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
          }
          self.fail(error);
        },
        [Symbol.asyncIterator]() {
          return this;
        },
        [kWatermarkData]: {
          get size() {
            return self.events.length;
          },
          get low() {
            return fewest;
          },
          get high() {
            return most;
          },
          get isPaused() {
            return self.paused;
          },
        },
      },
      asyncIteratorPrototype
    );
    this.hear(name, (...args) => this.take(args));
    if (name !== 'error' && typeof emitter.on === 'function') {
      this.hear('error', (error) => this.fail(error));
    }
    for (const event of closing || []) {
      this.hear(event, () => this.close());
    }
    if (signal) {
      const abort = () => this.fail(abortedBy(signal));
      signal.addEventListener('abort', abort, { once: true });
      this.forgetting.push(() => signal.removeEventListener('abort', abort));
    }
  }

  hear(event, listener) {
    listen(this.emitter, event, listener);
    this.forgetting.push(() => unlisten(this.emitter, event, listener));
  }

  take(args) {
    if (this.waiting.length > 0) {
      this.waiting.shift().resolve({ value: args, done: false });
      return;
    }
    this.events.push(args);
    if (!this.paused && this.events.length > this.most && typeof this.emitter.pause === 'function') {
      this.paused = true;
      this.emitter.pause();
    }
  }

  next() {
    if (this.events.length > 0) {
      const value = this.events.shift();
      if (this.paused && this.events.length < this.fewest) {
        this.paused = false;
        this.emitter.resume();
      }
      return Promise.resolve({ value, done: false });
    }
    if (this.error !== null) {
      const { error } = this;
      this.error = null;
      return Promise.reject(error);
    }
    if (this.done) {
      return this.close();
    }
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  fail(error) {
    if (this.waiting.length > 0) {
      this.waiting.shift().reject(error);
    } else {
      this.error = error;
    }
    this.close();
  }

  close() {
    for (const forget of this.forgetting.splice(0)) {
      forget();
    }
    this.done = true;
    for (const { resolve } of this.waiting.splice(0)) {
      resolve({ value: undefined, done: true });
    }
    return Promise.resolve({ value: undefined, done: true });
  }
}

/** The listeners of an event, of an emitter or an EventTarget. */
exports.getEventListeners = function getEventListeners(emitter, type) {
  if (emitter !== null && emitter !== undefined && typeof emitter.listeners === 'function') {
    return emitter.listeners(type);
  }
  const found = isTarget(emitter) ? require('inner/event-target').listenersOf(emitter, type) : null;
  if (found === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitter);
  }
  return found;
};

/** How many listeners an event of an emitter or an EventTarget may have before a warning comes. */
exports.getMaxListeners = function getMaxListeners(emitter) {
  if (emitter !== null && emitter !== undefined && typeof emitter.getMaxListeners === 'function') {
    return emitter.getMaxListeners();
  }
  const limit = isTarget(emitter) ? require('inner/event-target').maxListenersOf(emitter) : null;
  if (limit === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitter);
  }
  return limit;
};

/** Sets that for some emitters and targets, or, without any, for all that are to come. */
exports.setMaxListeners = function setMaxListeners(n = EventEmitter.defaultMaxListeners, ...targets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) {
    EventEmitter.defaultMaxListeners = n;
    return;
  }
  for (const target of targets) {
    if (target !== null && target !== undefined && typeof target.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else if (!(isTarget(target) && require('inner/event-target').setMaxListenersOf(target, n))) {
      throw new codes.ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
};

/** How many listeners an event has. */
exports.listenerCount = function listenerCount(emitter, type) {
  if (typeof emitter.listenerCount === 'function') {
    return emitter.listenerCount(type);
  }
  const found = isTarget(emitter) ? require('inner/event-target').listenersOf(emitter, type) : null;
  return found === null ? EventEmitter.prototype.listenerCount.call(emitter, type) : found.length;
};

/**
 * Calls a listener once a signal is aborted, which no other listener can prevent.
 * @returns {Disposable} what removes it
 */
exports.addAbortListener = function addAbortListener(signal, listener) {
  if (signal === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  }
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let remove = () => {};
  if (signal.aborted) {
    Promise.resolve().then(() => listener());
  } else {
    const { kResistStopPropagation } = require('inner/event-target');
    signal.addEventListener('abort', listener, { once: true, [kResistStopPropagation]: true });
    remove = () => signal.removeEventListener('abort', listener);
  }
  return {
    __proto__: null,
    [dispose]() {
      remove();
    },
  };
};

Object.defineProperty(exports, 'EventEmitterAsyncResource', {
  get: () => require('inner/emitter-resource'),
  enumerable: true,
  configurable: true,
});
