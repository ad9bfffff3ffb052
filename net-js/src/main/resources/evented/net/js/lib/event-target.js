'use strict';
// Event, CustomEvent and EventTarget, as browsers have them.

const { codes, validateObject, validateAbortSignal } = require('inner/node-errors');
const turns = require('inner/turns');

const kEvent = Symbol('kEvent');
const kTarget = Symbol('kTarget');
const kTrust = Symbol('kTrust');

/** An option of addEventListener: the listener is called although another one stopped the event. */
const kResistStopPropagation = Symbol('kResistStopPropagation');

/** Called, where a class defines it, when a type gets its first listener or loses its last. */
const kListenersChange = Symbol('kListenersChange');

/** Called, where a class defines it, in place of a listener that is for an emitter: (listener, event). */
const kPlainListener = Symbol('kPlainListener');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

function stateOf(event) {
  const state = event === null || event === undefined ? undefined : event[kEvent];
  if (state === undefined) {
    throw new codes.ERR_INVALID_THIS('Event');
  }
  return state;
}

class Event {
  /**
   * @param {string} type its name
   * @param {{bubbles: boolean, cancelable: boolean, composed: boolean}} [options]
   */
  constructor(type, options = undefined) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('type');
    }
    if (options !== undefined && options !== null) {
      validateObject(options, 'options', { allowArray: true, allowFunction: true });
    }
    const given = options || {};
    const trusted = given[kTrust] === true;
    Object.defineProperty(this, kEvent, {
      value: {
        type: `${type}`,
        bubbles: !!given.bubbles,
        cancelable: !!given.cancelable,
        composed: !!given.composed,
        timeStamp: binding.nanoTime() / 1e6,
        target: null,
        dispatched: false,
        prevented: false,
        propagates: true,
        stopped: false,
        passive: false,
      },
    });
    Object.defineProperty(this, 'isTrusted', { get: () => trusted, enumerable: true, configurable: false });
  }

  /** Sets what the constructor sets, for code of old. */
  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('type');
    }
    const state = stateOf(this);
    if (!state.dispatched) {
      Object.assign(state, { type: `${type}`, bubbles: !!bubbles, cancelable: !!cancelable });
    }
  }

  stopImmediatePropagation() {
    const state = stateOf(this);
    state.propagates = false;
    state.stopped = true;
  }

  preventDefault() {
    const state = stateOf(this);
    if (state.cancelable && !state.passive) {
      state.prevented = true;
    }
  }

  get target() {
    return stateOf(this).target;
  }

  get currentTarget() {
    const state = stateOf(this);
    return state.dispatched ? state.target : null;
  }

  get srcElement() {
    return stateOf(this).target;
  }

  get type() {
    return stateOf(this).type;
  }

  get cancelable() {
    return stateOf(this).cancelable;
  }

  get defaultPrevented() {
    const state = stateOf(this);
    return state.cancelable && state.prevented;
  }

  get timeStamp() {
    return stateOf(this).timeStamp;
  }

  composedPath() {
    const state = stateOf(this);
    return state.dispatched ? [state.target] : [];
  }

  get returnValue() {
    return !this.defaultPrevented;
  }

  get bubbles() {
    return stateOf(this).bubbles;
  }

  get composed() {
    return stateOf(this).composed;
  }

  get eventPhase() {
    return stateOf(this).dispatched ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    return !stateOf(this).propagates;
  }

  set cancelBubble(value) {
    if (value) {
      this.stopPropagation();
    }
  }

  stopPropagation() {
    stateOf(this).propagates = false;
  }

  [inspectCustom](depth, options, inspect) {
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    const name = this.constructor.name;
    return depth < 0 ? name : `${name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, options)}`;
  }
}

function enumerable(prototype, names) {
  for (const name of names) {
    Object.defineProperty(prototype, name, { enumerable: true });
  }
}

enumerable(
  Event.prototype,
  Object.getOwnPropertyNames(Event.prototype).filter((name) => name !== 'constructor')
);
Object.defineProperty(Event.prototype, Symbol.toStringTag, { value: 'Event', configurable: true });
['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].forEach((name, value) => {
  Object.defineProperty(Event, name, { value, enumerable: true });
  Object.defineProperty(Event.prototype, name, { value, enumerable: true });
});

