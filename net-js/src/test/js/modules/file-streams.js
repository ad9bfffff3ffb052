const assert = require('assert');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { pipeline, Writable } = require('stream');

const file = path.join(os.tmpdir(), `evented-streams-${process.pid}-${Date.now()}`);
const size = 300000;
const content = Buffer.alloc(size);
for (let i = 0; i < size; i++) {
  content[i] = i % 251;
}
let left = 8;
function passed() {
  if (--left === 0) {
    fs.unlinkSync(file);
  }
}
process.on('exit', (code) => assert.ok(code !== 0 || left === 0, `${left} left`));

function read(options, done) {
  const chunks = [];
  const stream = fs.createReadStream(file, options);
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('close', () => done(typeof chunks[0] === 'string' ? chunks.join('') : Buffer.concat(chunks), chunks, stream));
}

const writer = fs.createWriteStream(file);
assert.ok(writer instanceof fs.WriteStream && writer instanceof Writable);
const events = [];
for (const name of ['open', 'ready', 'drain', 'finish', 'close']) {
  writer.once(name, () => events.push(name));
}
assert.strictEqual(writer.pending, true);
assert.strictEqual(writer.write(content.slice(0, 100000)), false); // more than it takes at once
writer.write(content.slice(100000, 200000));
writer.once('drain', () => writer.end(content.slice(200000)));
writer.on('close', () => {
  assert.deepStrictEqual(events, ['open', 'ready', 'drain', 'finish', 'close']);
  assert.strictEqual(writer.bytesWritten, size);
  assert.strictEqual(fs.statSync(file).size, size);
  readings();
});

function readings() {
  read(undefined, (all, chunks, stream) => {
    assert.ok(all.equals(content));
    assert.ok(chunks.length >= 5 && chunks.every((chunk) => chunk.length <= 65536), 'in pieces');
    assert.strictEqual(stream.bytesRead, size);
    passed();
  });
  read({ start: 70000, end: 70009 }, (all) => {
    assert.deepStrictEqual([...all], [...content.slice(70000, 70010)]);
    passed();
  });
  read({ end: 4, encoding: 'hex' }, (text) => {
    assert.strictEqual(text, '0001020304');
    passed();
  });
  read({ start: size - 3, highWaterMark: 2 }, (all, chunks) => {
    assert.deepStrictEqual(chunks.map((chunk) => chunk.length), [2, 1]);
    passed();
  });

  // No more is read than is taken.
  const slow = fs.createReadStream(file, { highWaterMark: 1000 });
  slow.once('readable', () => {
    setTimeout(() => {
      assert.ok(slow.bytesRead <= 2000, `read ${slow.bytesRead}`);
      slow.destroy();
      slow.on('close', passed);
    }, 30);
  });

  // To a socket and back.
  const server = net.createServer((stream) => fs.createReadStream(file).pipe(stream));
  server.listen(0, '127.0.0.1', () => {
    const copy = `${file}-copy`;
    pipeline(net.createConnection(server.address().port, '127.0.0.1'), fs.createWriteStream(copy), (error) => {
      assert.ifError(error);
      assert.ok(fs.readFileSync(copy).equals(content));
      server.close();
      inPlace(copy);
    });
  });

  const missing = fs.createReadStream(`${file}-not`);
  missing.on('open', () => assert.fail('there is no such file'));
  missing.on('error', (error) => {
    assert.strictEqual(error.code, 'ENOENT');
    assert.strictEqual(error.syscall, 'open');
    assert.strictEqual(error.message, `ENOENT: no such file or directory, open '${file}-not'`);
    passed();
  });
  fs.createReadStream(os.tmpdir()).resume().on('error', (error) => {
    assert.strictEqual(error.code, 'EISDIR');
    passed();
  });
  assert.throws(() => fs.createReadStream(file, { start: 2, end: 1 }), RangeError);
  assert.throws(() => fs.createReadStream(file, { start: '2' }), TypeError);
  assert.throws(() => fs.createWriteStream(7), TypeError);
}

function inPlace(copy) {
  const patch = fs.createWriteStream(copy, { flags: 'r+', start: 10 });
  patch.end('patched');
  patch.on('close', () => {
    const more = fs.createWriteStream(copy, { flags: 'a' });
    more.write('78', 'hex');
    more.close(() => {
      const all = fs.readFileSync(copy);
      assert.strictEqual(all.length, size + 1);
      assert.strictEqual(all.toString('latin1', 9, 18), '\x09patched\x11');
      assert.strictEqual(all[size], 0x78);
      fs.unlinkSync(copy);
      fs.createWriteStream(file, { flags: 'wx' }).on('error', (error) => {
        assert.strictEqual(error.code, 'EEXIST');
        passed();
      });
    });
  });
}
