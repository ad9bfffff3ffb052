'use strict';
// util.inspect: any value as a text for people, as Node shows it.

const colorsOf = () => require('inner/inspect-colors');
const layout = require('inner/inspect-layout');
const { types } = require('inner/types');

const { OBJECT, quote } = layout;
const custom = Symbol.for('nodejs.util.inspect.custom');
const plain = (text) => text;

const DEFAULTS = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};
const defaults = { ...DEFAULTS };

/**
 * Gives a text that shows a value.
 * @param {*} value what to show
 * @param {object|boolean} [options] showHidden, depth (2; null for all), colors, customInspect, showProxy, maxArrayLength,
 *     maxStringLength, breakLength (80), compact (3), sorted, getters, numericSeparator; or showHidden alone
 * @returns {string}
 */
function inspect(value, options, ...more) {
  const context = { ...defaults, ...STATE, seen: [] };
  if (typeof options === 'boolean') {
    context.showHidden = options;
  } else if (typeof options === 'object' && options !== null) {
    for (const key of Object.keys(options)) {
      if (Object.hasOwn(DEFAULTS, key) || key === 'stylize') {
        context[key] = options[key];
      } else if (context.userOptions === undefined) {
        context.userOptions = options; // what a method of a value's own is given besides
      }
    }
  }
  if (more[0] !== undefined) {
    context.depth = more[0];
  }
  if (more.length > 1) {
    context.colors = more[1];
  }
  if (context.colors) {
    context.stylize = colorsOf().colored;
  }
  if (context.maxArrayLength === null) {
    context.maxArrayLength = Infinity;
  }
  if (context.maxStringLength === null) {
    context.maxStringLength = Infinity;
  }
  return show(context, value, 0);
}

/** What is known of the place where a text will stand. */
const STATE = { stylize: plain, indentation: 0, currentDepth: 0, circular: undefined, userOptions: undefined, size: 0 };

inspect.custom = custom;
Object.defineProperty(inspect, 'defaultOptions', {
  get: () => defaults,
  set(options) {
    require('inner/node-errors').validateObject(options, 'options');
    Object.assign(defaults, options);
  },
});
for (const name of ['colors', 'styles']) {
  Object.defineProperty(inspect, name, {
    get: () => colorsOf()[name],
    set: (value) => (colorsOf()[name] = value),
    enumerable: true,
    configurable: true,
  });
}

/**
 * Shows a value within another one.
 * @param {object} context the settings, and where the text stands
 * @param {*} value what to show
 * @param {number} level how deep it lies
 * @param {boolean} [isTypedArray] whether it is the memory of an array whose elements are shown already
 */
function show(context, value, level, isTypedArray) {
  if (typeof value !== 'object' && typeof value !== 'function') {
    return showPrimitive(context.stylize, value, context);
  }
  if (value === null) {
    return context.stylize('null', 'null');
  }
  const isProxy = types.isProxy(value);
  if (isProxy && context.showProxy) {
    return context.stylize(binding.textOf(value), 'special');
  }
  if (context.customInspect) {
    const shown = showByItself(context, value, level, isProxy);
    if (shown !== undefined) {
      return shown;
    }
  }
  if (context.seen.includes(value)) {
    context.circular = context.circular || new Map();
    if (!context.circular.has(value)) {
      context.circular.set(value, context.circular.size + 1);
    }
    return context.stylize(`[Circular *${context.circular.get(value)}]`, 'special');
  }
  return require('inner/inspect-objects').showObject(context, value, level, isTypedArray);
}

/** By the value's own method, if it has one. */
function showByItself(context, value, level, isProxy) {
  const method = value[custom];
  if (
    typeof method !== 'function' ||
    method === inspect ||
    (Object.hasOwn(value, 'constructor') && value.constructor && value.constructor.prototype === value)
  ) {
    return undefined;
  }
  const depth = context.depth === null ? null : context.depth - level;
  const foreign = isProxy || !(value instanceof Object);
  const shown = method.call(value, depth, optionsFor(context, foreign), inspect);
  if (shown === value) {
    return undefined;
  }
  return typeof shown === 'object'
    ? show(context, shown, level)
    : `${shown}`.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
}

function optionsFor(context, foreign) {
  const options = { stylize: context.stylize };
  for (const key of Object.keys(DEFAULTS)) {
    options[key] = context[key];
  }
  Object.assign(options, context.userOptions);
  if (foreign) {
    Object.setPrototypeOf(options, null);
    options.stylize = (text, kind) => `${context.stylize(`${text}`, kind)}`;
  }
  return options;
}

/** Strings longer than this are broken at the ends of their lines. */
const SHORT = 16;

