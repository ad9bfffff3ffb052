'use strict';
// The npm package, for which a net.Stream is a stream too.

const Stream = (module.exports = require('npm/stream'));

const plain = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Stream, Symbol.hasInstance, {
  value(object) {
    return plain.call(this, object) || (this === Stream && plain.call(require('net').Stream, object));
  },
});

// Streams of the WHATWG are loaded when one is made.

const adapters = () => require('inner/stream-adapters');
Stream.Readable.toWeb = (stream, options) => adapters().readableToWeb(stream, options);
Stream.Readable.fromWeb = (stream, options) => adapters().readableFromWeb(stream, options);
Stream.Writable.toWeb = (stream) => adapters().writableToWeb(stream);
Stream.Writable.fromWeb = (stream, options) => adapters().writableFromWeb(stream, options);
Stream.Duplex.toWeb = (stream) => adapters().duplexToWeb(stream);
Stream.Duplex.fromWeb = (pair, options) => adapters().duplexFromWeb(pair, options);

if (typeof Stream.getDefaultHighWaterMark === 'function') {
  Stream.setDefaultHighWaterMark(false, 64 * 1024); // as Node since 22
}
