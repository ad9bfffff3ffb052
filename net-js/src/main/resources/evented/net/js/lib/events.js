'use strict';
// require('events'): emitters. What is seldom used stands in events-more.js, loaded at first use.

module.exports = EventEmitter;

const { late } = require('inner/late');

const captureRejectionSymbol = Symbol.for('nodejs.rejection');
const errorMonitor = Symbol('events.errorMonitor');
const kCapture = Symbol('kCapture');

let defaultMaxListeners = 10;

/**
 * An object that emits named events to its listeners. May be called without `new`, on an object that inherits from it,
 * or not at all: whatever inherits from it works.
 * @param {object} [options]
 * @param {boolean} [options.captureRejections=false] whether a rejected promise of a listener becomes 'error'
 */
function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, kCapture, { value: false, writable: true, enumerable: false });

EventEmitter.init = function (options) {
  const events = this._events;
  if (events === undefined || events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options !== undefined && options !== null && options.captureRejections) {
    require('inner/node-errors').validateBoolean(options.captureRejections, 'options.captureRejections');
    this[kCapture] = true;
  }
};

function checkListener(listener) {
  if (typeof listener !== 'function') {
    const { codes } = require('inner/node-errors');
    throw new codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
  }
}

/**
 * Calls the listeners of an event, in the order in which they were added.
 * @param {string|symbol} type the event; 'error' without a listener throws
 * @returns {boolean} whether there was one
 */
EventEmitter.prototype.emit = function emit(type, a, b) {
  const events = this._events;
  const count = arguments.length;
  const handler = events === undefined ? undefined : events[type];
  if (handler === undefined && type !== 'error') {
    return false;
  }
  if (count > 3 || type === 'error' || this[kCapture] === true) {
    // One by one: for anything else the engine would make an object of the arguments at each call.
    const args = [];
    for (let i = 1; i < count; i++) {
      args.push(arguments[i]);
    }
    return emitAll(this, type, args);
  }
  if (typeof handler === 'function') {
    switch (count) {
      case 1:
        handler.call(this);
        break;
      case 2:
        handler.call(this, a);
        break;
      default:
        handler.call(this, a, b);
    }
    return true;
  }
  // Those who are added or removed meanwhile do not count.
  const list = handler.slice();
  const length = list.length;
  switch (count) {
    case 1:
      for (let i = 0; i < length; i++) {
        list[i].call(this);
      }
      break;
    case 2:
      for (let i = 0; i < length; i++) {
        list[i].call(this, a);
      }
      break;
    default:
      for (let i = 0; i < length; i++) {
        list[i].call(this, a, b);
      }
  }
  return true;
};

/** What emit() does in all cases that are rare. */
function emitAll(emitter, type, args) {
  if (type === 'error') {
    if (emitter._events !== undefined && emitter._events[errorMonitor] !== undefined) {
      emitter.emit(errorMonitor, ...args);
    }
    if (emitter._events === undefined || emitter._events.error === undefined) {
      throw unhandled(args[0], args.length > 0);
    }
  }
  const handler = emitter._events[type];
  if (emitter[kCapture] === true) {
    return require('inner/events-more').emitCapturing(emitter, handler, type, args);
  }
  if (typeof handler === 'function') {
    handler.apply(emitter, args);
  } else {
    for (const listener of handler.slice()) {
      listener.apply(emitter, args);
    }
  }
  return true;
}

/** What an 'error' that no one listens for throws. */
function unhandled(value, given) {
  if (given && value instanceof Error) {
    return value;
  }
  let text = value;
  try {
    text = require('inner/inspect').inspect(value);
  } catch (error) {
    // A getter or a trap throws: the value itself has to do.
  }
  const error = new (require('inner/node-errors').codes.ERR_UNHANDLED_ERROR)(String(text));
  error.context = value;
  return error;
}

function add(target, type, listener, prepend) {
  checkListener(listener);
  let events = target._events;
  if (events === undefined) {
    events = target._events = { __proto__: null };
    target._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    // Before it is there, so that its own addition is not told to it.
    target.emit('newListener', type, listener.listener === undefined ? listener : listener.listener);
    events = target._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++target._eventsCount;
    return target;
  }
  let list = existing;
  if (typeof existing === 'function') {
    list = events[type] = prepend ? [listener, existing] : [existing, listener];
  } else if (prepend) {
    existing.unshift(listener);
  } else {
    existing.push(listener);
  }
  const limit = target._maxListeners === undefined ? defaultMaxListeners : target._maxListeners;
  if (limit > 0 && list.length > limit && !list.warned) {
    list.warned = true;
    require('inner/events-more').warnOfListeners(target, type, list.length, limit);
  }
  return target;
}

