'use strict';
// The names that a script finds without asking. Each is made when it is first used.

const { late } = require('inner/late');

/** Global names by the module, and the name in it ('' for the module itself). */
const LAZY = {
  Buffer: ['buffer', 'Buffer'],
  TextDecoder: ['util', 'TextDecoder'],
  TextEncoder: ['util', 'TextEncoder'],
  URL: ['url', 'URL'],
  URLSearchParams: ['url', 'URLSearchParams'],
  console: ['console', ''],
  process: ['process', ''],
  AbortController: ['abort-controller', 'AbortController'],
  AbortSignal: ['abort-controller', 'AbortSignal'],
  CustomEvent: ['inner/event-target', 'CustomEvent'],
  DOMException: ['inner/dom-exception', ''],
  Event: ['inner/event-target', 'Event'],
  EventTarget: ['inner/event-target', 'EventTarget'],
  performance: ['inner/performance', 'performance'],
  Blob: ['inner/blob', 'Blob'],
  File: ['inner/blob', 'File'],
  atob: ['inner/base64', 'atob'],
  btoa: ['inner/base64', 'btoa'],
  structuredClone: ['inner/structured-clone', 'structuredClone'],
  crypto: ['inner/webcrypto', 'webcrypto'],
  Crypto: ['inner/webcrypto', 'Crypto'],
  CryptoKey: ['inner/webcrypto-keys', 'CryptoKey'],
  SubtleCrypto: ['inner/webcrypto', 'SubtleCrypto'],
};
for (const name of [
  ...['Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver'],
  'PerformanceObserverEntryList',
]) {
  LAZY[name] = ['inner/performance', name];
}
for (const name of ['BroadcastChannel', 'MessageChannel', 'MessageEvent', 'MessagePort']) {
  LAZY[name] = ['inner/message-channel', name];
}
for (const name of [
  ...['ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'ReadableStream', 'ReadableStreamDefaultReader'],
  ...['ReadableStreamBYOBReader', 'TextDecoderStream', 'TextEncoderStream', 'TransformStream', 'WritableStream'],
  'WritableStreamDefaultWriter',
]) {
  LAZY[name] = ['stream/web', name];
}
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate']) {
  LAZY[name] = ['timers', name];
}

/** What GraalJS puts there for its own shell, and scripts written for Node would stumble over. */
const FOREIGN = ['print', 'printErr', 'load', 'loadWithNewGlobal', 'Graal', 'arguments', 'Polyglot', 'Java', 'AsyncContext'];

/**
 * Adds the global names.
 * @param {boolean} own whether the context is the host's own: one of the application's keeps what it had besides
 */
exports.install = function install(own) {
  if (own) {
    replaceForeign();
  }
  for (const name of Object.keys(LAZY)) {
    const [module, member] = LAZY[name];
    const find = () => (member === '' ? require(module) : require(module)[member]);
    late(globalThis, name, find, false);
  }
  const { dispose, asyncDispose } = require('inner/intrinsics');
  for (const [name, value] of [['dispose', dispose], ['asyncDispose', asyncDispose]]) {
    if (Symbol[name] === undefined) {
      Object.defineProperty(Symbol, name, { value, writable: false, enumerable: false, configurable: false });
    }
  }
  const plain = {
    global: globalThis,
    GLOBAL: globalThis,
    queueMicrotask: (callback) => {
      if (typeof callback !== 'function') {
        const { codes } = require('inner/node-errors');
        throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
      }
      // What it throws is an uncaught exception, not a rejected promise.
      Promise.resolve().then(() => {
        try {
          callback();
        } catch (error) {
          binding.uncaught(error, 'uncaughtException');
        }
      });
    },
  };
  for (const name of Object.keys(plain)) {
    Object.defineProperty(globalThis, name, { value: plain[name], writable: true, enumerable: false, configurable: true });
  }
};

function replaceForeign() {
  const handler = globalThis.Graal && globalThis.Graal.setUnhandledPromiseRejectionHandler;
  if (typeof handler === 'function') {
    handler(hearRejection);
  }
  for (const name of FOREIGN) {
    delete globalThis[name];
  }
}

/** Called by GraalJS for a promise that failed, once all that was due has run and nobody handles that. */
function hearRejection(reason, promise) {
  if (told.has(promise)) {
    return;
  }
  told.add(promise);
  rejections.push({ reason, promise });
  if (hearing) {
    return;
  }
  hearing = true;
  try {
    while (rejections.length > 0) {
      report(rejections.shift());
    }
  } finally {
    hearing = false;
  }
}

/** Those yet to be told of: to load process, or to run a listener, may make GraalJS call again meanwhile. */
const rejections = [];

/** GraalJS may name one twice, where one call interrupts another. */
const told = new WeakSet();
let hearing = false;

function report({ reason, promise }) {
  try {
    watch(promise);
    if (!require('process').emitRejection(reason, promise)) {
      binding.uncaught(require('inner/errors').rejected(reason), 'unhandledRejection');
    }
  } catch (error) {
    binding.uncaught(error, 'uncaughtException'); // thrown by a listener
  }
}

const { then } = Promise.prototype;

/** What `await` finds as the constructor of a watched promise: another one, so it calls then(). */
class WatchedPromise extends Promise {}

/** Has 'rejectionHandled' emitted when someone handles a promise after all. The engine does not tell. */
function watch(promise) {
  const define = (name, value) => Reflect.defineProperty(promise, name, { value, writable: true, configurable: true });
  define('constructor', WatchedPromise);
  define('then', function (fulfilled, rejected) {
    if (this === promise) {
      delete promise.then;
      delete promise.constructor;
      require('timers').setImmediate(() => require('process').emit('rejectionHandled', promise));
    }
    return then.call(this, fulfilled, rejected);
  });
}
