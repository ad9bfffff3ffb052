'use strict';
// What the prompt asks for: the text for a value, which becomes `_`, and the names that a line may go on with.

const { inspect } = require('inner/inspect');

let keeps = false; // whether `_` is the prompt's

function keep(value) {
  if (!keeps && '_' in globalThis) {
    return; // the script's own
  }
  keeps = true;
  Object.defineProperty(globalThis, '_', {
    get: () => value,
    set(own) {
      keeps = false;
      Object.defineProperty(globalThis, '_', { value: own, writable: true, enumerable: true, configurable: true });
    },
    enumerable: false,
    configurable: true,
  });
}

/**
 * Shows what a line has given, and keeps it as `_`.
 * @returns {string}
 */
exports.show = function show(value) {
  keep(value);
  return inspect(value);
};

const WORDS = ['async', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'export', 'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'return', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield'];
const COMMANDS = ['.break', '.clear', '.editor', '.exit', '.help', '.load', '.save'];

/**
 * The names that the end of a line may become.
 * @param {string} line what stands before the cursor
 * @returns {string[]} whole names, without what stands before the last dot
 */
exports.complete = function complete(line) {
  if (/^\s*\.\w*$/.test(line)) {
    return COMMANDS.filter((command) => command.startsWith(line.trim())).map((command) => command.slice(1));
  }
  const [, owner, start] = /((?:[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\??\.\s*)*)([\p{ID_Continue}$]*)$/u.exec(line);
  const before = line.slice(0, line.length - owner.length - start.length);
  let names;
  if (owner === '') {
    names = /[.\])'"`]\s*\.?\s*$/.test(before) && /\.\s*$/.test(before) ? [] : [...namesOf(globalThis), ...WORDS];
  } else {
    try {
      names = namesOf((0, eval)(owner.replace(/\??\.\s*$/, '')));
    } catch (error) {
      return [];
    }
  }
  return [...new Set(names)].filter((name) => name.startsWith(start) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)).sort();
};

function namesOf(value) {
  const names = [];
  for (let object = value === null || value === undefined ? null : Object(value); object; object = Object.getPrototypeOf(object)) {
    names.push(...Object.getOwnPropertyNames(object));
  }
  return names;
}
