const assert = require('assert');
const text = 'h\u00e9llo w\u00f6rld \u20ac \ud83d\ude00';
for (const encoding of ['utf8', 'utf16le', 'base64', 'hex', 'latin1', 'ascii']) {
  assert.strictEqual(Buffer.from(text, 'utf8').toString(encoding), Buffer.from(new Uint8Array(Buffer.from(text, 'utf8'))).toString(encoding));
}
assert.strictEqual(Buffer.from(text).toString(), text);
assert.strictEqual(Buffer.from('aGVsbG8gd29ybGQ=', 'base64').toString(), 'hello world');
assert.strictEqual(Buffer.from('68656c6c6f20776f726c64', 'hex').toString(), 'hello world');
assert.strictEqual(Buffer.byteLength(text), Buffer.from(text).length);
assert.strictEqual(Buffer.from('hello world').slice(6).toString('utf8', 0, 3), 'wor');
assert.strictEqual(Buffer.from('hello world').toString('utf8', 6), 'world');
assert.strictEqual(Buffer.from('hello world').toString('utf8', 8, 2), '');
assert.ok(Buffer.from('hello world') instanceof Buffer);
assert.ok(Buffer.isBuffer(Buffer.alloc(3)));
const written = Buffer.alloc(10);
written.writeUInt32BE(0xdeadbeef, 2);
assert.strictEqual(written.readUInt32BE(2), 0xdeadbeef);
assert.ok(Buffer.from('hello world').equals(Buffer.concat([Buffer.from('hello '), Buffer.from('world')])));
assert.strictEqual(require('buffer').Buffer, Buffer);
assert.strictEqual(new Buffer('old style use').toString(), 'old style use');
