// zlib in pieces: flushing, members that end within a piece, errors.
const assert = require('assert');
const zlib = require('zlib');
const { mustCall, mustNotCall } = require('../common');

const noise = require('crypto').createHash('shake128', { outputLength: 50000 }).update('x').digest();
for (const [there, back] of [['Deflate', 'Inflate'], ['Gzip', 'Gunzip'], ['DeflateRaw', 'InflateRaw'], ['Gzip', 'Unzip']]) {
  const packer = zlib[`create${there}`]();
  const chunks = [];
  packer
    .pipe(zlib[`create${back}`]())
    .on('data', (chunk) => chunks.push(chunk))
    .on('end', mustCall(() => {
      assert.ok(Buffer.concat(chunks).equals(noise), there);
      assert.strictEqual(packer.bytesWritten, noise.length);
    }));
  for (let at = 0; at < noise.length; at += 777) {
    packer.write(noise.subarray(at, at + 777));
  }
  packer.end();
}

// Two members, byte by byte
const members = Buffer.concat([zlib.gzipSync('one '), zlib.gzipSync('two')]);
const slow = zlib.createGunzip();
let said = '';
slow.on('data', (chunk) => (said += chunk)).on('end', mustCall(() => assert.strictEqual(said, 'one two')));
for (const byte of members) {
  slow.write(Buffer.from([byte]));
}
slow.end();

// What is flushed can be read before the end.
const deflate = zlib.createDeflate();
const inflate = zlib.createInflate();
deflate.on('data', (chunk) => inflate.write(chunk));
inflate.once('data', mustCall((first) => {
  assert.strictEqual(first.toString(), 'abc');
  inflate.once('data', mustCall((second) => {
    assert.strictEqual(second.toString(), 'def');
    deflate.close(mustCall());
    inflate.close();
  }));
  deflate.params(0, zlib.constants.Z_DEFAULT_STRATEGY, mustCall());
  deflate.write('def');
  deflate.flush(zlib.constants.Z_SYNC_FLUSH);
}));
deflate.write('abc');
deflate.flush();

const wrong = zlib.createGunzip();
wrong.on('data', mustNotCall('data of what is no gzip'));
wrong.on('error', mustCall((error) => {
  assert.strictEqual(error.code, 'Z_DATA_ERROR');
  assert.strictEqual(error.errno, -3);
  assert.strictEqual(error.message, 'incorrect header check');
}));
wrong.on('close', mustCall());
wrong.write('this is no gzip');

assert.ok(zlib.createGzip() instanceof zlib.Gzip);
assert.ok(zlib.Gzip() instanceof require('stream').Transform);