/** Shows what is no object. */
function showPrimitive(stylize, value, context) {
  switch (typeof value) {
    case 'string':
      return showString(stylize, value, context);
    case 'number':
      return showNumber(stylize, value, context.numericSeparator);
    case 'bigint':
      return showBigInt(stylize, value, context.numericSeparator);
    case 'symbol':
      return stylize(Symbol.prototype.toString.call(value), 'symbol');
    default:
      return stylize(`${value}`, typeof value);
  }
}

function showString(stylize, value, context) {
  let text = value;
  let rest = '';
  if (text.length > context.maxStringLength) {
    const more = text.length - context.maxStringLength;
    text = text.slice(0, context.maxStringLength);
    rest = `... ${more} more character${more > 1 ? 's' : ''}`;
  }
  if (context.compact !== true && text.length > SHORT && text.length > context.breakLength - context.indentation - 4) {
    const lines = text.split(/(?<=\n)/).map((line) => stylize(quote(line), 'string'));
    return lines.join(` +\n${' '.repeat(context.indentation + 2)}`) + rest;
  }
  return stylize(quote(text), 'string') + rest;
}

function showNumber(stylize, value, separated) {
  if (!separated) {
    return stylize(Object.is(value, -0) ? '-0' : `${value}`, 'number');
  }
  const whole = Math.trunc(value);
  const text = String(whole);
  if (whole === value) {
    return stylize(!isFinite(value) || text.includes('e') ? text : separate(text), 'number');
  }
  if (isNaN(value)) {
    return stylize(text, 'number');
  }
  const fraction = String(value).slice(text.length + 1);
  return stylize(`${separate(text)}.${fraction.replace(/\d{3}(?=\d)/g, '$&_')}`, 'number');
}

function showBigInt(stylize, value, separated) {
  return stylize(`${separated ? separate(String(value)) : value}n`, 'bigint');
}

const separate = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '_');

/**
 * Shows a property: its name and its value, or the value alone for an element of an array.
 * @param {object} [description] the property's descriptor, if it is known
 * @param {object} [receiver] the object for whose sake it is shown, if that only inherits it
 */
function showProperty(context, object, level, key, kind, description, receiver = object) {
  const property = description ||
    Object.getOwnPropertyDescriptor(object, key) || { value: object[key], configurable: true, enumerable: true };
  let gap = ' ';
  let text;
  if (property.value !== undefined) {
    const indent = context.compact !== true || kind !== OBJECT ? 2 : 3;
    context.indentation += indent;
    text = show(context, property.value, level);
    if (indent === 3 && context.breakLength < layout.width(text, context.colors)) {
      gap = `\n${' '.repeat(context.indentation)}`;
    }
    context.indentation -= indent;
  } else {
    text = showAccessor(context, property, level, receiver);
  }
  return kind === OBJECT ? `${nameOf(context, key, property)}:${gap}${text}` : text;
}

function nameOf(context, key, property) {
  if (typeof key === 'symbol') {
    const text = layout.escapeControls(Symbol.prototype.toString.call(key));
    return `[${context.stylize(text, 'symbol')}]`;
  }
  if (key === '__proto__') {
    return "['__proto__']";
  }
  if (property.enumerable === false) {
    return `[${layout.escapeControls(key)}]`;
  }
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? context.stylize(key, 'name') : context.stylize(quote(key), 'string');
}

function showAccessor(context, property, level, receiver) {
  const { stylize, getters } = context;
  if (property.get === undefined) {
    return property.set === undefined ? stylize('undefined', 'undefined') : stylize('[Setter]', 'special');
  }
  const label = property.set === undefined ? 'Getter' : 'Getter/Setter';
  const isAsked =
    getters === true ||
    (getters === 'get' && property.set === undefined) ||
    (getters === 'set' && property.set !== undefined);
  if (!isAsked) {
    return stylize(`[${label}]`, 'special');
  }
  const within = (text) => `${stylize(`[${label}:`, 'special')} ${text}${stylize(']', 'special')}`;
  context.indentation += 2;
  try {
    const value = property.get.call(receiver);
    if (value === null) {
      return within(stylize('null', 'null'));
    }
    return typeof value === 'object'
      ? `${stylize(`[${label}]`, 'special')} ${show(context, value, level)}`
      : within(showPrimitive(stylize, value, context));
  } catch (error) {
    return within(`<Inspection threw (${error.message})>`);
  } finally {
    context.indentation -= 2;
  }
}

module.exports = {
  inspect,
  show,
  showBigInt,
  showNumber,
  showPrimitive,
  showProperty,
  format: (...args) => require('inner/format').format(...args),
  formatWithOptions: (options, ...args) => require('inner/format').formatWithOptions(options, ...args),
};
