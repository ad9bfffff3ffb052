'use strict';
// The colours of util.inspect and util.styleText: codes that begin and end each, and what is shown in which.

/** The number that switches a style on, and the one that switches it off. */
const colors = (exports.colors = Object.assign(Object.create(null), {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
}));

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const bright = (name) => (name === 'black' ? 'gray' : `${name}Bright`);
const capital = (name) => name[0].toUpperCase() + name.slice(1);
NAMES.forEach((name, i) => (colors[name] = [30 + i, 39]));
NAMES.forEach((name, i) => (colors[`bg${capital(name)}`] = [40 + i, 49]));
Object.assign(colors, { framed: [51, 54], overlined: [53, 55] });
NAMES.forEach((name, i) => (colors[bright(name)] = [90 + i, 39]));
NAMES.forEach((name, i) => (colors[`bg${capital(bright(name))}`] = [100 + i, 49]));

const OTHER_NAMES = {
  gray: ['grey', 'blackBright'],
  bgGray: ['bgGrey', 'bgBlackBright'],
  dim: ['faint'],
  strikethrough: ['crossedout', 'strikeThrough', 'crossedOut'],
  hidden: ['conceal'],
  inverse: ['swapColors', 'swapcolors'],
  doubleunderline: ['doubleUnderline'],
};
for (const name of Object.keys(OTHER_NAMES)) {
  for (const other of OTHER_NAMES[name]) {
    Object.defineProperty(colors, other, {
      get: () => colors[name],
      set: (value) => (colors[name] = value),
      configurable: true,
      enumerable: false,
    });
  }
}

/** What is shown in which colour; a function instead of a name colours by itself. */
const styles = (exports.styles = Object.assign(Object.create(null), {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
}));

/** Colours a text as values of a kind are. */
exports.colored = function colored(text, kind) {
  const style = styles[kind];
  if (style === undefined) {
    return text;
  }
  if (typeof style === 'function') {
    return style(text);
  }
  const color = colors[style];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
};

exports.plain = (text) => text;
