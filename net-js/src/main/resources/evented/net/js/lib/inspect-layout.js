'use strict';
// How shown values are laid out: quoting, colours, and which entries share a line.

const ESCAPES = [];
for (let code = 0; code < 160; code++) {
  ESCAPES[code] = `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}
Object.assign(ESCAPES, { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r', 39: "\\'", 92: '\\\\' });

const LONE_SURROGATE = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const QUOTED = new RegExp(`[\\x00-\\x1f\\x27\\x5c\\x7f-\\x9f]|${LONE_SURROGATE}`, 'g');
const QUOTED_BUT_MARK = new RegExp(`[\\x00-\\x1f\\x5c\\x7f-\\x9f]|${LONE_SURROGATE}`, 'g');
const PLAIN = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;

function escape(char) {
  const code = char.charCodeAt(0);
  return code < ESCAPES.length ? ESCAPES[code] : `\\u${code.toString(16)}`;
}

/** A text in quotes: single ones, unless others need no escape. */
exports.quote = function quote(text) {
  if (PLAIN.test(text)) {
    return `'${text}'`;
  }
  if (!text.includes("'")) {
    return `'${text.replace(QUOTED_BUT_MARK, escape)}'`;
  }
  if (!text.includes('"')) {
    return `"${text.replace(QUOTED_BUT_MARK, escape)}"`;
  }
  if (!text.includes('`') && !text.includes('${')) {
    return `\`${text.replace(QUOTED_BUT_MARK, escape)}\``;
  }
  return `'${text.replace(QUOTED, escape)}'`;
};

/** What a control character or a quote becomes outside of quotes, as in a symbol's description. */
exports.escapeControls = (text) => text.replace(QUOTED, escape);

