const assert = require('assert');
assert.strictEqual(require('./found/data.json').answer, 42);
assert.strictEqual(require('./found/sibling').name, 'sibling');
assert.strictEqual(require('./found'), 'index of the folder');
assert.strictEqual(require('a-package'), 'a package');
assert.strictEqual(require('node:path'), require('path'));
assert.strictEqual(require('./found/cycle-a').done, true);
assert.throws(() => require('no-such-thing'), (error) => error.code === 'MODULE_NOT_FOUND' && /Cannot find module 'no-such-thing'[^]*net/.test(error.message));
assert.throws(() => require('./no-such-file'), /Cannot find module '.\/no-such-file'/);
assert.throws(() => require(7), TypeError);
assert.throws(() => require('./found/broken'), (error) => error instanceof SyntaxError && /broken\.js:2/.test(error.message));
assert.ok(require.resolve('./found/sibling').endsWith('sibling.js'));
for (const name of ['assert', 'buffer', 'console', 'crypto', 'dns', 'events', 'fs', 'module', 'net', 'os', 'path', 'process', 'punycode', 'querystring', 'stream', 'string_decoder', 'timers', 'tty', 'url', 'util', 'assert/strict', 'dns/promises', 'fs/promises', 'node:path/posix', 'stream/promises', 'timers/promises', 'util/types']) {
  assert.ok(require(name), name);
}
assert.strictEqual(require('path').join('/a', '..', 'b'), '/b');
assert.strictEqual(require('url').parse('http://example.org:80/x?y=1', true).query.y, '1');
assert.strictEqual(require('querystring').stringify({ a: [1, 2] }), 'a=1&a=2');
assert.strictEqual(require('punycode').toASCII('m\u00fcnchen.de'), 'xn--mnchen-3ya.de');
assert.strictEqual(new (require('string_decoder').StringDecoder)('utf8').write(Buffer.from([0xe2, 0x82])), '');
assert.strictEqual(require('crypto').randomBytes(8).length, 8);
require('dns').lookup('localhost', (error, address, family) => {
  assert.ifError(error);
  assert.ok(require('net').isIP(address) === family);
});
assert.strictEqual(require('util/types'), require('util').types);
assert.strictEqual(require('stream').Stream, require('stream'));
assert.strictEqual(require('tty').isatty(7), false);
// ES modules: by name, and by what they say.
assert.strictEqual(require('./found/twice.mjs').twice(4), 8);
assert.strictEqual(require('./found/says-so').default, 'an ES module by its words');
assert.strictEqual(require('./found/says-so'), require('./found/says-so.js'));
assert.throws(() => require('./found/waits.mjs'), { code: 'ERR_REQUIRE_ASYNC_MODULE' });
import('./found/says-so.js').then((module) => assert.strictEqual(module.it, 1));
