'use strict';
// util.inspect of objects: what kind each is, what it is called, and which of its properties are shown.

const layout = require('inner/inspect-layout');
const { types, typedArrayName } = require('inner/types');
const core = require('inner/inspect');

const { OBJECT, ARRAY } = layout;
const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn } = Object;
const enumerates = Function.prototype.call.bind(Object.prototype.propertyIsEnumerable);

/** The types that the language brings, whose prototypes hold nothing of the script's. */
const BUILT_IN = new Set(
  ('AggregateError Array ArrayBuffer AsyncFunction Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error ' +
    'EvalError FinalizationRegistry Float32Array Float64Array Function Int16Array Int32Array Int8Array Intl Iterator JSON ' +
    'Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol ' +
    'SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet ' +
    'WebAssembly').split(' ')
);

/** A text that begins a long output; beyond this size nothing more is shown in depth. */
const MOST = 2 ** 27;

/** Shows an object; see show() in inspect.js. */
function showObject(context, value, level, isTypedArray) {
  const wantsPrototype = context.showHidden && (context.depth === null || level <= context.depth);
  const inherited = wantsPrototype ? [] : undefined;
  const constructor = constructorName(value, context, level, inherited);
  const facts = {
    constructor,
    tag: tagOf(context, value),
    inherited: inherited !== undefined && inherited.length > 0 ? inherited : undefined,
    isTypedArray,
  };
  const shape = shapeOf(context, value, facts, level);
  if (typeof shape === 'string') {
    return shape;
  }
  if (context.depth !== null && level > context.depth) {
    const name = prefix(constructor, facts.tag, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
    return context.stylize(constructor === null ? name : `[${name}]`, 'special');
  }
  return showEntries(context, value, level + 1, facts, shape);
}

function showEntries(context, value, level, facts, shape) {
  const { keys, kind = OBJECT } = shape;
  context.seen.push(value);
  context.currentDepth = level;
  let entries;
  const indentation = context.indentation;
  try {
    entries = shape.content === undefined ? [] : shape.content(context, value, level);
    for (const key of keys) {
      entries.push(core.showProperty(context, value, level, key, shape.kind === ARRAY ? OBJECT : kind));
    }
    if (facts.inherited !== undefined) {
      entries.push(...facts.inherited);
    }
  } catch (error) {
    if (!(error instanceof RangeError && /call stack/i.test(error.message))) {
      throw error;
    }
    context.seen.pop();
    context.indentation = indentation;
    const name = prefix(facts.constructor, facts.tag, 'Object').slice(0, -1);
    return context.stylize(`[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, 'special');
  }
  let { base = '', braces } = shape;
  if (context.circular !== undefined && context.circular.has(value)) {
    const reference = context.stylize(`<ref *${context.circular.get(value)}>`, 'special');
    if (context.compact === true) {
      braces = [`${reference} ${braces[0]}`, braces[1]];
    } else {
      base = base === '' ? reference : `${reference} ${base}`;
    }
  }
  context.seen.pop();
  if (context.sorted) {
    const order = context.sorted === true ? undefined : context.sorted;
    if (kind === OBJECT) {
      entries.sort(order);
    } else if (keys.length > 1) {
      entries.push(...entries.splice(entries.length - keys.length).sort(order));
    }
  }
  const text = layout.join(context, entries, base, braces, kind, level, value);
  context.size += text.length;
  if (context.size > MOST) {
    context.depth = -1;
  }
  return text;
}

/** Its own tag, unless that is shown as a property anyway. */
function tagOf(context, value) {
  const tag = value[Symbol.toStringTag];
  if (typeof tag !== 'string') {
    return '';
  }
  const isShown = context.showHidden ? hasOwn(value, Symbol.toStringTag) : enumerates(value, Symbol.toStringTag);
  return isShown ? '' : tag;
}

/**
 * How a value is shown.
 * @returns {string|{braces: string[], keys: Array, base: ?string, content: ?Function, kind: ?number}} the whole text, or
 *     what stands before the braces, what they are, what comes first between them, and the keys that follow
 */
function shapeOf(context, value, facts, level) {
  const { constructor, tag, inherited } = facts;
  if (value[Symbol.iterator] || constructor === null) {
    const shape = iterableShape(context, value, facts);
    if (shape !== undefined) {
      return shape;
    }
  }
  const keys = keysOf(value, context.showHidden);
  const isBare = keys.length === 0 && inherited === undefined;
  const isTooDeep = context.depth !== null && level > context.depth;
  const braced = (fallback, content) => ({ keys, braces: [`${prefix(constructor, tag, fallback)}{`, '}'], content });
  const contents = () => require('inner/inspect-contents');

  if (types.isArgumentsObject(value)) {
    const shape = braced('Arguments');
    if (constructor === 'Object') {
      shape.braces[0] = `[Arguments] ${shape.braces[0].slice('Object '.length)}`;
    }
    return isBare ? `${shape.braces[0]}}` : shape;
  }
  if (typeof value === 'function') {
    const base = contents().functionBase(value, constructor, tag);
    return isBare ? context.stylize(base, 'special') : { base, keys, braces: ['{', '}'] };
  }
  if (types.isRegExp(value)) {
    return withBase('RegExp', RegExp.prototype.toString.call(constructor === null ? new RegExp(value) : value), 'regexp');
  }
  if (types.isDate(value)) {
    const isValid = !Number.isNaN(Date.prototype.getTime.call(value));
    return withBase('Date', (isValid ? Date.prototype.toISOString : Date.prototype.toString).call(value), 'date');
  }
  if (isError(value)) {
    const base = require('inner/inspect-errors').errorBase(context, value, constructor, tag, keys);
    return keys.length === 0 && inherited === undefined ? base : { base, keys, braces: ['{', '}'] };
  }
  if (types.isAnyArrayBuffer(value)) {
    const name = types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer';
    if (facts.isTypedArray !== undefined && isBare) {
      const size = core.showNumber(context.stylize, value.byteLength, false);
      return `${prefix(constructor, tag, name)}{ byteLength: ${size} }`;
    }
    keys.unshift('byteLength');
    return braced(name, facts.isTypedArray === undefined ? contents().bufferContent : undefined);
  }
  if (types.isDataView(value)) {
    keys.unshift('byteLength', 'byteOffset', 'buffer');
    return braced('DataView');
  }
  if (types.isPromise(value)) {
    return braced('Promise', contents().promiseContent);
  }
  if (types.isWeakSet(value) || types.isWeakMap(value)) {
    return braced(types.isWeakSet(value) ? 'WeakSet' : 'WeakMap', contents().weakContent);
  }
  if (types.isModuleNamespaceObject(value)) {
    return { keys: [], braces: [`${prefix(constructor, tag, 'Module')}{`, '}'], content: contents().moduleContent(keys) };
  }
  if (types.isBoxedPrimitive(value)) {
    const base = contents().boxedBase(context, value, keys, constructor, tag);
    return keys.length === 0 && inherited === undefined ? base : { base, keys, braces: ['{', '}'] };
  }
  if (constructor === 'Object' && tag === '') {
    return isBare ? '{}' : { keys, braces: ['{', '}'] };
  }
  const shape = braced('Object');
  return isBare ? `${shape.braces[0]}}` : shape;

  function withBase(name, text, style) {
    const before = prefix(constructor, tag, name);
    const base = before === `${name} ` ? text : before + text;
    const isAll = isBare || (isTooDeep && name === 'RegExp');
    return isAll ? context.stylize(base, style) : { base, keys, braces: ['{', '}'] };
  }
}

const isError = (value) => types.isNativeError(value) || value instanceof Error;

/** What holds elements. */
function iterableShape(context, value, { constructor, tag, inherited }) {
  const contents = require('inner/inspect-contents');
  if (Array.isArray(value)) {
    const before = constructor === 'Array' && tag === '' ? '' : prefix(constructor, tag, 'Array', `(${value.length})`);
    const keys = namedKeysOf(value, context.showHidden);
    return value.length === 0 && keys.length === 0 && inherited === undefined
      ? `${before}[]`
      : { keys, braces: [`${before}[`, ']'], content: contents.arrayContent, kind: ARRAY };
  }
  const arrayKind = typedArrayName(value);
  if (arrayKind !== undefined) {
    const before = prefix(constructor, tag, arrayKind, `(${contents.lengthOf(value)})`);
    const keys = namedKeysOf(value, context.showHidden);
    return contents.lengthOf(value) === 0 && keys.length === 0 && !context.showHidden
      ? `${before}[]`
      : { keys, braces: [`${before}[`, ']'], content: contents.typedArrayContent, kind: ARRAY };
  }
  const keys = keysOf(value, context.showHidden);
  for (const [test, name, sizeOf, content] of contents.COLLECTIONS) {
    if (test(value)) {
      const size = sizeOf(value);
      const before = prefix(constructor, tag, name, `(${size})`);
      return size === 0 && keys.length === 0 && inherited === undefined
        ? `${before}{}`
        : { keys, braces: [`${before}{`, '}'], content };
    }
  }
  for (const [test, name] of contents.ITERATORS) {
    if (test(value)) {
      const shown = tag === name ? tag : `${tag === '' ? '' : `${tag}] [`}${name}`;
      return { keys, braces: [`[${shown}] {`, '}'], content: contents.unknownContent };
    }
  }
  return undefined;
}

/** The keys of properties that are shown, symbols too. */
function keysOf(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) {
    return Object.getOwnPropertyNames(value).concat(symbols);
  }
  const keys = namesOf(value);
  return symbols.length === 0 ? keys : keys.concat(symbols.filter((symbol) => enumerates(value, symbol)));
}

function namesOf(value) {
  try {
    return Object.keys(value);
  } catch (error) {
    // A module whose variables have no value yet.
    return Object.getOwnPropertyNames(value);
  }
}

const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1;

/** Of an array: those that are no elements. */
const namedKeysOf = (value, showHidden) => keysOf(value, showHidden).filter((key) => !isIndex(key));

/** The beginning of a text: the constructor's name, the size, and the tag. */
function prefix(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const shown = tag !== '' && fallback !== tag ? `[${tag}] ` : '';
    return `[${fallback}${size}: null prototype] ${shown}`;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

function isInstance(value, constructor) {
  try {
    return value instanceof constructor;
  } catch (error) {
    return false;
  }
}

/** The name of the first constructor that a value has; null for what has no prototype. */
function constructorName(value, context, level, inherited) {
  let first;
  for (let object = value; object !== null; object = getPrototypeOf(object)) {
    const entry = getOwnPropertyDescriptor(object, 'constructor');
    if (entry !== undefined && typeof entry.value === 'function' && entry.value.name !== '' && isInstance(value, entry.value)) {
      if (inherited !== undefined && (first !== object || !BUILT_IN.has(entry.value.name))) {
        addInherited(context, value, first || value, level, inherited);
      }
      return String(entry.value.name);
    }
    if (first === undefined) {
      first = getPrototypeOf(object);
    }
  }
  if (first === null || first === undefined) {
    return null;
  }
  const own = builtInName(value);
  if (context.depth !== null && level > context.depth) {
    return `${own} <Complex prototype>`;
  }
  const above = constructorName(first, context, level + 1, inherited);
  return above === null
    ? `${own} <${core.inspect(first, { ...settingsOf(context), customInspect: false, depth: -1 })}>`
    : `${own} <${above}>`;
}

const builtInName = (value) => Object.prototype.toString.call(value).slice(8, -1);

function settingsOf(context) {
  const settings = { ...context };
  delete settings.seen;
  return settings;
}

/** What showHidden shows of the prototypes that the script has made. */
function addInherited(context, main, start, level, entries) {
  let object = start;
  let known;
  let keys;
  for (let depth = 0; depth < 3; depth++) {
    if (depth !== 0 || main === object) {
      object = getPrototypeOf(object);
      if (object === null) {
        return;
      }
      const entry = getOwnPropertyDescriptor(object, 'constructor');
      if (entry !== undefined && typeof entry.value === 'function' && BUILT_IN.has(entry.value.name)) {
        return;
      }
    }
    known = depth === 0 ? new Set() : new Set([...known, ...keys]);
    keys = Reflect.ownKeys(object);
    context.seen.push(main);
    for (const key of keys) {
      if (key === 'constructor' || hasOwn(main, key) || (depth !== 0 && known.has(key))) {
        continue;
      }
      const property = getOwnPropertyDescriptor(object, key);
      if (typeof property.value !== 'function') {
        const text = core.showProperty(context, object, level, key, OBJECT, property, main);
        entries.push(context.colors ? `\u001b[2m${text}\u001b[22m` : text);
      }
    }
    context.seen.pop();
  }
}

module.exports = { BUILT_IN, isError, keysOf, prefix, showObject };