const CONTROL_SEQUENCE =
  // From ECMA-48: an operating system's command up to its end, or CSI with its parameters, or a single function.
  /[\u001b\u009b](?:\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|[[\]()#;?]*(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g;

/** A text without the control sequences of terminals. */
exports.stripControls = (text) => text.replace(CONTROL_SEQUENCE, '');

const WIDE = new RegExp(
  '^(?:[\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u3247\\u3250-\\u4dbf\\u4e00-\\ua4c6\\ua960-\\ua97c\\uac00-\\ud7a3' +
    '\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6b\\uff01-\\uff60\\uffe0-\\uffe6]|' +
    '[\\u{1b000}-\\u{1b001}\\u{1f200}-\\u{1f251}\\u{1f300}-\\u{1f64f}\\u{1f680}-\\u{1f6ff}\\u{1f900}-\\u{1f9ff}' +
    '\\u{20000}-\\u{3fffd}])',
  'u'
);
const NO_WIDTH = /^[\p{Cc}\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns a text takes on a terminal. */
exports.width = function width(text, mayHaveColors = true) {
  const plain = mayHaveColors ? exports.stripControls(text) : text;
  if (/^[\x20-\x7e]*$/.test(plain)) {
    return plain.length;
  }
  let columns = 0;
  for (const char of plain.normalize('NFC')) {
    columns += WIDE.test(char) ? 2 : NO_WIDTH.test(char) ? 0 : 1;
  }
  return columns;
};

const lengthOf = (context, text) => (context.colors ? text.replace(/\u001b\[\d\d?m/g, '').length : text.length);

/** Kinds of what is laid out: properties, elements of an array, and an array's further properties. */
exports.OBJECT = 0;
exports.ELEMENT = 1;
exports.ARRAY = 2;

/**
 * Puts the entries of a value between its braces, on as few lines as the settings ask for.
 * @param {object} context the settings and where the text stands
 * @param {string[]} entries each entry's text
 * @param {string} base what comes before the braces, if anything
 * @param {string[]} braces the two
 * @param {number} kind OBJECT or ARRAY
 * @param {number} level how deep the value lies
 * @param {*} value the value itself
 * @returns {string}
 */
exports.join = function join(context, entries, base, braces, kind, level, value) {
  const [open, close] = braces;
  if (context.compact === true) {
    return joinCompact(context, entries, base, open, close);
  }
  const head = base === '' ? open : `${base} ${open}`;
  let lines = entries;
  if (typeof context.compact === 'number' && context.compact >= 1) {
    if (kind === exports.ARRAY && entries.length > 6) {
      lines = columns(context, entries, value);
    }
    if (context.currentDepth - level < context.compact && lines === entries) {
      // Ten more for what surrounds the value, which is not known here.
      const start = entries.length + context.indentation + open.length + base.length + 10;
      if (fits(context, entries, start, base)) {
        const line = entries.join(', ');
        if (!line.includes('\n')) {
          return `${head} ${line} ${close}`;
        }
      }
    }
  }
  const margin = `\n${' '.repeat(context.indentation)}`;
  return `${head}${margin}  ${lines.join(`,${margin}  `)}${margin}${close}`;
};

function joinCompact(context, entries, base, open, close) {
  const head = base === '' ? open : `${open} ${base}`;
  if (fits(context, entries, 0, base)) {
    return `${head} ${entries.join(', ')} ${close}`;
  }
  const margin = `\n${' '.repeat(context.indentation)}`;
  const begin = base === '' && open.length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}${margin}  `;
  return `${open}${begin}${entries.join(`,${margin}  `)} ${close}`;
}

function fits(context, entries, start, base) {
  let total = entries.length + start;
  if (total + entries.length > context.breakLength) {
    return false;
  }
  for (const entry of entries) {
    total += lengthOf(context, entry);
    if (total > context.breakLength) {
      return false;
    }
  }
  return base === '' || !base.includes('\n');
}

const GAP = 2; // a comma and a space
const CHARACTER_HEIGHT = 2.5; // in widths: a block about square looks best
const MOST_COLUMNS = 15;

/** Sets many short elements in columns; gives the same array if they are not such. */
function columns(context, entries, value) {
  const hasRest = context.maxArrayLength < entries.length; // the last one says how many more there are
  const count = hasRest ? entries.length - 1 : entries.length;
  const lengths = [];
  let total = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    lengths[i] = lengthOf(context, entries[i]);
    total += lengths[i] + GAP;
    longest = Math.max(longest, lengths[i]);
  }
  const widest = longest + GAP;
  if (widest * 3 + context.indentation >= context.breakLength || (total / widest <= 5 && longest > 6)) {
    return entries;
  }
  // Narrower than they are, the less the more they differ in length, which makes for wider blocks.
  const biased = Math.max(widest - 3 - Math.sqrt(widest - total / entries.length), 1);
  const across = Math.min(
    Math.round(Math.sqrt(CHARACTER_HEIGHT * biased * count) / biased),
    Math.floor((context.breakLength - context.indentation) / widest),
    context.compact * 4,
    MOST_COLUMNS
  );
  if (across <= 1) {
    return entries;
  }
  const widths = [];
  for (let column = 0; column < across; column++) {
    let most = 0;
    for (let i = column; i < count; i += across) {
      most = Math.max(most, lengths[i]);
    }
    widths.push(most + GAP);
  }
  const rows = setRows(entries, { count, across, widths, lengths, toRight: isNumeric(value, entries.length) });
  if (hasRest) {
    rows.push(entries[count]);
  }
  return rows;
}

function setRows(entries, { count, across, widths, lengths, toRight }) {
  const rows = [];
  for (let from = 0; from < count; from += across) {
    const last = Math.min(from + across, count) - 1;
    let row = '';
    for (let i = from; i < last; i++) {
      const padded = widths[i - from] + entries[i].length - lengths[i];
      row += toRight ? `${entries[i]}, `.padStart(padded) : `${entries[i]}, `.padEnd(padded);
    }
    const end = widths[last - from] + entries[last].length - lengths[last] - GAP;
    rows.push(row + (toRight ? entries[last].padStart(end) : entries[last]));
  }
  return rows;
}

/** Numbers stand to the right of their column. */
function isNumeric(value, count) {
  if (value !== undefined) {
    for (let i = 0; i < count; i++) {
      if (typeof value[i] !== 'number' && typeof value[i] !== 'bigint') {
        return false;
      }
    }
  }
  return true;
}
