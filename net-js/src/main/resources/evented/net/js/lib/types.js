'use strict';
// What kind of object a value is, whatever its prototype says: asked of the inner slots, by what only their owner lets pass.

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const tagOf = Function.prototype.call.bind(Object.prototype.toString);
const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * A test by a function that throws for what is not of its kind. Most values are not, and a throw is slow: what has
 * Object.prototype above it, but not the type's, is taken for no such thing.
 */
function brand(Type, method) {
  const call = Function.prototype.call.bind(method);
  return (value) => {
    if (!isObject(value) || (value instanceof Object && !(value instanceof Type))) {
      return false;
    }
    try {
      call(value);
      return true;
    } catch (error) {
      return false;
    }
  };
}

/** A test of a kind that Object.prototype.toString tells, if no one has put a tag of his own there. */
function tagged(Type, method) {
  const tag = `[object ${Type.name}]`;
  const test = brand(Object, method);
  return (value) => isObject(value) && (Symbol.toStringTag in value ? test(value) : tagOf(value) === tag);
}

const getter = (type, name) => getOwnPropertyDescriptor(type.prototype, name).get;

const arrayName = Function.prototype.call.bind(getter(getPrototypeOf(Uint8Array), Symbol.toStringTag));
const { isView } = ArrayBuffer;

/** The name of a typed array's own kind, such as 'Uint8Array'; undefined for what is none. */
exports.typedArrayName = (value) => (isView(value) ? arrayName(value) : undefined);

const types = (exports.types = {});

types.isDate = tagged(Date, Date.prototype.valueOf);
types.isMap = brand(Map, getter(Map, 'size'));
types.isSet = brand(Set, getter(Set, 'size'));
// A key that no map holds: the call changes nothing.
const none = {};
const { has: hasKey } = WeakMap.prototype;
const { has: hasMember } = WeakSet.prototype;
types.isWeakMap = brand(WeakMap, function () {
  hasKey.call(this, none);
});
types.isWeakSet = brand(WeakSet, function () {
  hasMember.call(this, none);
});
types.isArrayBuffer = brand(ArrayBuffer, getter(ArrayBuffer, 'byteLength'));
types.isSharedArrayBuffer =
  typeof SharedArrayBuffer === 'undefined' ? () => false : brand(SharedArrayBuffer, getter(SharedArrayBuffer, 'byteLength'));
types.isAnyArrayBuffer = (value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value);
types.isArrayBufferView = (value) => isView(value);
types.isTypedArray = (value) => exports.typedArrayName(value) !== undefined;
types.isDataView = (value) => isView(value) && arrayName(value) === undefined;

for (const kind of [
  ...['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
]) {
  types[`is${kind}`] = (value) => exports.typedArrayName(value) === kind;
}

for (const Type of [Number, String, Boolean]) {
  types[`is${Type.name}Object`] = tagged(Type, Type.prototype.valueOf);
}
for (const Type of [BigInt, Symbol]) {
  const test = brand(Type, Type.prototype.valueOf);
  types[`is${Type.name}Object`] = (value) => typeof value === 'object' && test(value);
}
types.isBoxedPrimitive = (value) =>
  types.isNumberObject(value) ||
  types.isStringObject(value) ||
  types.isBooleanObject(value) ||
  types.isBigIntObject(value) ||
  types.isSymbolObject(value);

/** What the engine calls an object that has no slot which a script could ask for. */
const kind = (value) => (isObject(value) ? binding.kindOf(value) : '');

types.isProxy = (value) => kind(value) === 'Proxy';
types.isPromise = (value) =>
  typeof value === 'object' && value !== null && value instanceof Promise && exports.promiseState(value) !== null;

types.isRegExp = tagged(RegExp, getter(RegExp, 'source'));

// The tags of what follows can be put on by anyone; the engine's own prototypes are what tells.
const GeneratorFunction = getPrototypeOf(function* () {}).constructor;
const AsyncFunction = getPrototypeOf(async function () {}).constructor;
const AsyncGeneratorFunction = getPrototypeOf(async function* () {}).constructor;
const textOf = Function.prototype.call.bind(Function.prototype.toString);

types.isAsyncFunction = (value) =>
  typeof value === 'function' &&
  (value instanceof AsyncFunction || value instanceof AsyncGeneratorFunction || /^async\b/.test(textOf(value)));
types.isGeneratorFunction = (value) =>
  typeof value === 'function' &&
  (value instanceof GeneratorFunction ||
    value instanceof AsyncGeneratorFunction ||
    /^(async\s+)?(function\s*\*|\*)/.test(textOf(value)));
types.isGeneratorObject = (value) => isObject(value) && /^\[object (Async)?Generator\]$/.test(tagOf(value));
types.isMapIterator = (value) => isObject(value) && tagOf(value) === '[object Map Iterator]';
types.isSetIterator = (value) => isObject(value) && tagOf(value) === '[object Set Iterator]';
types.isArgumentsObject = (value) =>
  typeof value === 'object' && value !== null && !(Symbol.toStringTag in value) && tagOf(value) === '[object Arguments]';
types.isModuleNamespaceObject = (value) =>
  typeof value === 'object' &&
  value !== null &&
  getPrototypeOf(value) === null &&
  value[Symbol.toStringTag] === 'Module' &&
  !Object.isExtensible(value);
types.isNativeError = (value) =>
  isObject(value) && !(Symbol.toStringTag in value)
    ? tagOf(value) === '[object Error]'
    : value instanceof Error && kind(value) !== 'Proxy';
types.isExternal = () => false; // there are none
types.isKeyObject = (value) => isOf(value, 'KeyObject');
types.isCryptoKey = (value) => isOf(value, 'CryptoKey');
types.isEventTarget = (value) => typeof EventTarget === 'function' && value instanceof EventTarget;

function isOf(value, name) {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const Type = require('crypto')[name];
  return typeof Type === 'function' && value instanceof Type;
}

/**
 * What has become of a promise.
 * @returns {?{state: string, text: string}} 'pending', 'resolved' or 'rejected', and the engine's own text for the value;
 *     null for what is no promise
 */
exports.promiseState = (promise) => {
  const found = /^\w+\{\[\[PromiseStatus\]\]: "(\w+)", \[\[PromiseValue\]\]: (.*)\}$/s.exec(binding.textOf(promise));
  return found === null ? null : { state: found[1], text: found[2] };
};
