// What the options of util.inspect change.

const assert = require('assert');
const { inspect } = require('util');

const deep = { a: { b: { c: { d: { e: 1 } } } }, f: [[[[1]]]] };
const mixed = { s: 'text', n: 1, b: true, u: undefined, z: null, y: Symbol('q'), g: 10n, d: new Date(0), r: /x/, f() {} };
const accessors = { get a() { return { x: 1 }; }, set b(v) {}, get c() { return null; }, set c(v) {}, get t() { throw new Error('no'); } };
class Foo {
  constructor() {
    Object.defineProperty(this, 'hidden', { value: 1, enumerable: false });
    this.a = 1;
  }
  get got() {
    return 1;
  }
}

assert.strictEqual(inspect(deep, { depth: 0 }), '{ a: [Object], f: [Array] }');
assert.strictEqual(inspect(deep, { depth: null }), `{
  a: {
    b: { c: { d: { e: 1 } } }
  },
  f: [
    [ [ [ 1 ] ] ]
  ]
}`);
assert.strictEqual(inspect(deep, false, 1), '{ a: { b: [Object] }, f: [ [Array] ] }');
assert.strictEqual(inspect(deep, { compact: false }), `{
  a: {
    b: {
      c: [Object]
    }
  },
  f: [
    [
      [Array]
    ]
  ]
}`);
assert.strictEqual(inspect(deep, { compact: true, depth: 9 }), '{ a: { b: { c: { d: { e: 1 } } } }, f: [ [ [ [ 1 ] ] ] ] }');
assert.strictEqual(inspect(deep, { compact: 1 }), `{
  a: {
    b: { c: [Object] }
  },
  f: [
    [ [Array] ]
  ]
}`);
assert.strictEqual(inspect(mixed, { colors: true }), "{\n  s: \u001b[32m'text'\u001b[39m,\n  n: \u001b[33m1\u001b[39m,\n  b: \u001b[33mtrue\u001b[39m,\n  u: \u001b[90mundefined\u001b[39m,\n  z: \u001b[1mnull\u001b[22m,\n  y: \u001b[32mSymbol(q)\u001b[39m,\n  g: \u001b[33m10n\u001b[39m,\n  d: \u001b[35m1970-01-01T00:00:00.000Z\u001b[39m,\n  r: \u001b[31m/x/\u001b[39m,\n  f: \u001b[36m[Function: f]\u001b[39m\n}");
assert.strictEqual(inspect(mixed, { breakLength: 30 }), `{
  s: 'text',
  n: 1,
  b: true,
  u: undefined,
  z: null,
  y: Symbol(q),
  g: 10n,
  d: 1970-01-01T00:00:00.000Z,
  r: /x/,
  f: [Function: f]
}`);
assert.strictEqual(inspect(mixed, { breakLength: Infinity }), "{ s: 'text', n: 1, b: true, u: undefined, z: null, y: Symbol(q), g: 10n, d: 1970-01-01T00:00:00.000Z, r: /x/, f: [Function: f] }");
assert.strictEqual(inspect({ b: 1, a: 2, c: [3, 1, 2] }, { sorted: true }), '{ a: 2, b: 1, c: [ 3, 1, 2 ] }');
assert.strictEqual(inspect(new Set(['b', 'a']), { sorted: (a, b) => (a < b ? -1 : 1) }), "Set(2) { 'a', 'b' }");
assert.strictEqual(inspect(accessors, { getters: true }), `{
  a: [Getter] { x: 1 },
  b: [Setter],
  c: [Getter/Setter: null],
  t: [Getter: <Inspection threw (no)>]
}`);
assert.strictEqual(inspect(accessors, { getters: 'get' }), `{
  a: [Getter] { x: 1 },
  b: [Setter],
  c: [Getter/Setter],
  t: [Getter: <Inspection threw (no)>]
}`);
assert.strictEqual(inspect(accessors, { getters: 'set' }), '{ a: [Getter], b: [Setter], c: [Getter/Setter: null], t: [Getter] }');
assert.strictEqual(inspect(new Foo(), { showHidden: true }), 'Foo { [hidden]: 1, a: 1, [got]: [Getter] }');
assert.strictEqual(inspect([1, 2], { showHidden: true }), '[ 1, 2, [length]: 2 ]');
assert.strictEqual(inspect(new Uint8Array(2), { showHidden: true }), `Uint8Array(2) [
  0,
  0,
  [BYTES_PER_ELEMENT]: 1,
  [length]: 2,
  [byteLength]: 2,
  [byteOffset]: 0,
  [buffer]: ArrayBuffer { byteLength: 2 }
]`);
assert.strictEqual(inspect([1, 2, 3, 4], { maxArrayLength: 2 }), '[ 1, 2, ... 2 more items ]');
assert.strictEqual(inspect(new Set([1, 2, 3]), { maxArrayLength: 1 }), 'Set(3) { 1, ... 2 more items }');
assert.strictEqual(inspect(new Array(150).fill(0), { maxArrayLength: null }), `[
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0
]`);
assert.strictEqual(inspect('abcdefghij', { maxStringLength: 4 }), "'abcd'... 6 more characters");
assert.strictEqual(inspect([1234567, 1234.56789, 1234567n, -1234], { numericSeparator: true }), '[ 1_234_567, 1_234.567_89, 1_234_567n, -1_234 ]');
assert.strictEqual(inspect({ x: { [inspect.custom]: () => 'own' } }, { customInspect: false }), `{
  x: {
    [Symbol(nodejs.util.inspect.custom)]: [Function: [nodejs.util.inspect.custom]]
  }
}`);
assert.strictEqual(inspect({ x: { [inspect.custom]: (depth, { extra }) => extra } }, { extra: 'given' }), '{ x: given }');
assert.strictEqual(inspect({ a: 1 }, { stylize: (text, style) => `<${style}>${text}` }), '{ <name>a: <number>1 }');
assert.strictEqual(inspect(new Array(30).fill('abcdef'), { breakLength: 40 }), `[
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef',
  'abcdef', 'abcdef', 'abcdef'
]`);
assert.strictEqual(inspect({ a: Array.from({ length: 12 }, (_, i) => ({ i })) }, { compact: 3, breakLength: 120 }), `{
  a: [
    { i: 0 },  { i: 1 },
    { i: 2 },  { i: 3 },
    { i: 4 },  { i: 5 },
    { i: 6 },  { i: 7 },
    { i: 8 },  { i: 9 },
    { i: 10 }, { i: 11 }
  ]
}`);
