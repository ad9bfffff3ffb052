const assert = require('assert');
assert.ok(process.argv[1].endsWith('process.js'));
assert.strictEqual(process.env.HOME, '/home/nobody');
assert.strictEqual(process.cwd(), require('path').resolve('.'));
assert.ok(process.pid > 0);
assert.ok(/^v\d+\./.test(process.version));
assert.ok(process.versions.java);
assert.ok(process.memoryUsage().heapUsed > 0);
const [seconds, nanos] = process.hrtime(process.hrtime());
assert.ok(seconds >= 0 && nanos >= 0 && nanos < 1e9);
assert.strictEqual(typeof process.hrtime.bigint(), 'bigint');
assert.ok(process.uptime() >= 0);
process.stdout.write('text\n');
process.stderr.write(Buffer.from('bytes\n'));
let before = 0;
process.on('beforeExit', () => {
  if (before++ === 0) {
    setTimeout(() => {}, 1);
  }
});
process.on('exit', (code) => {
  assert.strictEqual(code, 0);
  assert.strictEqual(before, 2);
});
process.on('unhandledRejection', (reason) => assert.strictEqual(reason.message, 'heard'));
Promise.reject(new Error('heard'));
