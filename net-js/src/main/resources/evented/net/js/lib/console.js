'use strict';
// console: text to the standard output and the standard error.

const { format, inspect } = require('inner/inspect');

const counts = new Map();
const times = new Map();
let indent = '';

function out(fd, text) {
  binding.write(fd, (indent === '' ? text : indent + text.replace(/\n/g, '\n' + indent)) + '\n');
}

const console = (module.exports = {
  log: (...args) => out(1, args.length === 1 && typeof args[0] === 'string' ? args[0] : format(...args)),
  error: (...args) => out(2, format(...args)),
  dir: (value, options) => out(1, inspect(value, options)),
  trace: (...args) => {
    const stack = new Error().stack.split('\n').slice(1).join('\n');
    out(2, `Trace: ${format(...args)}\n${stack}`);
  },
  assert: (condition, ...args) => {
    if (!condition) {
      const detail = typeof args[0] === 'string' ? format(...args) : args.map((arg) => inspect(arg)).join(' ');
      out(2, args.length === 0 ? 'Assertion failed' : `Assertion failed: ${detail}`);
    }
  },
  count: (label = 'default') => {
    counts.set(label, (counts.get(label) || 0) + 1);
    out(1, `${label}: ${counts.get(label)}`);
  },
  countReset: (label = 'default') => counts.delete(label),
  time: (label = 'default') => {
    times.set(label, binding.nanoTime());
  },
  timeLog: (label = 'default', ...args) => {
    if (times.has(label)) {
      const took = ((binding.nanoTime() - times.get(label)) / 1e6).toFixed(3);
      out(1, format(`${label}: ${took}ms`, ...args));
    } else {
      out(2, `Warning: No such label '${label}' for console.time()`);
    }
  },
  timeEnd: (label = 'default') => {
    console.timeLog(label);
    times.delete(label);
  },
  group: (...args) => {
    if (args.length > 0) {
      console.log(...args);
    }
    indent += '  ';
  },
  groupEnd: () => {
    indent = indent.slice(2);
  },
  table: (value) => out(1, inspect(value, { depth: 3 })),
});
console.info = console.log;
console.debug = console.log;
console.warn = console.error;
console.dirxml = console.log;
console.groupCollapsed = console.group;
