'use strict';
// util.inspect of what built-in objects hold: elements of arrays and collections, a promise's value, a buffer's bytes, and
// how functions and boxed primitives are called.

const { types, promiseState } = require('inner/types');
const core = require('inner/inspect');
const { ELEMENT } = require('inner/inspect-layout');

const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn } = Object;
const getterOf = (type, name) => Function.prototype.call.bind(getOwnPropertyDescriptor(type, name).get);
const Arrays = getPrototypeOf(Uint8Array.prototype);
const plain = (text) => text;

/** The true length of a typed array. */
exports.lengthOf = getterOf(Arrays, 'length');

const more = (count) => `... ${count} more item${count > 1 ? 's' : ''}`;
const holes = (count) => `<${count} empty item${count > 1 ? 's' : ''}>`;
const limitOf = (context, length) => Math.min(Math.max(0, context.maxArrayLength), length);

/** The elements of an array, up to the limit; holes are counted. */
exports.arrayContent = (context, value, level) => {
  const limit = limitOf(context, value.length);
  const entries = [];
  for (let i = 0; i < limit; i++) {
    if (!hasOwn(value, i)) {
      return sparseContent(context, value, level, limit, entries, i);
    }
    entries.push(core.showProperty(context, value, level, i, ELEMENT));
  }
  if (value.length > limit) {
    entries.push(more(value.length - limit));
  }
  return entries;
};

function sparseContent(context, value, level, limit, entries, from) {
  const keys = Object.keys(value);
  let index = from;
  for (let i = from; i < keys.length && entries.length < limit; i++) {
    const key = keys[i];
    if (!/^(0|[1-9]\d*)$/.test(key) || Number(key) > 2 ** 32 - 2) {
      break;
    }
    if (String(index) !== key) {
      entries.push(context.stylize(holes(Number(key) - index), 'undefined'));
      index = Number(key);
      if (entries.length === limit) {
        break;
      }
    }
    entries.push(core.showProperty(context, value, level, key, ELEMENT));
    index++;
  }
  const left = value.length - index;
  if (left > 0) {
    entries.push(entries.length === limit ? more(left) : context.stylize(holes(left), 'undefined'));
  }
  return entries;
}

exports.typedArrayContent = (context, value, level) => {
  const length = exports.lengthOf(value);
  const limit = limitOf(context, length);
  const number = length > 0 && typeof value[0] === 'bigint' ? core.showBigInt : core.showNumber;
  const entries = [];
  for (let i = 0; i < limit; i++) {
    entries.push(number(context.stylize, value[i], context.numericSeparator));
  }
  if (length > limit) {
    entries.push(more(length - limit));
  }
  if (context.showHidden) {
    context.indentation += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      entries.push(`[${key}]: ${core.show(context, value[key], level, true)}`);
    }
    context.indentation -= 2;
  }
  return entries;
};

/** The entries of a Map or a Set, however its methods were replaced. */
function collected(prototype, shown) {
  const forEach = Function.prototype.call.bind(prototype.forEach);
  const sizeOf = getterOf(prototype, 'size');
  return (context, value, level) => {
    const entries = [];
    const size = sizeOf(value);
    const limit = limitOf(context, size);
    context.indentation += 2;
    forEach(value, (item, key) => {
      if (entries.length < limit) {
        entries.push(shown(context, item, key, level));
      }
    });
    context.indentation -= 2;
    if (size > limit) {
      entries.push(more(size - limit));
    }
    return entries;
  };
}

const setContent = collected(Set.prototype, (context, item, key, level) => core.show(context, item, level));
const mapContent = collected(
  Map.prototype,
  (context, item, key, level) => `${core.show(context, key, level)} => ${core.show(context, item, level)}`
);

/** Test, name, size and content of each. */
exports.COLLECTIONS = [
  [types.isSet, 'Set', getterOf(Set.prototype, 'size'), setContent],
  [types.isMap, 'Map', getterOf(Map.prototype, 'size'), mapContent],
];

/** An iterator's items cannot be seen without taking them from it. */
exports.ITERATORS = [
  [types.isMapIterator, 'Map Iterator'],
  [types.isSetIterator, 'Set Iterator'],
];

exports.unknownContent = (context) => [context.stylize('<items unknown>', 'special')];
exports.weakContent = exports.unknownContent;

