'use strict';
// Values as text, for console, util and the prompt: the everyday part of Node's util.inspect.

const { stackOf } = require('inner/errors');

const custom = Symbol.for('nodejs.util.inspect.custom');
const LINE = 76;
const MOST_ITEMS = 100;
const MOST_BYTES = 50;

/**
 * Gives a text that shows a value.
 * @param {*} value what to show
 * @param {object|boolean} [options] depth (2), showHidden, colors (not supported), breakLength
 * @returns {string}
 */
function inspect(value, options) {
  const settings = { depth: 2, showHidden: false, breakLength: LINE };
  if (typeof options === 'object' && options !== null) {
    for (const key of Object.keys(options)) {
      if (options[key] !== undefined) {
        settings[key] = options[key];
      }
    }
    if (settings.depth === null) {
      settings.depth = Infinity;
    }
  } else if (typeof options === 'boolean') {
    settings.showHidden = options;
    if (typeof arguments[2] === 'number') {
      settings.depth = arguments[2];
    }
  }
  return show(value, settings, 0, []);
}
inspect.custom = custom;
inspect.defaultOptions = {};

function show(value, settings, level, above) {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
    case 'function':
      return value === null ? 'null' : showObject(value, settings, level, above);
    default:
      return String(value);
  }
}

function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  let out = mark;
  for (const char of text) {
    const code = char.codePointAt(0);
    if (char === mark || char === '\\') {
      out += '\\' + char;
    } else if (code < 32 || code === 127) {
      const short = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' }[code];
      out += short || '\\x' + code.toString(16).toUpperCase().padStart(2, '0');
    } else {
      out += char;
    }
  }
  return out + mark;
}

function showObject(value, settings, level, above) {
  if (above.includes(value)) {
    return '[Circular]';
  }
  const own = value[custom];
  if (typeof own === 'function' && own !== inspect) {
    const shown = own.call(value, settings.depth - level, settings, inspect);
    return typeof shown === 'string' ? shown : show(shown, settings, level, above);
  }
  const name = constructorName(value);
  if (typeof value === 'function') {
    return showFunction(value, settings, level, above);
  }
  if (value instanceof Error) {
    return showError(value, settings, level, above);
  }
  if (value instanceof RegExp) {
    return withKeys(String(value), value, settings, level, above);
  }
  if (value instanceof Date) {
    return withKeys(isNaN(value) ? 'Invalid Date' : value.toISOString(), value, settings, level, above);
  }
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return `[${name}: ${show(value.valueOf(), settings, level, above)}]`;
  }
  if (value instanceof Promise) {
    return 'Promise {}';
  }
  if (value instanceof WeakMap || value instanceof WeakSet) {
    return `${name} { <items unknown> }`;
  }
  if (ArrayBuffer.isView(value) && isBuffer(value)) {
    return showBuffer(value);
  }
  if (level > settings.depth) {
    return Array.isArray(value) ? '[Array]' : `[${name === null ? 'Object: null prototype' : name || 'Object'}]`;
  }
  const within = above.concat([value]);
  const next = (inner) => show(inner, settings, level + 1, within);
  if (Array.isArray(value)) {
    const prefix = name === 'Array' ? '' : `${name}(${value.length}) `;
    return block(prefix + '[', ']', arrayItems(value, next).concat(keyItems(value, settings, next, true)), settings, level);
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const items = Array.from(value.subarray(0, MOST_ITEMS), String);
    addMore(items, value.length - MOST_ITEMS);
    return block(`${name}(${value.length}) [`, ']', items, settings, level);
  }
  if (value instanceof ArrayBuffer) {
    return `ArrayBuffer { byteLength: ${value.byteLength} }`;
  }
  if (value instanceof Map) {
    const items = Array.from(value, ([key, inner]) => `${next(key)} => ${next(inner)}`);
    return block(`${name}(${value.size}) {`, '}', items.concat(keyItems(value, settings, next)), settings, level);
  }
  if (value instanceof Set) {
    const items = Array.from(value, next);
    return block(`${name}(${value.size}) {`, '}', items.concat(keyItems(value, settings, next)), settings, level);
  }
  const tag = value[Symbol.toStringTag];
  let prefix = name === null ? '[Object: null prototype] ' : name === 'Object' ? '' : `${name} `;
  if (typeof tag === 'string' && tag !== '' && tag !== name) {
    prefix = `${prefix || 'Object '}[${tag}] `;
  }
  return block(prefix + '{', '}', keyItems(value, settings, next), settings, level);
}

function isBuffer(value) {
  return value.constructor !== undefined && typeof value.constructor.isBuffer === 'function';
}

function constructorName(value) {
  for (let object = value; object !== null; object = Object.getPrototypeOf(object)) {
    const entry = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (entry && typeof entry.value === 'function' && entry.value.name !== '') {
      return entry.value.name;
    }
  }
  return null;
}

function showFunction(value, settings, level, above) {
  const source = Function.prototype.toString.call(value);
  const isClass = source.startsWith('class');
  const kind = isClass ? 'class' : constructorName(value) || 'Function';
  const base = Object.getPrototypeOf(value);
  let text = isClass ? `class ${value.name || '(anonymous)'}` : `${kind}${value.name ? `: ${value.name}` : ' (anonymous)'}`;
  if (isClass && typeof base === 'function' && base.name) {
    text += ` extends ${base.name}`;
  }
  return withKeys(`[${text}]`, value, settings, level, above);
}

