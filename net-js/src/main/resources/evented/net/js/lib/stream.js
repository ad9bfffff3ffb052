'use strict';
// The npm package, for which a net.Stream is a stream too.

const Stream = (module.exports = require('npm/stream'));

const plain = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Stream, Symbol.hasInstance, {
  value(object) {
    return plain.call(this, object) || (this === Stream && plain.call(require('net').Stream, object));
  },
});
