'use strict';
// Properties whose value is made when it is first asked for.

/**
 * Defines one; who assigns to it before, or after, puts another value in its place.
 * @param {object} target whose property it is
 * @param {string} name
 * @param {function(): *} make gives the value, once
 * @param {boolean} [enumerable=true]
 */
exports.late = function late(target, name, make, enumerable = true) {
  const define = (value) => Object.defineProperty(target, name, { value, writable: true, enumerable, configurable: true });
  Object.defineProperty(target, name, {
    get() {
      const value = make();
      define(value);
      return value;
    },
    set: define,
    enumerable,
    configurable: true,
  });
};