function showError(value, settings, level, above) {
  return withKeys(stackOf(value), value, settings, level, above, ['stack', 'message', 'name']);
}

function showBuffer(value) {
  let hex = '';
  for (let i = 0; i < Math.min(value.length, MOST_BYTES); i++) {
    hex += ' ' + value[i].toString(16).padStart(2, '0');
  }
  const more = value.length > MOST_BYTES ? ` ... ${value.length - MOST_BYTES} more bytes` : '';
  return `<Buffer${hex}${more}>`;
}

function withKeys(text, value, settings, level, above, without = []) {
  const within = above.concat([value]);
  const items = keyItems(value, settings, (inner) => show(inner, settings, level + 1, within), false, without);
  return items.length === 0 || level > settings.depth ? text : block(`${text} {`, '}', items, settings, level);
}

function arrayItems(value, next) {
  const items = [];
  let holes = 0;
  for (let i = 0; i < value.length && items.length < MOST_ITEMS; i++) {
    if (i in value) {
      if (holes > 0) {
        items.push(holesText(holes));
        holes = 0;
      }
      items.push(next(value[i]));
    } else {
      holes++;
    }
  }
  if (holes > 0) {
    items.push(holesText(holes));
  }
  addMore(items, value.length - MOST_ITEMS);
  return items;
}

function holesText(count) {
  return `<${count} empty item${count > 1 ? 's' : ''}>`;
}

function addMore(items, count) {
  if (count > 0) {
    items.push(`... ${count} more item${count > 1 ? 's' : ''}`);
  }
}

function keyItems(value, settings, next, isArray = false, without = []) {
  const keys = settings.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const symbols = Object.getOwnPropertySymbols(value).filter((symbol) =>
    Object.prototype.propertyIsEnumerable.call(value, symbol)
  );
  return keys
    .filter((key) => !(isArray && /^(0|[1-9]\d*|length)$/.test(key)) && !without.includes(key))
    .concat(symbols)
    .map((key) => `${keyText(key)}: ${propertyText(Object.getOwnPropertyDescriptor(value, key), next)}`);
}

function keyText(key) {
  if (typeof key === 'symbol') {
    return `[${String(key)}]`;
  }
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

function propertyText(property, next) {
  if (property.get) {
    return property.set ? '[Getter/Setter]' : '[Getter]';
  }
  return property.set ? '[Setter]' : next(property.value);
}

function block(open, close, items, settings, level) {
  if (items.length === 0) {
    return open + close;
  }
  const indent = '  '.repeat(level);
  const length = items.reduce((sum, item) => sum + item.length + 2, open.length + indent.length);
  if (length <= settings.breakLength && !items.some((item) => item.includes('\n'))) {
    return `${open} ${items.join(', ')} ${close}`;
  }
  if (close === ']' && items.length > 6 && items.every((item) => item.length <= 16)) {
    return `${open}\n${rows(items, indent)}\n${indent}${close}`;
  }
  return `${open}\n${indent}  ${items.join(`,\n${indent}  `)}\n${indent}${close}`;
}

function rows(items, indent) {
  const width = Math.max(...items.map((item) => item.length)) + 2;
  const columns = Math.max(1, Math.min(16, Math.floor(LINE / width)));
  const lines = [];
  for (let i = 0; i < items.length; i += columns) {
    const row = items.slice(i, i + columns);
    const last = i + columns >= items.length;
    lines.push(indent + '  ' + row.map((item, at) => (last && at === row.length - 1 ? item : item + ',')).join(' '));
  }
  return lines.join('\n');
}

/**
 * Puts values into a text as printf does: %s %d %i %f %j %o %O %c %%.
 * @param {...*} args a text with placeholders, and the values
 * @returns {string}
 */
function format(...args) {
  let at = 0;
  let text = '';
  if (typeof args[0] === 'string') {
    at = 1;
    text = args[0].replace(/%[sdifjoOc%]/g, (mark) => {
      if (mark === '%%') {
        return args.length > 1 ? '%' : mark;
      }
      return at >= args.length ? mark : formatOne(mark, args[at++]);
    });
  }
  for (; at < args.length; at++) {
    const value = args[at];
    text += (at > 0 ? ' ' : '') + (typeof value === 'string' ? value : inspect(value));
  }
  return text;
}

function formatOne(mark, value) {
  switch (mark) {
    case '%s':
      return asText(value);
    case '%d':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'object' ? 'NaN' : numberText(Number(value));
    case '%i':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'object' ? 'NaN' : numberText(parseInt(value));
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : numberText(parseFloat(value));
    case '%j':
      return asJson(value);
    case '%o':
      return inspect(value, { showHidden: true, depth: 4 });
    case '%O':
      return inspect(value, { depth: 5 });
    default:
      return ''; // %c: style sheets are for browsers
  }
}

function numberText(number) {
  return Object.is(number, -0) ? '-0' : String(number);
}

function asText(value) {
  if (typeof value === 'bigint') {
    return `${value}n`;
  }
  if (typeof value === 'object' && value !== null) {
    const own = value.toString !== Object.prototype.toString && value.toString !== Array.prototype.toString;
    return own && typeof value.toString === 'function' && !(value instanceof Error && !value.message)
      ? String(value)
      : inspect(value, { depth: 0 });
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function asJson(value) {
  try {
    return String(JSON.stringify(value));
  } catch (error) {
    if (/circular|cyclic/i.test(error.message)) {
      return '[Circular]';
    }
    throw error;
  }
}

module.exports = { format, inspect };
