'use strict';
// The keys of Web Cryptography: what a KeyObject is with its algorithm and its uses.

const keys = require('inner/crypto-keys');
const { codes } = require('inner/node-errors');

const MADE = Symbol('made');
const OBJECTS = new WeakMap();

class CryptoKey {
  #extractable;
  #algorithm;
  #usages;

  constructor(made, object, algorithm, extractable, usages) {
    if (made !== MADE) {
      throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    }
    OBJECTS.set(this, object);
    this.#algorithm = Object.freeze({ ...algorithm });
    this.#extractable = extractable;
    this.#usages = Object.freeze([...usages]);
  }

  get type() {
    return keyObjectOf(this).type;
  }

  get extractable() {
    return this.#extractable;
  }

  get algorithm() {
    return this.#algorithm;
  }

  get usages() {
    return this.#usages;
  }

  get [Symbol.toStringTag]() {
    return 'CryptoKey';
  }
}

/** The KeyObject inside. */
function keyObjectOf(key) {
  const object = OBJECTS.get(key);
  if (object === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
  }
  return object;
}

keys.cryptoKeys.is = (value) => OBJECTS.has(value);

exports.CryptoKey = CryptoKey;
exports.keyObjectOf = keyObjectOf;
exports.makeKey = (object, algorithm, extractable, usages) =>
  new CryptoKey(MADE, object, algorithm, Boolean(extractable), usages);
