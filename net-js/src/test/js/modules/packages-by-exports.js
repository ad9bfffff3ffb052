// "exports" and "imports" of package.json, for require() and for import.
const assert = require('assert');
const { mustCall } = require('../common');
const own = require('./found/own/main.cjs');

const fails = (name, code, words, ask = require) =>
  assert.throws(() => ask(name), (error) => {
    assert.strictEqual(error.code, code, error);
    assert.match(error.message, words);
    return true;
  });

assert.strictEqual(require('dual').kind, 'require');
assert.strictEqual(require('dual/sub/a.js').sub, 'a');
assert.strictEqual(require('dual/feature/one').feature, 'CommonJS');
fails('dual/feature/internal/x', 'ERR_PACKAGE_PATH_NOT_EXPORTED', /^Package subpath '.\/feature\/internal\/x' is not defined/);
fails('dual/r.cjs', 'ERR_PACKAGE_PATH_NOT_EXPORTED', /is not defined by "exports" in .*dual\/package\.json$/);
fails('dual/only-import', 'ERR_PACKAGE_PATH_NOT_EXPORTED', /only-import/);
fails('dual/bad', 'ERR_INVALID_PACKAGE_TARGET', /^Invalid "exports" target "bad" defined for '.\/bad'.*must start with ".\/"$/);
fails('dual/missing', 'MODULE_NOT_FOUND', /nope\.js/);
fails('broken', 'ERR_INVALID_PACKAGE_CONFIG', /broken\/package\.json/);

// A package that names itself, and names of its own.
assert.strictEqual(own.ask('own'), own);
assert.strictEqual(own.ask('own/lib/either').from, 'CommonJS');
assert.strictEqual(own.ask('#dual').kind, 'require');
assert.strictEqual(own.ask('#lib/either').from, 'CommonJS');
assert.strictEqual(own.ask('#either').from, 'CommonJS');
fails('#nothing', 'ERR_PACKAGE_IMPORT_NOT_DEFINED', /^Package import specifier "#nothing" is not defined in package /, own.ask);
fails('#outside', 'ERR_INVALID_PACKAGE_TARGET', /"imports" target/, own.ask);
fails('#', 'ERR_INVALID_MODULE_SPECIFIER', /not a valid internal imports specifier name/, own.ask);
fails('#lib/none', 'MODULE_NOT_FOUND', /none\.cjs/, own.ask);

const imports = async () => {
  assert.strictEqual((await import('dual')).kind, 'import');
  assert.strictEqual((await import('dual/feature/one')).feature, 'ES module');
  assert.strictEqual((await own.askLater('#either')).from, 'an ES module');
  assert.strictEqual((await own.askLater('#dual')).default, 'an ES module');
  assert.strictEqual((await import('./node_modules/old/lib/inner.mjs')).default, 'of old alone');
  const rejected = (promise, code, words) =>
    assert.rejects(promise, (error) => {
      assert.strictEqual(error.code, code, error);
      assert.match(error.message, words);
      return true;
    });
  await rejected(import('dual/r.cjs'), 'ERR_PACKAGE_PATH_NOT_EXPORTED', /imported from .*packages-by-exports\.js$/);
  await rejected(own.askLater('#nothing'), 'ERR_PACKAGE_IMPORT_NOT_DEFINED', /imported from .*main\.cjs$/);
  await rejected(import('inner'), 'ERR_MODULE_NOT_FOUND', /^Cannot find package 'inner' imported from/);
  await rejected(import('./found/sibling'), 'ERR_MODULE_NOT_FOUND', /Did you mean to import "\.\/found\/sibling\.js"\?$/);
  await rejected(import('./found'), 'ERR_UNSUPPORTED_DIR_IMPORT', /Did you mean to import "\.\/found\/index\.js"\?$/);
  await rejected(import('old/lib/go'), 'ERR_MODULE_NOT_FOUND', /Did you mean to import "old\/lib\/go\.js"\?$/);
  await rejected(import('http://localhost/x.mjs'), 'ERR_UNSUPPORTED_ESM_URL_SCHEME', /Received protocol 'http:'$/);
  await rejected(import('node:nothing'), 'ERR_UNKNOWN_BUILTIN_MODULE', /^No such built-in module: node:nothing$/);
  await rejected(import('./node_modules/dual/none.txt'), 'ERR_MODULE_NOT_FOUND', /none\.txt/);
};
imports().then(mustCall());
