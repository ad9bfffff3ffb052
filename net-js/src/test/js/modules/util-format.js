// util.format and util.formatWithOptions: placeholders and what follows them.

const assert = require('assert');
const { format, formatWithOptions } = require('util');

class A {
  toString() {
    return 'as text';
  }
}
const circular = {};
circular.self = circular;

assert.strictEqual(format('%s %s %s %s', 1, -0, 10n, Symbol('a')), '1 -0 10n Symbol(a)');
assert.strictEqual(format('%s %s %s', { a: { b: 1 } }, [1, [2]], null), '{ a: [Object] } [ 1, [Array] ] null');
assert.strictEqual(format('%s %s %s', new A(), new (class extends A {})(), Object.create(null)), 'as text as text [Object: null prototype] {}');
assert.strictEqual(format('%s %s', new Date(0), { toString: () => 'own' }), '1970-01-01T00:00:00.000Z own');
assert.strictEqual(format('%s %s', () => {}, class Q {}), '() => {} class Q {}');
assert.strictEqual(format('%d %d %d %d %d %d', '42', {}, 1n, Symbol('x'), 'x', ''), '42 NaN 1n NaN NaN 0');
assert.strictEqual(format('%i %i %i', 42.9, '12px', {}), '42 12 NaN');
assert.strictEqual(format('%f %f %f', '1.5x', Symbol('x'), 'x'), '1.5 NaN NaN');
assert.strictEqual(format('%j %j %j', { a: 1 }, undefined, circular), '{"a":1} undefined [Circular]');
assert.strictEqual(format('%o', { a: [1, { b: 2 }] }), '{ a: [ 1, { b: 2 }, [length]: 2 ] }');
assert.strictEqual(format('%O', { a: { b: { c: { d: {} } } } }), '{ a: { b: { c: [Object] } } }');
assert.strictEqual(format('%c%s', 'css', 'x'), 'x');
assert.strictEqual(format('%%'), '%%');
assert.strictEqual(format('%% %s', 'a'), '% a');
assert.strictEqual(format('%', 'a'), '% a');
assert.strictEqual(format('%s%s', 'a'), 'a%s');
assert.strictEqual(format('%s'), '%s');
assert.strictEqual(format('a%x', 'b'), 'a%x b');
assert.strictEqual(format('%s %% %d', 'a', 1, 'b', { c: 1 }), 'a % 1 b { c: 1 }');
assert.strictEqual(format(1, 'a', { b: 1 }), '1 a { b: 1 }');
assert.strictEqual(format({ a: 1 }, '%s', 1), '{ a: 1 } %s 1');
assert.strictEqual(format('100%', 'x'), '100% x');
assert.strictEqual(format(''), '');
assert.strictEqual(format(), '');
assert.strictEqual(formatWithOptions({ colors: true }, '%s %O %d', { a: 1 }, { a: 1 }, 5, 'x', 7), "{ a: 1 } { a: \u001b[33m1\u001b[39m } 5 x \u001b[33m7\u001b[39m");
assert.strictEqual(formatWithOptions({ numericSeparator: true }, '%d %i', 1234567, 1234567), '1_234_567 1_234_567');

assert.throws(() => formatWithOptions('x', 'y'), { code: 'ERR_INVALID_ARG_TYPE', message: /"inspectOptions" argument must be of type object/ });
