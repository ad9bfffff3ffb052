// util: promises and callbacks, deprecation, command lines, media types, encodings, kinds of values.

const assert = require('assert');
const util = require('util');

const done = [];

// Promises and callbacks
const named = (value, callback) => callback(null, value * 2);
named.extra = 1;
const promised = util.promisify(named);
assert.strictEqual(promised.name, 'named');
assert.strictEqual(promised.extra, 1);
promised(4).then((value) => done.push(value));
util.callbackify(async (value) => value)(3, (error, value) => done.push(value));
util.callbackify(() => Promise.reject(null))((error) => done.push(error.code));
assert.throws(() => util.promisify(5), { code: 'ERR_INVALID_ARG_TYPE', message: /"original" argument must be of type function/ });

// Command lines
const options = { all: { type: 'boolean', short: 'a' }, name: { type: 'string', short: 'n', multiple: true } };
const parsed = util.parseArgs({ args: ['-an1', '--name=2', 'x', '--', '-y'], options, allowPositionals: true });
assert.deepStrictEqual({ ...parsed.values }, { all: true, name: ['1', '2'] });
assert.deepStrictEqual(parsed.positionals, ['x', '-y']);
assert.throws(() => util.parseArgs({ args: ['--none'], options }), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
assert.throws(() => util.parseArgs({ args: ['x'], options }), { code: 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' });
assert.throws(() => util.parseArgs({ args: ['--name'], options }), { code: 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' });

// Encodings
const decoder = new TextDecoder();
assert.strictEqual(decoder.decode(new Uint8Array([0xef, 0xbb, 0xbf, 0xe2, 0x82]), { stream: true }), '');
assert.strictEqual(decoder.decode(new Uint8Array([0xac])), '€');
assert.strictEqual(decoder.decode(new Uint8Array([97, 0xff])), 'a\ufffd');
assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])), {
  name: 'TypeError',
  code: 'ERR_ENCODING_INVALID_ENCODED_DATA',
});
assert.throws(() => new TextDecoder('none'), { name: 'RangeError', code: 'ERR_ENCODING_NOT_SUPPORTED' });
assert.strictEqual(new TextDecoder('latin1').encoding, 'windows-1252');
assert.strictEqual(new TextDecoder('utf-16le').decode(new Uint8Array([97, 0, 98, 0])), 'ab');
assert.deepStrictEqual([...new TextEncoder().encode('é\ud800')], [0xc3, 0xa9, 0xef, 0xbf, 0xbd]);
assert.deepStrictEqual(new TextEncoder().encodeInto('aé€', new Uint8Array(4)), { read: 2, written: 3 });

// Media types
const type = new util.MIMEType('text/HTML; charset=utf-8;q="a b"');
assert.strictEqual(String(type), 'text/html;charset=utf-8;q="a b"');
assert.strictEqual(type.params.get('charset'), 'utf-8');
assert.throws(() => new util.MIMEType('none'), { code: 'ERR_INVALID_MIME_SYNTAX' });

// Kinds
const { types } = util;
for (const [test, yes, no] of [
  ['isDate', new Date(), Object.create(Date.prototype)],
  ['isMap', new Map(), new Set()],
  ['isProxy', new Proxy({}, {}), {}],
  ['isPromise', Promise.resolve(), { then() {} }],
  ['isAsyncFunction', async () => {}, () => {}],
  ['isGeneratorFunction', function* () {}, () => {}],
  ['isRegExp', /x/, {}],
  ['isNativeError', new TypeError(), { name: 'Error' }],
  ['isUint8Array', Buffer.alloc(1), []],
  ['isBoxedPrimitive', Object(1n), 1],
  ['isAnyArrayBuffer', new ArrayBuffer(1), Buffer.alloc(1)],
  ['isWeakMap', new WeakMap(), new Map()],
]) {
  assert.strictEqual(types[test](yes), true, test);
  assert.strictEqual(types[test](no), false, test);
}

// The rest
assert.strictEqual(util.isDeepStrictEqual({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] }), true);
assert.strictEqual(util.isDeepStrictEqual([0], [-0]), false);
assert.strictEqual(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), 'red');
assert.strictEqual(util.styleText('red', 'x', { validateStream: false }), '\u001b[31mx\u001b[39m');
assert.strictEqual(util.getSystemErrorName(-2), 'ENOENT');
assert.strictEqual(util.toUSVString('a\ud800'), 'a\ufffd');
assert.strictEqual(util.isArray([]) && util.isString('') && !util.isNumber('1'), true);
class Base {}
function Derived() {}
util.inherits(Derived, Base);
assert.ok(new Derived() instanceof Base && Derived.super_ === Base);

process.on('exit', () => assert.deepStrictEqual(done.sort(), [3, 8, 'ERR_FALSY_VALUE_REJECTION']));