/** An event that carries a value. */
class CustomEvent extends Event {
  #detail;

  constructor(type, options = undefined) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('type');
    }
    super(type, options);
    const detail = options === undefined || options === null ? null : options.detail;
    this.#detail = detail === undefined ? null : detail;
  }

  get detail() {
    return this.#detail;
  }
}
enumerable(CustomEvent.prototype, ['detail']);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { value: 'CustomEvent', configurable: true });

function tableOf(target) {
  const found = target === null || target === undefined ? undefined : target[kTarget];
  if (found === undefined) {
    throw new codes.ERR_INVALID_THIS('EventTarget');
  }
  return found;
}

function warn(message, name, more) {
  const warning = Object.assign(new Error(message), more);
  warning.name = name;
  require('process').emitWarning(warning);
}

function useful(listener, target, type) {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) {
    return true;
  }
  if (listener === undefined || listener === null) {
    warn(`addEventListener called with ${listener} which has no effect.`, 'AddEventListenerArgumentTypeWarning', {
      target,
      type,
    });
    return false;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

class EventTarget {
  constructor() {
    Object.defineProperty(this, kTarget, { value: { types: new Map(), limit: undefined, warned: new Set() } });
  }

  /**
   * Adds a listener, unless it is there already.
   * @param {string} type the event's name
   * @param {Function|{handleEvent: Function}} listener
   * @param {boolean|{once: boolean, capture: boolean, passive: boolean, signal: AbortSignal}} [options]
   */
  addEventListener(type, listener, options = undefined) {
    const table = tableOf(this);
    if (arguments.length < 2) {
      throw new codes.ERR_MISSING_ARGS('type', 'listener');
    }
    const given = optionsOf(options);
    validateAbortSignal(given.signal, 'options.signal');
    if (!useful(listener, this, type)) {
      return;
    }
    const name = `${type}`;
    const { signal } = given;
    if (signal && signal.aborted) {
      return;
    }
    let list = table.types.get(name);
    if (list === undefined) {
      list = [];
      table.types.set(name, list);
    }
    const capture = !!given.capture;
    if (list.some((entry) => entry.listener === listener && entry.capture === capture && !entry.plain)) {
      return;
    }
    const entry = {
      listener,
      capture,
      once: !!given.once,
      passive: !!given.passive,
      plain: given[kPlainListener] === true,
      resists: given[kResistStopPropagation] === true,
      removed: false,
    };
    list.push(entry);
    if (signal) {
      const remove = () => this.removeEventListener(name, listener, { capture });
      signal.addEventListener('abort', remove, { once: true });
    }
    changed(this, name, list.length);
    if (table.limit !== 0 && !table.warned.has(name)) {
      const limit = maxListenersOf(this);
      if (limit > 0 && list.length > limit) {
        table.warned.add(name);
        warn(
          `Possible EventTarget memory leak detected. ${list.length} ${name} listeners added to ` +
            `${require('inner/inspect').inspect(this, { depth: -1 })}. MaxListeners is ${limit}. ` +
            'Use events.setMaxListeners() to increase limit',
          'MaxListenersExceededWarning',
          { target: this, type: name, count: list.length }
        );
      }
    }
  }

  removeEventListener(type, listener, options = undefined) {
    const table = tableOf(this);
    if (arguments.length < 2) {
      throw new codes.ERR_MISSING_ARGS('type', 'listener');
    }
    if (!useful(listener, this, type)) {
      return;
    }
    const name = `${type}`;
    const capture = !!optionsOf(options).capture;
    const list = table.types.get(name) || [];
    const entry = list.find((one) => one.listener === listener && one.capture === capture);
    if (entry !== undefined) {
      drop(this, name, entry);
    }
  }

  /**
   * Calls the listeners of an event at once.
   * @param {Event} event
   * @returns {boolean} false if it was cancelled
   */
  dispatchEvent(event) {
    tableOf(this);
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('event');
    }
    if (!(event instanceof Event) || event[kEvent] === undefined) {
      throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    }
    if (event[kEvent].dispatched) {
      throw new codes.ERR_EVENT_RECURSION(event.type);
    }
    dispatch(this, event);
    return !event.defaultPrevented;
  }

  [inspectCustom](depth, options, inspect) {
    const name = this.constructor.name;
    return depth < 0 ? name : `${name} ${inspect({}, options)}`;
  }
}
enumerable(EventTarget.prototype, ['addEventListener', 'removeEventListener', 'dispatchEvent']);
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { value: 'EventTarget', configurable: true });

