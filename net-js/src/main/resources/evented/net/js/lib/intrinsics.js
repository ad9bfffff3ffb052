'use strict';
// What takes hold of bytes that Java lends, as it was before any script ran: a script that puts something in the place of
// these would be handed Java's own object. And what the engine has under a name that Node does not have, or not at all.

const { ArrayBuffer, Uint8Array, AsyncContext } = globalThis;
const { construct } = Reflect;

module.exports = Object.freeze({
  __proto__: null,
  ArrayBuffer,
  Uint8Array,
  construct,
  /** Undefined in a context that an application made without the engine's option for it. */
  AsyncContext,
  dispose: Symbol.dispose || Symbol('Symbol.dispose'),
  asyncDispose: Symbol.asyncDispose || Symbol('Symbol.asyncDispose'),
});
