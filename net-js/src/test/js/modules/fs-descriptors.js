// fs by descriptors and by FileHandle: open, write, read, stat, truncate, close.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const util = require('util');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evented-fs-'));
const file = path.join(folder, 'file');

let fd = fs.openSync(file, 'w+');
assert.strictEqual(fs.writeSync(fd, 'hello '), 6);
assert.strictEqual(fs.writeSync(fd, Buffer.from('--world--'), 2, 5), 5);
assert.strictEqual(fs.writeSync(fd, 'J', 0), 1);
const bytes = Buffer.alloc(20);
assert.strictEqual(fs.readSync(fd, bytes, 1, 11, 0), 11);
assert.strictEqual(bytes.toString('latin1', 1, 12), 'Jello world');
assert.strictEqual(fs.readSync(fd, bytes, { position: 6, length: 5 }), 5);
assert.strictEqual(bytes.toString('latin1', 0, 5), 'world');
assert.strictEqual(fs.fstatSync(fd).size, 11);
fs.ftruncateSync(fd, 5);
fs.fsyncSync(fd);
assert.strictEqual(fs.fstatSync(fd).size, 5);
fs.closeSync(fd);
assert.strictEqual(fs.readFileSync(file, 'utf8'), 'Jello');

assert.throws(() => fs.closeSync(fd), { code: 'EBADF', syscall: 'close', message: 'EBADF: bad file descriptor, close' });
assert.throws(() => fs.openSync(path.join(folder, 'none'), 'r'), { code: 'ENOENT', syscall: 'open' });
assert.throws(() => fs.openSync(file, 'wx'), { code: 'EEXIST' });
assert.throws(() => fs.openSync(file, 'q'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => fs.writeSync('x', 'y'), { code: 'ERR_INVALID_ARG_TYPE' });

fd = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_APPEND);
fs.writeSync(fd, '!');
assert.strictEqual(fs.readFileSync(fd, 'utf8'), '');
fs.closeSync(fd);
assert.strictEqual(fs.readFileSync(file, 'utf8'), 'Jello!');

async function main() {
  const opened = await util.promisify(fs.open)(file, 'r+');
  const { bytesWritten } = await util.promisify(fs.write)(opened, 'H', 0);
  assert.strictEqual(bytesWritten, 1);
  const { bytesRead, buffer } = await util.promisify(fs.read)(opened, Buffer.alloc(6), 0, 6, 0);
  assert.strictEqual(buffer.toString('utf8', 0, bytesRead), 'Hello!');
  assert.strictEqual((await util.promisify(fs.fstat)(opened)).size, 6);
  await util.promisify(fs.close)(opened);

  const handle = await fs.promises.open(file, 'r+');
  assert.strictEqual(typeof handle.fd, 'number');
  assert.strictEqual(await handle.readFile('utf8'), 'Hello!');
  assert.strictEqual((await handle.stat()).size, 6);
  await handle.truncate(2);
  await handle.close();
  assert.strictEqual(await fs.promises.readFile(file, 'utf8'), 'He');
  await handle.close(); // as often as one likes
  await assert.rejects(handle.stat(), { code: 'EBADF' });

  fs.mkdirSync(path.join(folder, 'a/b'), { recursive: true });
  fs.copyFileSync(file, path.join(folder, 'a/b/copy'));
  assert.throws(() => fs.copyFileSync(file, path.join(folder, 'a/b/copy'), fs.constants.COPYFILE_EXCL), { code: 'EEXIST' });
  assert.deepStrictEqual(fs.readdirSync(folder, { recursive: true }).sort(), ['a', 'a/b', 'a/b/copy', 'file']);
  const entries = await fs.promises.readdir(folder, { withFileTypes: true });
  assert.deepStrictEqual(entries.map((entry) => [entry.name, entry.isDirectory()]).sort(), [['a', true], ['file', false]]);
  assert.strictEqual(fs.statSync(path.join(folder, 'none'), { throwIfNoEntry: false }), undefined);
  fs.utimesSync(file, 1, 2);
  assert.strictEqual(fs.statSync(file).mtimeMs, 2000);
  await fs.promises.rm(folder, { recursive: true });
  assert.strictEqual(fs.existsSync(folder), false);
  fs.rmSync(folder, { force: true });
  assert.throws(() => fs.symlinkSync('a', 'b'), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
}
main();
