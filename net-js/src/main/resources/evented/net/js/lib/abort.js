'use strict';
// AbortController and AbortSignal.

const { EventTarget, Event, defineEventHandler, kListenersChange, kTrust, setMaxListenersOf } =
  require('inner/event-target');
const { codes, validateUint32 } = require('inner/node-errors');

const DOMException = require('inner/dom-exception');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const kMake = Symbol('kMake');
const kAbort = Symbol('kAbort');

const aborted = () => new DOMException('This operation was aborted', 'AbortError');

function make() {
  return new AbortSignal(kMake);
}

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;

  /** What it follows if any() made it, and those that follow it: weakly, unless they have listeners. */
  #sources = null;
  #followers = null;
  #heardFollowers = null;
  #pruneAt = 16;

  constructor(key = undefined) {
    if (key !== kMake) {
      throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    }
    super();
    setMaxListenersOf(this, 0); // one signal may stop many things
  }

  get aborted() {
    if (!(#aborted in this)) {
      throw new codes.ERR_INVALID_THIS('AbortSignal');
    }
    return this.#aborted;
  }

  get reason() {
    if (!(#aborted in this)) {
      throw new codes.ERR_INVALID_THIS('AbortSignal');
    }
    return this.#reason;
  }

  throwIfAborted() {
    if (this.aborted) {
      throw this.reason;
    }
  }

  /** A signal that is aborted already. */
  static abort(reason = aborted()) {
    const signal = make();
    signal.#aborted = true;
    signal.#reason = reason;
    return signal;
  }

  /**
   * A signal that is aborted after a time, which does not keep the program alive.
   * @param {number} delay in milliseconds
   */
  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = make();
    const { setTimeout } = require('timers');
    setTimeout(
      () => signal[kAbort](new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
      delay
    ).unref();
    return signal;
  }

  /** A signal that is aborted with the first of others. */
  static any(signals) {
    if (signals === null || signals === undefined || typeof signals[Symbol.iterator] !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('signals', 'Iterable', signals);
    }
    const all = [...signals];
    all.forEach((signal, index) => {
      if (!(signal instanceof AbortSignal)) {
        throw new codes.ERR_INVALID_ARG_TYPE(`signals[${index}]`, 'AbortSignal', signal);
      }
    });
    const first = all.find((signal) => signal.#aborted);
    if (first !== undefined) {
      return AbortSignal.abort(first.#reason);
    }
    const result = make();
    // The sources of a signal that follows others stand for it, so that chains do not grow.
    result.#sources = new Set(all.flatMap((signal) => (signal.#sources === null ? [signal] : [...signal.#sources])));
    for (const source of result.#sources) {
      source.#follow(result);
    }
    return result;
  }

  #follow(signal) {
    if (this.#followers === null) {
      this.#followers = new Set();
      this.#heardFollowers = new Set();
    }
    if (this.#followers.size >= this.#pruneAt) {
      for (const ref of this.#followers) {
        if (ref.deref() === undefined) {
          this.#followers.delete(ref);
        }
      }
      this.#pruneAt = Math.max(16, 2 * this.#followers.size);
    }
    this.#followers.add(new WeakRef(signal));
  }

  [kListenersChange](type, count) {
    if (type === 'abort' && this.#sources !== null) {
      for (const source of this.#sources) {
        if (count > 0) {
          source.#heardFollowers.add(this);
        } else {
          source.#heardFollowers.delete(this);
        }
      }
    }
  }

  [kAbort](reason) {
    if (this.#aborted) {
      return;
    }
    // All of them know before any listener runs.
    const all = [this];
    for (const ref of this.#followers || []) {
      const follower = ref.deref();
      if (follower !== undefined && !follower.#aborted) {
        all.push(follower);
      }
    }
    for (const signal of all) {
      signal.#aborted = true;
      signal.#reason = reason;
    }
    for (const signal of all) {
      signal.#leave();
      signal.dispatchEvent(new Event('abort', { [kTrust]: true }));
    }
    this.#followers = null;
    this.#heardFollowers = null;
  }

  #leave() {
    for (const source of this.#sources || []) {
      if (source.#heardFollowers !== null) {
        source.#heardFollowers.delete(this);
      }
    }
    this.#sources = null;
  }

  [inspectCustom](depth, options, inspect) {
    return depth < 0 ? 'AbortSignal' : `AbortSignal ${inspect({ aborted: this.aborted }, options)}`;
  }
}

for (const name of ['aborted', 'reason', 'throwIfAborted']) {
  Object.defineProperty(AbortSignal.prototype, name, { enumerable: true });
}
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, { value: 'AbortSignal', configurable: true });
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  #signal = make();

  get signal() {
    if (!(#signal in this)) {
      throw new codes.ERR_INVALID_THIS('AbortController');
    }
    return this.#signal;
  }

  /** Aborts its signal, at once. */
  abort(reason = aborted()) {
    this.signal[kAbort](reason);
  }

  [inspectCustom](depth, options, inspect) {
    return depth < 0 ? 'AbortController' : `AbortController ${inspect({ signal: this.signal }, options)}`;
  }
}
for (const name of ['signal', 'abort']) {
  Object.defineProperty(AbortController.prototype, name, { enumerable: true });
}
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, { value: 'AbortController', configurable: true });

module.exports = { AbortController, AbortSignal };
