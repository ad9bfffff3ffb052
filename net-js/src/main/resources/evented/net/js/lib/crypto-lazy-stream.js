'use strict';
// Hashes and ciphers are streams, but few programs use them so. What makes one a stream is made when it is first asked
// for, since it costs more than a short digest.

const { Transform, Writable } = require('stream');

/** What the constructors of a stream set, each of which says that someone uses it as a stream. */
const OF_WRITABLE = ['_writableState', '_events', '_eventsCount'];
const OF_TRANSFORM = ['_readableState', '_transformState', 'allowHalfOpen', ...OF_WRITABLE];

const OPTIONS = Symbol('options of the stream');

/** To be called first by the constructor of a class whose prototype `inherit` has made. */
exports.prepare = function prepare(stream, options) {
  Object.defineProperty(stream, OPTIONS, { value: options, writable: true, configurable: true });
};

/** Has a class inherit from Transform, or from Writable if it gives nothing. */
exports.inherit = function inherit(constructor, givesNothing = false) {
  const Base = givesNothing ? Writable : Transform;
  const names = givesNothing ? OF_WRITABLE : OF_TRANSFORM;
  Object.setPrototypeOf(constructor, Base);
  constructor.prototype = Object.create(Base.prototype, {
    constructor: { value: constructor, writable: true, configurable: true },
  });
  for (const name of names) {
    Object.defineProperty(constructor.prototype, name, {
      get() {
        if (!(OPTIONS in this)) {
          return undefined; // asked of the prototype itself
        }
        for (const own of names) {
          Object.defineProperty(this, own, { value: undefined, writable: true, enumerable: true, configurable: true });
        }
        Base.call(this, this[OPTIONS]);
        return this[name];
      },
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }
};
