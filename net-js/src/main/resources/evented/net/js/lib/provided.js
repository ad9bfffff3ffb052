'use strict';
// What the application gives: modules made in Java, and promises for its futures.

const { Promise, Object, Map } = globalThis;
const { then } = Promise.prototype;
const { apply } = Reflect;

const loaded = new Map();

/**
 * What a module of the application's exports.
 * @param {string} name its name
 */
exports.exportsOf = function exportsOf(name) {
  if (!loaded.has(name)) {
    const source = binding.isProvidedSource(name);
    loaded.set(name, source ? binding.importProvided(name) : facade(binding.providedExports(name)));
  }
  return loaded.get(name);
};

/** An object like one of Java's, whose functions give promises where Java's give futures. */
function facade(exported) {
  if (typeof exported === 'function') {
    return binding.isForeign(exported) ? adopting(exported, (args) => exported(...args)) : exported;
  }
  if (typeof exported !== 'object' || exported === null || !binding.isForeign(exported)) {
    return exported;
  }
  const made = {};
  for (const name of binding.memberNames(exported)) {
    const value = exported[name];
    const shown = typeof value === 'function' ? adopting(value, (args) => exported[name](...args)) : undefined;
    Object.defineProperty(made, name, {
      ...(shown === undefined ? { get: () => promised(exported[name]) } : { value: shown, writable: true }),
      enumerable: true,
      configurable: true,
    });
  }
  return made;
}

const adopting = (original, call) => (...args) => promised(call(args));

const promised = (value) => (binding.isFuture(value) ? exports.promiseOf(value) : value);

/**
 * The promise for a future of Java's.
 * @param {Object} stage a CompletionStage, as Java hands it over
 */
exports.promiseOf = (stage) => new Promise((resolve, reject) => binding.whenComplete(stage, resolve, reject));

/**
 * Tells Java how a value comes out: at once, or when it is a promise, as that is settled.
 * @param {*} value
 * @param {function(*)} fulfilled
 * @param {function(*)} rejected
 */
exports.settle = function settle(value, fulfilled, rejected) {
  if (value instanceof Promise) {
    apply(then, value, [fulfilled, rejected]);
  } else {
    fulfilled(value);
  }
};
