const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const file = path.join(os.tmpdir(), `evented-fs-${process.pid}-${Date.now()}`);
fs.writeFileSync(file, 'one ');
fs.appendFileSync(file, Buffer.from('two'));
assert.strictEqual(fs.readFileSync(file, 'utf8'), 'one two');
assert.ok(Buffer.isBuffer(fs.readFileSync(file)));
assert.ok(fs.existsSync(file));
assert.strictEqual(fs.statSync(file).size, 7);
assert.ok(fs.statSync(file).isFile());
assert.ok(fs.statSync(os.tmpdir()).isDirectory());
assert.throws(() => fs.readFileSync(`${file}-not`), (error) => error.code === 'ENOENT' && error.path === `${file}-not`);
let called = false;
fs.readFile(file, 'utf8', (error, text) => {
  called = true;
  assert.ifError(error);
  assert.strictEqual(text, 'one two');
  fs.promises.readFile(`${file}-not`).then(
    () => assert.fail('should fail'),
    (failure) => {
      assert.strictEqual(failure.code, 'ENOENT');
      fs.unlink(file, (problem) => {
        assert.ifError(problem);
        assert.strictEqual(fs.existsSync(file), false);
      });
    }
  );
});
assert.strictEqual(called, false);
