// require('module'), and what hangs on require() and on module.
const assert = require('assert');
const Module = require('module');
const path = require('path');
const { pathToFileURL } = require('url');

assert.strictEqual(require.main, module);
assert.strictEqual(module.parent, null);
assert.strictEqual(module.id, '.');
assert.deepStrictEqual(Object.keys(module), ['id', 'path', 'exports', 'filename', 'loaded', 'children', 'paths']);
const sibling = path.join(__dirname, 'found', 'sibling.js');
assert.strictEqual(require.resolve('./found/sibling'), sibling);
assert.strictEqual(require.resolve('./sibling', { paths: [path.join(__dirname, 'found')] }), sibling);
assert.strictEqual(require.resolve.paths('x')[0], path.join(__dirname, 'node_modules'));
assert.deepStrictEqual(require.resolve.paths('./x'), [__dirname]);
assert.strictEqual(require.resolve.paths('fs'), null);
assert.strictEqual(require.resolve('node:fs'), 'node:fs');
assert.throws(() => require(''), { code: 'ERR_INVALID_ARG_VALUE', message: "The argument 'id' must be a non-empty string. Received ''" });
assert.throws(() => require(7), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => require('node:nothing'), { code: 'ERR_UNKNOWN_BUILTIN_MODULE' });
assert.throws(() => require('./found/none'), {
  code: 'MODULE_NOT_FOUND',
  message: `Cannot find module './found/none'\nRequire stack:\n- ${__filename}`,
  requireStack: [__filename],
});

for (const from of [__filename, `${__dirname}/`, pathToFileURL(__filename), pathToFileURL(__filename).href]) {
  assert.strictEqual(Module.createRequire(from)('./found/data.json').answer, 42);
}
assert.throws(() => Module.createRequire('relative'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.deepStrictEqual(Module._nodeModulePaths('/a/node_modules/b'), ['/a/node_modules/b/node_modules', '/a/node_modules', '/node_modules']);
assert.strictEqual(Module._resolveFilename('./found', module), path.join(__dirname, 'found', 'index.js'));
assert.ok(Module.isBuiltin('node:fs') && Module.isBuiltin('fs') && !Module.isBuiltin('dual'));
assert.strictEqual(Module.wrap('x'), '(function (exports, require, module, __filename, __dirname) { x\n});');

assert.strictEqual(Module.findPackageJSON('dual', __filename), path.join(__dirname, 'node_modules', 'dual', 'package.json'));
assert.strictEqual(Module.findPackageJSON('./found/own/main.cjs', __filename), path.join(__dirname, 'found', 'own', 'package.json'));

// What packages that watch or replace modules do.
const { _load } = Module;
Module._load = function (name, ...rest) {
  return name === 'not-there' ? 'replaced' : _load.call(this, name, ...rest);
};
assert.strictEqual(require('not-there'), 'replaced');
Module._load = _load;
require.extensions['.text'] = (target, file) => target._compile('module.exports = __filename', file);
assert.strictEqual(require('./found/note'), path.join(__dirname, 'found', 'note.text'));
delete require.extensions['.text'];
const made = new Module('made.js', module);
made.filename = path.join(__dirname, 'made.js');
made.paths = Module._nodeModulePaths(__dirname);
made._compile("exports.answer = require('./found/data.json').answer + 1; exports.old = require('old').named", made.filename);
assert.deepStrictEqual(made.exports, { answer: 43, old: 1 });
delete require.cache[sibling];
assert.notStrictEqual(require.cache[require.resolve('./found/data.json')], undefined);

// What there is not.
assert.throws(() => Module.register('x'), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
assert.throws(() => require('./found/addon.node'), { code: 'ERR_DLOPEN_FAILED' });
