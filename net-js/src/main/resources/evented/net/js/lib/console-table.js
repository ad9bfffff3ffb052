'use strict';
// console.table: rows and columns in a frame.

const { inspect } = require('inner/inspect');
const { width } = require('inner/inspect-layout');
const { types } = require('inner/types');

/**
 * Draws a table.
 * @param {object} value rows: the values of an object, or the entries of a collection
 * @param {string[]} [properties] the columns, if not all
 * @param {object} [options] for inspect
 * @returns {string}
 */
exports.table = function table(value, properties, options) {
  const cell = (item) => {
    const isLarge = item !== null && typeof item === 'object' && !Array.isArray(item) && Object.keys(item).length > 2;
    return inspect(item, { maxArrayLength: 3, breakLength: Infinity, ...options, depth: isLarge ? -1 : 0 });
  };
  if (types.isMap(value) || types.isSet(value)) {
    return drawCollection(value, cell);
  }
  const index = Object.keys(value);
  const columns = new Map();
  const primitives = [];
  index.forEach((key, row) => {
    const item = value[key];
    if (item === null || (typeof item !== 'object' && typeof item !== 'function')) {
      primitives[row] = cell(item);
      return;
    }
    for (const name of properties || Object.keys(item)) {
      if (!columns.has(name)) {
        columns.set(name, []);
      }
      columns.get(name)[row] = Object.hasOwn(item, name) ? cell(item[name]) : '';
    }
  });
  for (const name of properties || []) {
    if (!columns.has(name)) {
      columns.set(name, []);
    }
  }
  const heads = ['(index)', ...columns.keys()];
  const all = [index, ...columns.values()];
  if (primitives.length > 0) {
    heads.push('Values');
    all.push(primitives);
  }
  return draw(heads, all);
};

function drawCollection(value, cell) {
  const numbers = Array.from({ length: value.size }, (_, i) => String(i));
  return types.isMap(value)
    ? draw(['(iteration index)', 'Key', 'Values'], [numbers, [...value.keys()].map(cell), [...value.values()].map(cell)])
    : draw(['(iteration index)', 'Values'], [numbers, [...value].map(cell)]);
}

function draw(heads, columns) {
  const rows = Math.max(0, ...columns.map((column) => column.length));
  const widths = columns.map((column, i) => Math.max(width(heads[i]), ...Array.from(column, (text) => width(text || ''))) + 2);
  const lines = widths.map((size) => '─'.repeat(size));
  const row = (texts) => {
    const cells = texts.map((text, i) => ` ${text}${' '.repeat(widths[i] - width(text) - 1)}`);
    return `│${cells.join('│')}│`;
  };
  const drawn = [`┌${lines.join('┬')}┐`, row(heads), `├${lines.join('┼')}┤`];
  for (let i = 0; i < rows; i++) {
    drawn.push(row(columns.map((column) => column[i] || '')));
  }
  drawn.push(`└${lines.join('┴')}┘`);
  return drawn.join('\n');
}
