'use strict';
// What takes hold of bytes that Java lends, as it was before any script ran: a script that puts something in the place of
// these would be handed Java's own object.

const { ArrayBuffer, Uint8Array } = globalThis;
const { construct } = Reflect;

module.exports = Object.freeze({ __proto__: null, ArrayBuffer, Uint8Array, construct });
