'use strict';
// require('async_hooks'): AsyncLocalStorage and AsyncResource. createHook() tells of what scripts make with
// AsyncResource alone: the engine does not tell of promises.

const context = require('inner/async-context');
const { codes, validateFunction, validateObject, validateString } = require('inner/node-errors');

/** Copies a frame with one value more, less, or another one. */
function changed(frame, storage, store, holds) {
  const copy = new Map(frame === null ? undefined : frame);
  if (holds) {
    copy.set(storage, store);
  } else {
    copy.delete(storage);
  }
  return copy.size === 0 ? null : copy;
}

/** Runs a function in the present cell's stead with another frame. */
function runWith(frame, callback, args) {
  const { id, trigger, resource } = context.cell();
  return context.runCell({ frame, id, trigger, resource }, callback, undefined, args);
}

/** A value that goes along with callbacks, promises and `await`. */
class AsyncLocalStorage {
  #name;
  #defaultValue;
  #disabled = 0; // how often: what was captured before does not come back

  /**
   * @param {object} [options]
   * @param {*} [options.defaultValue] what getStore() gives where nothing was set
   * @param {string} [options.name] for those who debug
   */
  constructor(options = {}) {
    validateObject(options, 'options');
    const { defaultValue, name } = options;
    if (name !== undefined) {
      validateString(name, 'options.name');
    }
    this.#defaultValue = defaultValue;
    this.#name = name === undefined ? '' : name;
    context.activate();
  }

  get name() {
    return this.#name;
  }

  /** Has a function called in the present context, whenever that may be. */
  static bind(callback) {
    validateFunction(callback, 'fn');
    const frame = context.capture();
    return function (...args) {
      return context.run(frame, callback, this, args);
    };
  }

  /** A function that calls others in the present context: snapshot(callback, ...args). */
  static snapshot() {
    const frame = context.capture();
    return (callback, ...args) => context.run(frame, callback, undefined, args);
  }

  /** What was set for the present context. */
  getStore() {
    const { frame } = context.cell();
    const entry = frame === null ? undefined : frame.get(this);
    return entry === undefined || entry.disabled !== this.#disabled ? this.#defaultValue : entry.store;
  }

  #entry(store) {
    return { store, disabled: this.#disabled };
  }

