// What util.inspect shows of values of each kind, as Node does.

const assert = require('assert');
const { inspect } = require('util');

class Foo {
  constructor() {
    this.a = 1;
  }
}
class Bar extends Foo {
  get g() {
    return 1;
  }
}
const circular = { a: 1 };
circular.self = circular;
circular.within = { circular };
const keyed = {};
keyed.map = new Map([[keyed, keyed]]);
keyed.list = [keyed];
const upTo = (length) => Array.from({ length }, (_, i) => i);


// Primitives
assert.strictEqual(inspect([1, -0, 1.5, NaN, true, null, undefined, 10n, Symbol('x')]), `[
  1,         -0,
  1.5,       NaN,
  true,      null,
  undefined, 10n,
  Symbol(x)
]`);
assert.strictEqual(inspect(["it's", 'a"b\'', '`\'"', '\n\t\x00\x7f\u0085', '\ud83d']), "[ \"it's\", `a\"b'`, '`\\'\"', '\\n\\t\\x00\\x7F\\x85', '\\ud83d' ]");
assert.strictEqual(inspect({ a: 'line one\nline two\n' + 'z'.repeat(80) }), "{\n  a: 'line one\\n' +\n    'line two\\n' +\n    'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'\n}");

// Circles
assert.strictEqual(inspect(circular), `<ref *1> {
  a: 1,
  self: [Circular *1],
  within: { circular: [Circular *1] }
}`);
assert.strictEqual(inspect(keyed), `<ref *1> {
  map: Map(1) { [Circular *1] => [Circular *1] },
  list: [ [Circular *1] ]
}`);

