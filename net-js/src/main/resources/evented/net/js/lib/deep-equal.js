'use strict';
// Deep comparison, for assert and util.isDeepStrictEqual: loose, as == is, or strict, where types and prototypes count.

const { types, typedArrayName } = require('inner/types');

const { getPrototypeOf, hasOwn, is } = Object;
const enumerates = Function.prototype.call.bind(Object.prototype.propertyIsEnumerable);
const tagOf = Function.prototype.call.bind(Object.prototype.toString);

const isObject = (value) => typeof value === 'object' && value !== null;
const sameLoosely = (a, b) => a == b || (a !== a && b !== b); // eslint-disable-line eqeqeq

/** Compares as assert.deepStrictEqual does. */
exports.isDeepStrictEqual = (a, b) => equal(a, b, true, []);

/** Compares as assert.deepEqual does. */
exports.isDeepEqual = (a, b) => equal(a, b, false, []);

/** `path` holds the pairs that are being compared, so that circles come to an end. */
function equal(a, b, strict, path) {
  if (a === b) {
    return a !== 0 || !strict || is(a, b);
  }
  if (strict) {
    if (typeof a !== 'object' || typeof b !== 'object') {
      return typeof a === 'number' && is(a, b);
    }
    if (a === null || b === null || getPrototypeOf(a) !== getPrototypeOf(b)) {
      return false;
    }
  } else if (!isObject(a) || !isObject(b)) {
    return !isObject(a) && !isObject(b) && typeof a !== 'function' && typeof b !== 'function' && sameLoosely(a, b);
  }
  return tagOf(a) === tagOf(b) && equalObjects(a, b, strict, path);
}

function equalObjects(a, b, strict, path) {
  if (Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  if (Array.isArray(a)) {
    return a.length === b.length && equalContents(a, b, strict, path);
  }
  if (types.isDate(a) || types.isDate(b)) {
    const time = Date.prototype.getTime;
    if (!(types.isDate(a) && types.isDate(b)) || !is(time.call(a), time.call(b))) {
      return false;
    }
  } else if (types.isRegExp(a) || types.isRegExp(b)) {
    if (!(types.isRegExp(a) && types.isRegExp(b)) || String(a) !== String(b) || a.lastIndex !== b.lastIndex) {
      return false;
    }
  } else if (isError(a) || isError(b)) {
    if (!(isError(a) && isError(b)) || !equalErrors(a, b, strict, path)) {
      return false;
    }
  } else if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
    if (!equalViews(a, b, strict)) {
      return false;
    }
  } else if (types.isAnyArrayBuffer(a) || types.isAnyArrayBuffer(b)) {
    if (!(types.isAnyArrayBuffer(a) && types.isAnyArrayBuffer(b)) || !equalBytes(new Uint8Array(a), new Uint8Array(b))) {
      return false;
    }
  } else if (types.isBoxedPrimitive(a) || types.isBoxedPrimitive(b)) {
    if (!types.isBoxedPrimitive(a) || !types.isBoxedPrimitive(b) || !equalBoxes(a, b)) {
      return false;
    }
  } else if (types.isSet(a) !== types.isSet(b) || types.isMap(a) !== types.isMap(b)) {
    return false;
  } else if ((types.isSet(a) || types.isMap(a)) && a.size !== b.size) {
    return false;
  } else if (types.isWeakMap(a) || types.isWeakSet(a) || types.isPromise(a)) {
    return false; // what they hold cannot be seen
  }
  return equalContents(a, b, strict, path);
}

const isError = (value) => types.isNativeError(value) || value instanceof Error;

function equalErrors(a, b, strict, path) {
  if (a.message !== b.message || a.name !== b.name) {
    return false;
  }
  for (const name of ['cause', 'errors']) {
    // Those that are enumerable are compared with the properties.
    if (hasOwn(a, name) !== hasOwn(b, name) || (hasOwn(a, name) && !enumerates(a, name) && !equal(a[name], b[name], strict, path))) {
      return false;
    }
  }
  return true;
}

function equalViews(a, b, strict) {
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.byteLength !== b.byteLength || typedArrayName(a) !== typedArrayName(b)) {
    return false;
  }
  if (!strict && /^Float/.test(typedArrayName(a))) {
    return a.every((item, i) => item === b[i]); // where -0 is 0
  }
  const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return equalBytes(bytes(a), bytes(b));
}

function equalBytes(a, b) {
  if (a.length !== b.length) {
    return false;
  }
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) {
      return false;
    }
  }
  return true;
}

function equalBoxes(a, b) {
  for (const Type of [Number, String, Boolean, BigInt, Symbol]) {
    const isOne = types[`is${Type.name}Object`];
    if (isOne(a)) {
      return isOne(b) && is(Type.prototype.valueOf.call(a), Type.prototype.valueOf.call(b));
    }
  }
  return false;
}

const isIndex = (key) => /^(0|[1-9]\d*)$/.test(key);

function keysOf(value, strict) {
  const hasElements = Array.isArray(value) || types.isTypedArray(value);
  const keys = hasElements ? Object.keys(value).filter((key) => !isIndex(key)) : Object.keys(value);
  return strict ? keys.concat(Object.getOwnPropertySymbols(value).filter((symbol) => enumerates(value, symbol))) : keys;
}

function equalContents(a, b, strict, path) {
  const keys = keysOf(a, strict);
  if (keys.length !== keysOf(b, strict).length || !keys.every((key) => hasOwn(b, key) && enumerates(b, key))) {
    return false;
  }
  for (let i = 0; i < path.length; i += 2) {
    if (path[i] === a || path[i + 1] === b) {
      return path[i] === a && path[i + 1] === b; // a circle: as equal as the rest of it is
    }
  }
  path.push(a, b);
  const result = equalElements(a, b, strict, path) && keys.every((key) => equal(a[key], b[key], strict, path));
  path.length -= 2;
  return result;
}

function equalElements(a, b, strict, path) {
  if (Array.isArray(a)) {
    for (let i = 0; i < a.length; i++) {
      const isHole = !hasOwn(a, i);
      if (isHole !== !hasOwn(b, i)) {
        return false;
      }
      if (!isHole && !equal(a[i], b[i], strict, path)) {
        return false;
      }
    }
    return true;
  }
  if (types.isSet(a)) {
    return equalSets(a, b, strict, path);
  }
  return types.isMap(a) ? equalMaps(a, b, strict, path) : true;
}

/** Each member of one set has its own counterpart in the other. */
function equalSets(a, b, strict, path) {
  const left = new Set(b);
  const rest = [];
  for (const item of a) {
    if (!left.delete(item)) {
      if (strict && !isObject(item)) {
        return false;
      }
      rest.push(item);
    }
  }
  return rest.every((item) => take(left, (other) => equal(item, other, strict, path)));
}

function equalMaps(a, b, strict, path) {
  const left = new Map(b);
  const rest = [];
  for (const [key, item] of a) {
    if (!isObject(key) && left.has(key) && equal(item, left.get(key), strict, path)) {
      left.delete(key);
    } else if (strict && !isObject(key)) {
      return false;
    } else {
      rest.push([key, item]);
    }
  }
  return rest.every(([key, item]) =>
    take(left, (otherKey) => equal(key, otherKey, strict, path) && equal(item, b.get(otherKey), strict, path))
  );
}

function take(left, fits) {
  for (const key of left.keys()) {
    if (fits(key)) {
      left.delete(key);
      return true;
    }
  }
  return false;
}