exports.promiseContent = (context, value) => {
  const { state, text } = promiseState(value);
  if (state === 'pending') {
    return [context.stylize('<pending>', 'special')];
  }
  const shown = settledValue(context, text);
  return [state === 'rejected' ? `${context.stylize('<rejected>', 'special')} ${shown}` : shown];
};

/** What the engine tells of a promise's value: a primitive is shown as ever, an object in the engine's words. */
function settledValue(context, text) {
  if (text[0] === '"') {
    try {
      return core.showPrimitive(context.stylize, JSON.parse(text), context);
    } catch (error) {
      return text; // cut off by the engine
    }
  }
  if (text === 'null' || text === 'undefined') {
    return context.stylize(text, text);
  }
  if (text === 'true' || text === 'false') {
    return context.stylize(text, 'boolean');
  }
  return /^-?[\d.]/.test(text) ? context.stylize(text, text.endsWith('n') ? 'bigint' : 'number') : text;
}

exports.bufferContent = (context, value) => {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch (error) {
    return [context.stylize('(detached)', 'special')];
  }
  const limit = limitOf(context, bytes.length);
  const shown = Array.from(bytes.subarray(0, limit), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const left = bytes.length - context.maxArrayLength;
  const rest = left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : '';
  return [`${context.stylize('[Uint8Contents]', 'special')}: <${shown}${rest}>`];
};

/** The exports of an ES module, of which some may have no value yet. */
exports.moduleContent = (keys) => (context, value, level) =>
  keys.map((key) => {
    try {
      return core.showProperty(context, value, level, key, 0);
    } catch (error) {
      if (!(error instanceof ReferenceError)) {
        throw error;
      }
      const placeholder = { [key]: '' };
      const text = core.showProperty(context, placeholder, level, key, 0);
      return text.slice(0, text.lastIndexOf(' ') + 1) + context.stylize('<uninitialized>', 'special');
    }
  });

const textOf = Function.prototype.call.bind(Function.prototype.toString);

exports.functionBase = (value, constructor, tag) => {
  const source = textOf(value);
  if (/^class\b/.test(source) && source.endsWith('}')) {
    return classBase(value, constructor, tag);
  }
  let kind = 'Function';
  if (types.isGeneratorFunction(value)) {
    kind = `Generator${kind}`;
  }
  if (types.isAsyncFunction(value)) {
    kind = `Async${kind}`;
  }
  const name = value.name === '' ? ' (anonymous)' : `: ${typeof value.name === 'string' ? value.name : core.inspect(value.name)}`;
  let base = `[${kind}${constructor === null ? ' (null prototype)' : ''}${name}]`;
  if (constructor !== kind && constructor !== null) {
    base += ` ${constructor}`;
  }
  return tag !== '' && constructor !== tag ? `${base} [${tag}]` : base;
};

function classBase(value, constructor, tag) {
  let base = `class ${(hasOwn(value, 'name') && value.name) || '(anonymous)'}`;
  if (constructor !== 'Function' && constructor !== null) {
    base += ` [${constructor}]`;
  }
  if (tag !== '' && constructor !== tag) {
    base += ` [${tag}]`;
  }
  if (constructor === null) {
    return `[${base} extends null]`;
  }
  const above = getPrototypeOf(value).name;
  return `[${base}${above ? ` extends ${above}` : ''}]`;
}

const BOXES = [
  [types.isNumberObject, 'Number', Number.prototype.valueOf],
  [types.isStringObject, 'String', String.prototype.valueOf],
  [types.isBooleanObject, 'Boolean', Boolean.prototype.valueOf],
  [types.isBigIntObject, 'BigInt', BigInt.prototype.valueOf],
  [types.isSymbolObject, 'Symbol', Symbol.prototype.valueOf],
];

/** How a primitive in a box is shown; takes the characters of a string from its keys. */
exports.boxedBase = (context, value, keys, constructor, tag) => {
  const [, kind, valueOf] = BOXES.find(([test]) => test(value));
  const primitive = valueOf.call(value);
  if (kind === 'String') {
    keys.splice(0, primitive.length);
  }
  const by = kind === constructor ? '' : constructor === null ? ' (null prototype)' : ` (${constructor})`;
  let base = `[${kind}${by}: ${core.showPrimitive(plain, primitive, context)}]`;
  if (tag !== '' && tag !== constructor) {
    base += ` [${tag}]`;
  }
  return keys.length === 0 ? context.stylize(base, kind.toLowerCase()) : base;
};