// Arrays
assert.strictEqual(inspect(upTo(27)), `[
   0,  1,  2,  3,  4,  5,  6,  7,
   8,  9, 10, 11, 12, 13, 14, 15,
  16, 17, 18, 19, 20, 21, 22, 23,
  24, 25, 26
]`);
assert.strictEqual(inspect(Array.from({ length: 120 }, (_, i) => i * 37)), `[
     0,   37,   74,  111,  148,  185,  222,  259,  296,  333,
   370,  407,  444,  481,  518,  555,  592,  629,  666,  703,
   740,  777,  814,  851,  888,  925,  962,  999, 1036, 1073,
  1110, 1147, 1184, 1221, 1258, 1295, 1332, 1369, 1406, 1443,
  1480, 1517, 1554, 1591, 1628, 1665, 1702, 1739, 1776, 1813,
  1850, 1887, 1924, 1961, 1998, 2035, 2072, 2109, 2146, 2183,
  2220, 2257, 2294, 2331, 2368, 2405, 2442, 2479, 2516, 2553,
  2590, 2627, 2664, 2701, 2738, 2775, 2812, 2849, 2886, 2923,
  2960, 2997, 3034, 3071, 3108, 3145, 3182, 3219, 3256, 3293,
  3330, 3367, 3404, 3441, 3478, 3515, 3552, 3589, 3626, 3663,
  ... 20 more items
]`);
assert.strictEqual(inspect(Array.from({ length: 30 }, (_, i) => `str${i * i}`)), `[
  'str0',   'str1',   'str4',
  'str9',   'str16',  'str25',
  'str36',  'str49',  'str64',
  'str81',  'str100', 'str121',
  'str144', 'str169', 'str196',
  'str225', 'str256', 'str289',
  'str324', 'str361', 'str400',
  'str441', 'str484', 'str529',
  'str576', 'str625', 'str676',
  'str729', 'str784', 'str841'
]`);
assert.strictEqual(inspect([1, 'a', 2, 'b', 3, 'c', 4, 'd']), `[
  1, 'a', 2, 'b',
  3, 'c', 4, 'd'
]`);
assert.strictEqual(inspect([1, , 3, , , 6]), '[ 1, <1 empty item>, 3, <2 empty items>, 6 ]');
assert.strictEqual(inspect(new Array(5)), '[ <5 empty items> ]');
assert.strictEqual(inspect(Object.assign(new Array(200), { 150: 1 })), '[ <150 empty items>, 1, <49 empty items> ]');
assert.strictEqual(inspect(Object.assign([1, 2], { x: 1, '-1': 2 })), "[ 1, 2, x: 1, '-1': 2 ]");
assert.strictEqual(inspect([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), '[ [ 1, 2, 3 ], [ 4, 5, 6 ], [ 7, 8, 9 ] ]');
assert.strictEqual(inspect(upTo(8).map(() => upTo(8))), `[
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ],
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ],
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ],
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ],
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ],
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ],
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ],
  [
    0, 1, 2, 3,
    4, 5, 6, 7
  ]
]`);
assert.strictEqual(inspect(new (class Sub extends Array {})(1, 2, 3)), 'Sub(3) [ 1, 2, 3 ]');
assert.strictEqual(inspect(Object.setPrototypeOf([1, 2], null)), '[Array(2): null prototype] [ 1, 2 ]');

// Objects
assert.strictEqual(inspect([new Foo(), new Bar(), Foo.prototype, Bar.prototype, Object.create(Foo.prototype)]), '[ Foo { a: 1 }, Bar { a: 1 }, {}, Foo {}, Foo {} ]');
assert.strictEqual(inspect([Object.create(null), Object.assign(Object.create(null), { x: 1 }), Object.create({ a: 1 })]), '[ [Object: null prototype] {}, [Object: null prototype] { x: 1 }, {} ]');
assert.strictEqual(inspect({ a: { b: { c: { d: 1 } } }, l: [[[[1]]]] }), '{ a: { b: { c: [Object] } }, l: [ [ [Array] ] ] }');
assert.strictEqual(inspect({ a: { b: { c: new Foo(), d: [], e: {}, f: new Map(), g: new Map([[1, 2]]), h: Object.create(null), i: [1] } } }), `{
  a: {
    b: {
      c: [Foo],
      d: [],
      e: {},
      f: Map(0) {},
      g: [Map],
      h: [Object: null prototype] {},
      i: [Array]
    }
  }
}`);
assert.strictEqual(inspect({ a: 1, 'a-b': 2, $d: 3, _e: 4, 1: 5, 'é': 6, [Symbol('s y')]: 7, ['__proto__']: 8, '': 9, "q'q": 10 }), `{
  '1': 5,
  a: 1,
  'a-b': 2,
  '$d': 3,
  _e: 4,
  'é': 6,
  ['__proto__']: 8,
  '': 9,
  "q'q": 10,
  [Symbol(s y)]: 7
}`);
assert.strictEqual(inspect({ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} }), '{ a: [Getter], b: [Setter], c: [Getter/Setter] }');
assert.strictEqual(inspect(Object.fromEntries(upTo(30).map((i) => [`key${i}`, i]))), `{
  key0: 0,
  key1: 1,
  key2: 2,
  key3: 3,
  key4: 4,
  key5: 5,
  key6: 6,
  key7: 7,
  key8: 8,
  key9: 9,
  key10: 10,
  key11: 11,
  key12: 12,
  key13: 13,
  key14: 14,
  key15: 15,
  key16: 16,
  key17: 17,
  key18: 18,
  key19: 19,
  key20: 20,
  key21: 21,
  key22: 22,
  key23: 23,
  key24: 24,
  key25: 25,
  key26: 26,
  key27: 27,
  key28: 28,
  key29: 29
}`);
assert.strictEqual(inspect({ a: [{ x: 1, y: 2 }, { x: 3, y: 4 }], b: { c: {}, d: [] } }), '{ a: [ { x: 1, y: 2 }, { x: 3, y: 4 } ], b: { c: {}, d: [] } }');
assert.strictEqual(inspect({ aaaaaaaaaaaaaaaaaaaaaaaaa: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbb', cccccccccccccccccccccc: 'dddddddddddddddddddddddd', e: 1 }), `{
  aaaaaaaaaaaaaaaaaaaaaaaaa: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
  cccccccccccccccccccccc: 'dddddddddddddddddddddddd',
  e: 1
}`);
assert.strictEqual(inspect((function () { return arguments; })(1, 'b')), "[Arguments] { '0': 1, '1': 'b' }");

// Tags
assert.strictEqual(inspect({ [Symbol.toStringTag]: 'Tag', a: 1 }), "{ a: 1, [Symbol(Symbol.toStringTag)]: 'Tag' }");
assert.strictEqual(inspect(new (class T { get [Symbol.toStringTag]() { return 'X'; } })()), 'T [X] {}');
assert.strictEqual(inspect([Math.constructor, JSON, (function* () {})(), [1].values()]), `[
  [Function: Object],
  Object [JSON] {},
  Object [Generator] {},
  Object [Array Iterator] {}
]`);

// Functions and classes
assert.strictEqual(inspect([() => {}, function named() {}, async () => {}, async function af() {}, function* g() {}, async function* ag() {}]), `[
  [Function (anonymous)],
  [Function: named],
  [AsyncFunction (anonymous)],
  [AsyncFunction: af],
  [GeneratorFunction: g],
  [AsyncGeneratorFunction: ag]
]`);
assert.strictEqual(inspect([class {}, class A {}, class B extends Foo {}, class C extends null {}, Math.max]), `[
  [class (anonymous)],
  [class A],
  [class B extends Foo],
  [class C],
  [Function: max]
]`);
assert.strictEqual(inspect(Object.assign(function f() {}, { a: 1 })), '[Function: f] { a: 1 }');
assert.strictEqual(inspect(Object.setPrototypeOf(function nf() {}, null)), '[Function (null prototype): nf]');

// Collections and buffers
assert.strictEqual(inspect(new Map([['a', 1], [{ b: 2 }, new Map([[1, 2]])]])), "Map(2) { 'a' => 1, { b: 2 } => Map(1) { 1 => 2 } }");
assert.strictEqual(inspect([new Set([1, 'a', { x: 1 }]), new Map(), new Set(), Object.assign(new Map([[1, 2]]), { x: 1 })]), `[
  Set(3) { 1, 'a', { x: 1 } },
  Map(0) {},
  Set(0) {},
  Map(1) { 1 => 2, x: 1 }
]`);
assert.strictEqual(inspect(new (class M extends Map {})([[1, 2]])), 'M(1) [Map] { 1 => 2 }');
assert.strictEqual(inspect(Object.setPrototypeOf(new Map([[1, 2]]), null)), '[Map(1): null prototype] { 1 => 2 }');
assert.strictEqual(inspect([new Uint8Array([1, 2, 3]), new Float64Array(2), new BigInt64Array(2), new Uint8Array(0)]), `[
  Uint8Array(3) [ 1, 2, 3 ],
  Float64Array(2) [ 0, 0 ],
  BigInt64Array(2) [ 0n, 0n ],
  Uint8Array(0) []
]`);
assert.strictEqual(inspect([new ArrayBuffer(4), new DataView(new ArrayBuffer(4), 1, 2)]), `[
  ArrayBuffer { [Uint8Contents]: <00 00 00 00>, byteLength: 4 },
  DataView {
    byteLength: 2,
    byteOffset: 1,
    buffer: ArrayBuffer { [Uint8Contents]: <00 00 00 00>, byteLength: 4 }
  }
]`);
assert.strictEqual(inspect(new Uint8Array(200)), `Uint8Array(200) [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0,
  ... 100 more items
]`);
assert.strictEqual(inspect([Buffer.from('hello'), Buffer.alloc(0), Object.assign(Buffer.from('ab'), { x: 1 })]), '[ <Buffer 68 65 6c 6c 6f>, <Buffer >, <Buffer 61 62, x: 1> ]');
assert.strictEqual(inspect(Buffer.alloc(60)), '<Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ... 10 more bytes>');

// Dates, patterns, boxes, promises
assert.strictEqual(inspect([new Date(0), new Date(NaN), Object.assign(new Date(0), { x: 1 }), new (class D extends Date {})(0)]), `[
  1970-01-01T00:00:00.000Z,
  Invalid Date,
  1970-01-01T00:00:00.000Z { x: 1 },
  D 1970-01-01T00:00:00.000Z
]`);
assert.strictEqual(inspect([/a\/b/gi, Object.assign(/x/, { y: 1 }), new (class R extends RegExp {})('x')]), "[ /a\\/b/gi, /x/ { y: 1 }, R /x/ ]");
assert.strictEqual(inspect([new Number(1), new Number(-0), new String('ab'), new Boolean(false), Object(1n), Object(Symbol('q'))]), `[
  [Number: 1],
  [Number: -0],
  [String: 'ab'],
  [Boolean: false],
  [BigInt: 1n],
  [Symbol: Symbol(q)]
]`);
assert.strictEqual(inspect([Object.assign(new String('ab'), { x: 1 }), new (class N extends Number {})(3)]), "[ [String: 'ab'] { x: 1 }, [Number (N): 3] ]");
assert.strictEqual(inspect([Promise.resolve(5), Promise.resolve('x'), new Promise(() => {}), Promise.resolve()]), `[
  Promise { 5 },
  Promise { 'x' },
  Promise { <pending> },
  Promise { undefined }
]`);

// By the value's own method
assert.strictEqual(inspect({ x: { [inspect.custom]: (depth, options, show) => `own ${depth} ${show === inspect} ${options.depth}` } }), '{ x: own 1 true 2 }');
assert.strictEqual(inspect({ x: { [inspect.custom]: () => 'a\nb' } }), `{
  x: a
  b
}`);
assert.strictEqual(inspect({ x: { [inspect.custom]: () => ({ a: 1 }) } }), '{ x: { a: 1 } }');
assert.strictEqual(inspect({ [inspect.custom]() { return this; } }), `{
  [Symbol(nodejs.util.inspect.custom)]: [Function: [nodejs.util.inspect.custom]]
}`);
assert.strictEqual(inspect({ inspect() { return 'no'; } }), '{ inspect: [Function: inspect] }');