function optionsOf(options) {
  if (typeof options === 'boolean') {
    return { capture: options };
  }
  if (options === null || options === undefined) {
    return {};
  }
  validateObject(options, 'options', { allowArray: true, allowFunction: true });
  return options;
}

function changed(target, type, count) {
  if (typeof target[kListenersChange] === 'function') {
    target[kListenersChange](type, count);
  }
}

function drop(target, type, entry) {
  const { types } = target[kTarget];
  const list = types.get(type);
  entry.removed = true;
  const rest = list.filter((one) => one !== entry);
  if (rest.length === 0) {
    types.delete(type);
  } else {
    types.set(type, rest);
  }
  changed(target, type, rest.length);
}

/** What a listener throws is an uncaught exception, and those behind it are called. */
function report(error) {
  turns.nextTick(() => {
    throw error;
  });
}

function dispatch(target, event) {
  const state = event[kEvent];
  const list = target[kTarget].types.get(state.type);
  state.target = target;
  if (list === undefined) {
    return;
  }
  state.dispatched = true;
  try {
    for (const entry of list.slice()) {
      if (entry.removed || (state.stopped && !entry.resists)) {
        continue;
      }
      if (entry.once) {
        drop(target, state.type, entry);
      }
      state.passive = entry.passive;
      try {
        const { listener } = entry;
        let result;
        if (entry.plain) {
          result = target[kPlainListener](listener, event);
        } else if (typeof listener === 'function') {
          result = listener.call(target, event);
        } else if (typeof listener.handleEvent === 'function') {
          result = listener.handleEvent(event);
        }
        if (result !== undefined && result !== null && typeof result.then === 'function') {
          result.then(undefined, report);
        }
      } catch (error) {
        report(error);
      }
    }
  } finally {
    state.dispatched = false;
    state.passive = false;
  }
}

/**
 * Gives a class the attribute `on…` for an event, a listener that can be replaced.
 * @param {object} prototype of a class that extends EventTarget
 * @param {string} type the event's name
 */
function defineEventHandler(prototype, type) {
  const handlers = new WeakMap();
  Object.defineProperty(prototype, `on${type}`, {
    get() {
      const found = handlers.get(this);
      return found === undefined ? null : found.handler;
    },
    set(value) {
      tableOf(this);
      const usable = typeof value === 'function' || (typeof value === 'object' && value !== null);
      const found = handlers.get(this);
      if (found !== undefined && usable) {
        found.handler = value; // it keeps its place
        return;
      }
      if (found !== undefined) {
        this.removeEventListener(type, found.listener);
        handlers.delete(this);
      }
      if (usable) {
        const made = { handler: value, listener: null };
        made.listener = function (event) {
          return typeof made.handler === 'function' ? made.handler.call(this, event) : undefined;
        };
        handlers.set(this, made);
        this.addEventListener(type, made.listener);
      }
    },
    enumerable: true,
    configurable: true,
  });
}

function maxListenersOf(target) {
  const table = target[kTarget];
  if (table === undefined) {
    return null;
  }
  return table.limit === undefined ? require('events').defaultMaxListeners : table.limit;
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  defineEventHandler,
  kListenersChange,
  kPlainListener,
  kResistStopPropagation,
  kTrust,
  /** The listeners of a type; null if it is no EventTarget of this file. */
  listenersOf(target, type) {
    const table = target[kTarget];
    if (table === undefined) {
      return null;
    }
    return (table.types.get(`${type}`) || []).map((entry) => entry.listener);
  },
  maxListenersOf,
  /** Removes a listener that was added with kPlainListener. */
  removePlain(target, type, listener) {
    const entry = (target[kTarget].types.get(type) || []).find((one) => one.plain && one.listener === listener);
    if (entry !== undefined) {
      drop(target, type, entry);
    }
  },
  setMaxListenersOf(target, n) {
    if (target[kTarget] === undefined) {
      return false;
    }
    target[kTarget].limit = n;
    return true;
  },
  typesOf: (target) => [...target[kTarget].types.keys()],
};
