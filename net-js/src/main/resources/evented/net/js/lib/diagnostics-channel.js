'use strict';
// require('diagnostics_channel'): named channels between those who tell of something and those who want to know.

const { codes, validateFunction } = require('inner/node-errors');
const { nextTick } = require('inner/turns');

/** Channels by name; those that nobody holds and nobody listens to may go. */
const channels = new Map();
const forgotten = new FinalizationRegistry((name) => {
  const ref = channels.get(name);
  if (ref !== undefined && ref.deref() === undefined) {
    channels.delete(name);
  }
});

/** Those that someone listens to stay. */
const held = new Set();

function report(error) {
  // Outside of what published it, which must not fail by it.
  nextTick(() => {
    throw error;
  });
}

class Channel {
  constructor(name) {
    this.name = name;
    this._subscribers = [];
    this._stores = new Map();
  }

  get hasSubscribers() {
    return this._subscribers.length > 0 || this._stores.size > 0;
  }

  /**
   * Has a function called with what is published: callback(message, name).
   * @param {Function} callback
   */
  subscribe(callback) {
    validateFunction(callback, 'subscription');
    this._subscribers = [...this._subscribers, callback];
    held.add(this);
  }

  /** @returns {boolean} whether it was subscribed */
  unsubscribe(callback) {
    const at = this._subscribers.indexOf(callback);
    if (at < 0) {
      return false;
    }
    this._subscribers = this._subscribers.filter((one, index) => index !== at);
    this.#letGo();
    return true;
  }

  #letGo() {
    if (!this.hasSubscribers) {
      held.delete(this);
    }
  }

  /** Tells all subscribers, now. */
  publish(message) {
    for (const callback of this._subscribers) {
      try {
        callback(message, this.name);
      } catch (error) {
        report(error);
      }
    }
  }

  /** Has an AsyncLocalStorage hold what transform(message) gives while runStores() runs. */
  bindStore(store, transform) {
    this._stores.set(store, transform);
    held.add(this);
  }

  unbindStore(store) {
    const was = this._stores.delete(store);
    this.#letGo();
    return was;
  }

  /** Publishes, and calls a function with the stores bound. */
  runStores(message, callback, receiver, ...args) {
    let run = () => {
      this.publish(message);
      return Reflect.apply(callback, receiver, args);
    };
    for (const [store, transform] of this._stores) {
      const next = run;
      run = () => {
        let value = message;
        if (typeof transform === 'function') {
          try {
            value = transform(message);
          } catch (error) {
            report(error);
            return next();
          }
        }
        return store.run(value, next);
      };
    }
    return run();
  }
}

/**
 * Gives the channel of a name.
 * @param {string|symbol} name
 */
function channel(name) {
  const ref = channels.get(name);
  const known = ref === undefined ? undefined : ref.deref();
  if (known !== undefined) {
    return known;
  }
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  const made = new Channel(name);
  channels.set(name, new WeakRef(made));
  forgotten.register(made, name);
  return made;
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

/** Five channels that tell of calls: when they start and end, what they give, and what they throw. */
class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) {
      let one;
      if (typeof nameOrChannels === 'string') {
        one = channel(`tracing:${nameOrChannels}:${event}`);
      } else if (nameOrChannels !== null && typeof nameOrChannels === 'object') {
        one = nameOrChannels[event];
        if (!(one instanceof Channel)) {
          throw new codes.ERR_INVALID_ARG_TYPE(`nameOrChannels.${event}`, 'Channel', one);
        }
      } else {
        throw new codes.ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'object', 'Channel'], nameOrChannels);
      }
      Object.defineProperty(this, event, { value: one, enumerable: true });
    }
  }

  get hasSubscribers() {
    return EVENTS.some((event) => this[event].hasSubscribers);
  }

  subscribe(handlers) {
    for (const event of EVENTS) {
      if (handlers[event]) {
        this[event].subscribe(handlers[event]);
      }
    }
  }

  unsubscribe(handlers) {
    let all = true;
    for (const event of EVENTS) {
      if (handlers[event] && !this[event].unsubscribe(handlers[event])) {
        all = false;
      }
    }
    return all;
  }

  /** Tells of a call, and of what it throws. */
  #trace(context, call) {
    return this.start.runStores(context, () => {
      try {
        return call();
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  /** Tells of a call that ends when it returns. */
  traceSync(callback, context = {}, receiver, ...args) {
    if (!this.hasSubscribers) {
      return Reflect.apply(callback, receiver, args);
    }
    return this.#trace(context, () => {
      context.result = Reflect.apply(callback, receiver, args);
      return context.result;
    });
  }

  /** Tells of a call that gives a promise. */
  tracePromise(callback, context = {}, receiver, ...args) {
    if (!this.hasSubscribers) {
      return Reflect.apply(callback, receiver, args);
    }
    const settle = (name, value) => {
      context[name] = value;
      if (name === 'error') {
        this.error.publish(context);
      }
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.#trace(context, () => {
      let promise = Reflect.apply(callback, receiver, args);
      if (!(promise instanceof Promise)) {
        promise = Promise.resolve(promise);
      }
      return promise.then(
        (result) => {
          settle('result', result);
          return result;
        },
        (error) => {
          settle('error', error);
          return Promise.reject(error);
        }
      );
    });
  }

  /** Tells of a call that takes callback(error, result), the argument at `position`. */
  traceCallback(callback, position = -1, context = {}, receiver, ...args) {
    if (!this.hasSubscribers) {
      return Reflect.apply(callback, receiver, args);
    }
    const at = position < 0 ? args.length + position : position;
    const original = args[at];
    validateFunction(original, 'callback');
    const channels = this;
    args[at] = function (error, result) {
      if (error) {
        context.error = error;
        channels.error.publish(context);
      } else {
        context.result = result;
      }
      return channels.asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(original, this, arguments);
        } finally {
          channels.asyncEnd.publish(context);
        }
      });
    };
    return this.#trace(context, () => Reflect.apply(callback, receiver, args));
  }
}

module.exports = {
  channel,
  hasSubscribers(name) {
    const ref = channels.get(name);
    const found = ref === undefined ? undefined : ref.deref();
    return found !== undefined && found.hasSubscribers;
  },
  subscribe: (name, callback) => channel(name).subscribe(callback),
  unsubscribe: (name, callback) => channel(name).unsubscribe(callback),
  tracingChannel: (nameOrChannels) => new TracingChannel(nameOrChannels),
  Channel,
};