  /**
   * Calls a function with a store, which all that it begins has too.
   * @returns {*} what it returns
   */
  run(store, callback, ...args) {
    return runWith(changed(context.capture(), this, this.#entry(store), true), callback, args);
  }

  /** Calls a function without a store. */
  exit(callback, ...args) {
    return runWith(changed(context.capture(), this, undefined, false), callback, args);
  }

  /** Sets the store for the rest of this turn and what it begins. */
  enterWith(store) {
    const cell = context.cell();
    cell.frame = changed(cell.frame, this, this.#entry(store), true);
  }

  /** Forgets all stores, until run() or enterWith() is called anew. */
  disable() {
    this.#disabled++;
  }

  withScope(store) {
    const cell = context.cell();
    const before = cell.frame;
    this.enterWith(store);
    const { dispose } = require('inner/intrinsics');
    return {
      dispose() {
        cell.frame = before;
      },
      [dispose]() {
        cell.frame = before;
      },
    };
  }
}

// Hooks.

const hooks = new Set();

function tell(event, ...args) {
  for (const hook of hooks) {
    const callback = hook.callbacks[event];
    if (callback !== undefined) {
      try {
        callback.apply(hook.handle, args);
      } catch (error) {
        // As in Node, nothing may go on: what is measured would be wrong from now on.
        binding.write(2, `${require('inner/errors').describe(error)}\n`);
        require('process').reallyExit(1);
      }
    }
  }
}

const HOOKS = ['init', 'before', 'after', 'destroy', 'promiseResolve'];
let warned = false;

/**
 * Has functions called in the life of each AsyncResource that scripts make: init, before, after and destroy. Sockets,
 * timers and promises are not told of.
 */
function createHook(callbacks) {
  for (const name of HOOKS) {
    if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
      throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
    }
  }
  const handle = {
    enable() {
      if (!warned) {
        warned = true;
        require('process').emitWarning(
          'async_hooks.createHook() tells of AsyncResource alone, and not of promises, timers and sockets. ' +
            'AsyncLocalStorage works for all of them.',
          { code: 'EVENTED_ASYNC_HOOKS' }
        );
      }
      hooks.add(hook);
      return handle;
    },
    disable() {
      hooks.delete(hook);
      return handle;
    },
  };
  const hook = { callbacks: { ...callbacks }, handle };
  return handle;
}

let destroyed = null;

/** What callbacks belong to that a script calls itself, such as those of a pool. */
class AsyncResource {
  #id;
  #trigger;
  #frame;
  #destroyed = false;

  /**
   * @param {string} type a name
   * @param {object|number} [options]
   * @param {number} [options.triggerAsyncId] what made it
   * @param {boolean} [options.requireManualDestroy=false]
   */
  constructor(type, options = {}) {
    validateString(type, 'type');
    let trigger = options;
    let manual = false;
    if (typeof options !== 'number') {
      validateObject(options, 'options');
      trigger = options.triggerAsyncId === undefined ? executionAsyncId() : options.triggerAsyncId;
      manual = !!options.requireManualDestroy;
    }
    if (!Number.isSafeInteger(trigger) || trigger < -1) {
      throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    }
    this.#id = context.newId();
    this.#trigger = trigger;
    this.#frame = context.capture();
    if (hooks.size > 0) {
      if (type === '') {
        throw new codes.ERR_ASYNC_TYPE(type);
      }
      tell('init', this.#id, type, trigger, this);
      if (!manual) {
        destroyed = destroyed || new FinalizationRegistry((id) => tell('destroy', id));
        destroyed.register(this, this.#id, this);
      }
    }
  }

  /** Calls a function in the context in which this was made. */
  runInAsyncScope(callback, receiver, ...args) {
    const cell = { frame: this.#frame, id: this.#id, trigger: this.#trigger, resource: this };
    if (hooks.size === 0) {
      return context.runCell(cell, callback, receiver, args);
    }
    tell('before', this.#id);
    try {
      return context.runCell(cell, callback, receiver, args);
    } finally {
      tell('after', this.#id);
    }
  }

  /** Tells the hooks that it is no longer needed. */
  emitDestroy() {
    if (!this.#destroyed) {
      this.#destroyed = true;
      if (destroyed !== null) {
        destroyed.unregister(this);
      }
      tell('destroy', this.#id);
    }
    return this;
  }

  asyncId() {
    return this.#id;
  }

  triggerAsyncId() {
    return this.#trigger;
  }

  /** A function that runs in this one's scope. */
  bind(callback, receiver) {
    validateFunction(callback, 'fn');
    const resource = this;
    const bound = function (...args) {
      return resource.runInAsyncScope(callback, receiver === undefined ? this : receiver, ...args);
    };
    Object.defineProperty(bound, 'length', { value: callback.length, configurable: true });
    return bound;
  }

  static bind(callback, type, receiver) {
    return new AsyncResource(type || callback.name || 'bound-anonymous-fn').bind(callback, receiver);
  }
}

/** The number of the AsyncResource that runs; 1 in the program's own lines, 0 in what none has begun. */
function executionAsyncId() {
  return context.cell().id;
}

function triggerAsyncId() {
  return context.cell().trigger;
}

let outermost;

/** The AsyncResource that runs, or an object for the program's own. */
function executionAsyncResource() {
  const cell = context.cell();
  if (cell.resource === undefined) {
    outermost = outermost || {};
    return outermost;
  }
  return cell.resource;
}

/** The kinds of resources that Node knows. */
const asyncWrapProviders = Object.freeze({ __proto__: null, NONE: 0 });

module.exports = {
  AsyncLocalStorage,
  AsyncResource,
  asyncWrapProviders,
  createHook,
  executionAsyncId,
  executionAsyncResource,
  triggerAsyncId,
};