/**
 * Adds a listener behind those that are there.
 * @param {string|symbol} type the event
 * @param {Function} listener called with what emit() is given, and the emitter as `this`
 */
EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;

/** Adds a listener before those that are there. */
EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

/** The function that removes a listener before its only call. */
function onceWrapper(target, type, listener) {
  let fired = false;
  const wrapper = function (...args) {
    if (!fired) {
      target.removeListener(type, wrapper);
      fired = true;
      return listener.apply(target, args);
    }
    return undefined;
  };
  wrapper.listener = listener;
  return wrapper;
}

/** Adds a listener for one event only. */
EventEmitter.prototype.once = function once(type, listener) {
  checkListener(listener);
  this.on(type, onceWrapper(this, type, listener));
  return this;
};

/** As once(), before those that are there. */
EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener);
  this.prependListener(type, onceWrapper(this, type, listener));
  return this;
};

/** Removes the listener that was added last, if it was added several times. */
EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener);
  const events = this._events;
  const list = events === undefined ? undefined : events[type];
  if (list === undefined) {
    return this;
  }
  if (list === listener || list.listener === listener) {
    forget(this, type);
    if (events.removeListener !== undefined) {
      this.emit('removeListener', type, list.listener || listener);
    }
  } else if (typeof list !== 'function') {
    let at = list.length - 1;
    while (at >= 0 && list[at] !== listener && list[at].listener !== listener) {
      at--;
    }
    if (at < 0) {
      return this;
    }
    if (at === 0) {
      list.shift();
    } else {
      list.splice(at, 1);
    }
    if (list.length === 1) {
      events[type] = list[0];
    }
    if (events.removeListener !== undefined) {
      this.emit('removeListener', type, listener);
    }
  }
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

function forget(target, type) {
  if (--target._eventsCount === 0) {
    target._events = { __proto__: null };
  } else {
    delete target._events[type];
  }
}

/** Removes the listeners of an event, or all. */
EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) {
    return this;
  }
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      forget(this, type);
    }
    return this;
  }
  if (arguments.length === 0) {
    for (const name of Reflect.ownKeys(events)) {
      if (name !== 'removeListener') {
        this.removeAllListeners(name);
      }
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    return this;
  }
  const listeners = events[type];
  if (typeof listeners === 'function') {
    this.removeListener(type, listeners);
  } else if (listeners !== undefined) {
    for (let i = listeners.length - 1; i >= 0; i--) {
      this.removeListener(type, listeners[i]);
    }
  }
  return this;
};

/** The listeners of an event, without what once() puts around them. */
EventEmitter.prototype.listeners = function listeners(type) {
  return this.rawListeners(type).map((listener) => listener.listener || listener);
};

/** The listeners of an event as they are called. */
EventEmitter.prototype.rawListeners = function rawListeners(type) {
  const found = this._events === undefined ? undefined : this._events[type];
  if (found === undefined) {
    return [];
  }
  return typeof found === 'function' ? [found] : found.slice();
};

/**
 * How many listeners an event has.
 * @param {string|symbol} type the event
 * @param {Function} [listener] to count only those that are this one
 */
EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const found = this._events === undefined ? undefined : this._events[type];
  if (found === undefined) {
    return 0;
  }
  if (listener !== undefined && listener !== null) {
    const all = typeof found === 'function' ? [found] : found;
    return all.filter((one) => one === listener || one.listener === listener).length;
  }
  return typeof found === 'function' ? 1 : found.length;
};

/** The events that have listeners, in the order in which they came. */
EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

/** How many listeners an event may have before a warning comes; 0 for any number. */
EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  require('inner/node-errors').validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return this._maxListeners === undefined ? defaultMaxListeners : this._maxListeners;
};

EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = captureRejectionSymbol;
EventEmitter.errorMonitor = errorMonitor;

Object.defineProperties(EventEmitter, {
  defaultMaxListeners: {
    get: () => defaultMaxListeners,
    set(n) {
      require('inner/node-errors').validateNumber(n, 'defaultMaxListeners', 0);
      defaultMaxListeners = n;
    },
    enumerable: true,
  },
  captureRejections: {
    get: () => EventEmitter.prototype[kCapture],
    set(value) {
      require('inner/node-errors').validateBoolean(value, 'EventEmitter.captureRejections');
      EventEmitter.prototype[kCapture] = value;
    },
    enumerable: true,
  },
});

for (const name of [
  'addAbortListener',
  'EventEmitterAsyncResource',
  'getEventListeners',
  'getMaxListeners',
  'listenerCount',
  'on',
  'once',
  'setMaxListeners',
]) {
  late(EventEmitter, name, () => require('inner/events-more')[name]);
}
