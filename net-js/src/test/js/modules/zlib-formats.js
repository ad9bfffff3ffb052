// zlib at once: each format there and back, options, and what is wrong with damaged data.
const assert = require('assert');
const zlib = require('zlib');
const { mustCall } = require('../common');

const text = Buffer.from('hello hello hello hello world '.repeat(500));
const noise = require('crypto').createHash('shake128', { outputLength: 100000 }).update('x').digest();
const PAIRS = [['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip']];
const OPTIONS = [undefined, { level: 0 }, { level: 9 }, { strategy: zlib.constants.Z_HUFFMAN_ONLY }, { windowBits: 9 }, { chunkSize: 64 }];
for (const [there, back] of PAIRS) {
  for (const data of [text, noise, Buffer.alloc(0)]) {
    for (const options of OPTIONS) {
      const packed = zlib[`${there}Sync`](data, options);
      assert.ok(zlib[`${back}Sync`](packed, options).equals(data), `${there} ${back} ${JSON.stringify(options)}`);
    }
  }
  zlib[there](text, mustCall((error, packed) => {
    assert.strictEqual(error, null);
    assert.ok(packed.length < 200);
    zlib[back](packed, mustCall((failure, unpacked) => assert.ok(unpacked.equals(text))));
  }));
}

// Made by gzip and by zlib
assert.strictEqual(zlib.gunzipSync(Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64')).toString(), 'hello');
assert.strictEqual(zlib.inflateSync(Buffer.from('789ccb48cdc9c90700062c0215', 'hex')).toString(), 'hello');
assert.strictEqual(zlib.deflateSync('hello').toString('hex'), '789ccb48cdc9c90700062c0215');

const gzipped = zlib.gzipSync(text);
const deflated = zlib.deflateSync(text);
assert.ok(zlib.gunzipSync(Buffer.concat([gzipped, gzipped, Buffer.alloc(10)])).equals(Buffer.concat([text, text])));
const small = zlib.deflateSync(text, { windowBits: 9 });
assert.strictEqual(small[0], 0x18);
assert.ok(zlib.inflateSync(small, { windowBits: 9 }).equals(text));
const dictionary = Buffer.from('hello world');
assert.ok(zlib.inflateSync(zlib.deflateSync(text, { dictionary }), { dictionary }).equals(text));

function damaged(bytes, fromEnd) {
  const copy = Buffer.from(bytes);
  copy[copy.length - fromEnd] ^= 1;
  return copy;
}
const FAILURES = [
  [() => zlib.gunzipSync(Buffer.from('no gzip at all')), 'Z_DATA_ERROR', 'incorrect header check'],
  [() => zlib.inflateSync(Buffer.from('no zlib at all')), 'Z_DATA_ERROR', 'incorrect header check'],
  [() => zlib.gunzipSync(Buffer.concat([gzipped, Buffer.from('more')])), 'Z_DATA_ERROR', 'incorrect header check'],
  [() => zlib.gunzipSync(gzipped.subarray(0, 20)), 'Z_BUF_ERROR', 'unexpected end of file'],
  [() => zlib.inflateRawSync(Buffer.alloc(0)), 'Z_BUF_ERROR', 'unexpected end of file'],
  [() => zlib.gunzipSync(damaged(gzipped, 6)), 'Z_DATA_ERROR', 'incorrect data check'],
  [() => zlib.gunzipSync(damaged(gzipped, 2)), 'Z_DATA_ERROR', 'incorrect length check'],
  [() => zlib.inflateSync(damaged(deflated, 1)), 'Z_DATA_ERROR', 'incorrect data check'],
  [() => zlib.inflateSync(deflated, { windowBits: 9 }), 'Z_DATA_ERROR', 'invalid window size'],
  [() => zlib.inflateSync(zlib.deflateSync(text, { dictionary })), 'Z_NEED_DICT', 'Missing dictionary'],
  [
    () => zlib.gunzipSync(gzipped, { maxOutputLength: 100 }),
    'ERR_BUFFER_TOO_LARGE',
    'Cannot create a Buffer larger than 100 bytes',
  ],
  [
    () => zlib.deflateSync(text, { level: 10 }),
    'ERR_OUT_OF_RANGE',
    'The value of "options.level" is out of range. It must be >= -1 and <= 9. Received 10',
  ],
];
for (const [action, code, message] of FAILURES) {
  assert.throws(action, { code, message });
}
zlib.gunzip(gzipped.subarray(0, 30), mustCall((error) => assert.strictEqual(error.errno, zlib.constants.Z_BUF_ERROR)));
assert.ok(zlib.gunzipSync(gzipped.subarray(0, 40), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).length <= text.length);
assert.strictEqual(zlib.crc32('hello'), 907060870);
assert.strictEqual(zlib.crc32('lo', zlib.crc32('hel')), 907060870);
