'use strict';
// assert.AssertionError: what was compared, and a message that shows where the two differ.

const { inspect } = require('inner/inspect');
const { framed, validateObject } = require('inner/node-errors');

const TITLES = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

/** Two values that together are shorter stand on one line. */
const SHORT = 12;
const LINE = 80;

function show(value) {
  const options = {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
    breakLength: Infinity,
  };
  return inspect(copyOfError(value), options);
}

/** An error is compared by its properties; its stack says nothing. */
function copyOfError(value) {
  if (!(value instanceof Error)) {
    return value;
  }
  const copy = Object.create(Object.getPrototypeOf(value));
  for (const key of Object.keys(value)) {
    copy[key] = value[key];
  }
  Object.defineProperty(copy, 'message', { value: value.message });
  return copy;
}

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** The message of two values that should be equal and are not. */
function difference(actual, expected, operator) {
  const shownActual = show(actual).split('\n');
  const shownExpected = show(expected).split('\n');
  let title = operator;
  if (operator === 'strictEqual' && isObject(actual) && isObject(expected) && typeof actual === typeof expected) {
    title = 'strictEqualObject';
  }
  let mark = '';
  if (shownActual.length === 1 && shownExpected.length === 1 && shownActual[0] !== shownExpected[0]) {
    const length = shownActual[0].length + shownExpected[0].length;
    if (length <= SHORT && !isObject(actual) && !isObject(expected) && (actual !== 0 || expected !== 0)) {
      return `${TITLES[title]}\n\n${shownActual[0]} !== ${shownExpected[0]}\n`;
    }
    if (!isObject(actual) && !isObject(expected) && length < LINE) {
      let same = 0;
      while (shownActual[0][same] === shownExpected[0][same]) {
        same++;
      }
      mark = same > 2 ? `\n  ${' '.repeat(same)}^` : '';
    }
  }
  if (shownActual.join('\n') === shownExpected.join('\n')) {
    return `${TITLES.notIdentical}\n\n${shownActual.join('\n')}\n`;
  }
  const { lines, skipped } = compared(shownActual, shownExpected);
  return `${TITLES[title]}\n+ actual - expected${skipped ? ' ... Lines skipped' : ''}\n\n${lines.join('\n')}${mark}`;
}

/** How many equal lines are shown before and after those that differ. */
const CONTEXT = 2;

/** Beyond so many pairs of lines a comparison that finds the fewest changes takes too long. */
const MOST_PAIRS = 4e6;

/** Marks each line as the actual value's (+), the expected one's (-), or both's. */
function compared(actual, expected) {
  const marked = merge(actual, expected);
  const isNear = (i) => {
    for (let j = Math.max(0, i - CONTEXT); j <= Math.min(marked.length - 1, i + CONTEXT); j++) {
      if (marked[j][0] !== ' ') {
        return true;
      }
    }
    return false;
  };
  const lines = [];
  let skipped = false;
  for (let i = 0; i < marked.length; ) {
    let end = i;
    while (end < marked.length && !isNear(end) && end !== 0 && end !== marked.length - 1) {
      end++;
    }
    if (end - i > 2) {
      lines.push('...');
      skipped = true;
      i = end;
    } else {
      lines.push(marked[i]);
      i++;
    }
  }
  return { lines, skipped };
}

function merge(actual, expected) {
  // Equal beginnings and ends need no search.
  const withComma = (line) => line.replace(/,$/, '');
  const same = (a, b) => withComma(a) === withComma(b);
  let begin = 0;
  while (begin < actual.length && begin < expected.length && same(actual[begin], expected[begin])) {
    begin++;
  }
  let end = 0;
  const least = Math.min(actual.length, expected.length) - begin;
  while (end < least && same(actual[actual.length - 1 - end], expected[expected.length - 1 - end])) {
    end++;
  }
  const a = actual.slice(begin, actual.length - end);
  const b = expected.slice(begin, expected.length - end);
  const both = (line, other) => `  ${line.length < other.length ? other : line}`;
  const from = actual.length - end;
  return [
    ...actual.slice(0, begin).map((line, i) => both(line, expected[i])),
    ...changes(a, b, same),
    ...actual.slice(from).map((line, i) => both(line, expected[expected.length - end + i])),
  ];
}

/** The lines between, by their longest common subsequence. */
function changes(a, b, same) {
  const added = (line) => `+ ${line}`;
  const missing = (line) => `- ${line}`;
  if (a.length * b.length > MOST_PAIRS) {
    return [...a.map(added), ...b.map(missing)];
  }
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] = same(a[i], b[j]) ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(a[i], b[j])) {
      lines.push(`  ${a[i]}`);
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      lines.push(added(a[i++]));
    } else {
      lines.push(missing(b[j++]));
    }
  }
  return lines;
}

/** Values this long are cut off where there is no comparison of lines. */
const LONGEST = 512;
const MOST_LINES = 50;

function notEqual(actual, operator) {
  const title = operator === 'notStrictEqual' && isObject(actual) ? TITLES.notStrictEqualObject : TITLES[operator];
  const lines = show(actual).split('\n');
  if (lines.length > MOST_LINES) {
    lines.length = MOST_LINES - 4;
    lines.push('...');
  }
  return lines.length === 1
    ? `${title}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`
    : `${title}\n\n${lines.join('\n')}\n`;
}

function plainMessage(actual, expected, operator) {
  const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text);
  const shownActual = show(actual);
  const shownExpected = show(expected);
  if (operator === 'deepEqual') {
    return `${TITLES.deepEqual}\n\n${cut(shownActual)}\n\nshould loosely deep-equal\n\n${cut(shownExpected)}`;
  }
  if (operator === 'notDeepEqual') {
    return shownActual === shownExpected
      ? `${TITLES.notDeepEqual}\n\n${cut(shownActual)}`
      : `${TITLES.notDeepEqualUnequal}\n\n${cut(shownActual)}\n\nshould not loosely deep-equal\n\n${cut(shownExpected)}`;
  }
  return `${cut(shownActual)} ${operator} ${cut(shownExpected)}`;
}

function messageFor(actual, expected, operator) {
  switch (operator) {
    case 'deepStrictEqual':
    case 'strictEqual':
      return difference(actual, expected, operator);
    case 'notDeepStrictEqual':
    case 'notStrictEqual':
      return notEqual(actual, operator);
    default:
      return plainMessage(actual, expected, operator);
  }
}

/** What an assertion that does not hold throws. */
class AssertionError extends Error {
  /**
   * @param {object} options message, actual, expected, operator
   */
  constructor(options) {
    validateObject(options, 'options');
    const { message, actual, expected, operator } = options;
    super(message !== undefined && message !== null ? String(message) : messageFor(actual, expected, operator));
    this.generatedMessage = message === undefined || message === null;
    Object.defineProperty(this, 'name', { value: 'AssertionError', configurable: true, writable: true, enumerable: false });
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    const stack = framed(this);
    if (typeof stack === 'string') {
      const head = /^(AssertionError|Error)(?= *[:\n]|$)/;
      const value = stack.replace(head, 'AssertionError [ERR_ASSERTION]');
      Object.defineProperty(this, 'stack', { value, configurable: true, writable: true, enumerable: false });
    }
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspect.custom](depth, options) {
    // What was compared may be large; the message has shown it already.
    const cut = (value) => (typeof value === 'string' && value.split('\n').length > 10 ? `${value.split('\n').slice(0, 10).join('\n')}\n...` : value);
    const { actual, expected } = this;
    this.actual = cut(actual);
    this.expected = cut(expected);
    const text = inspect(this, { ...options, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}

module.exports = { AssertionError };
