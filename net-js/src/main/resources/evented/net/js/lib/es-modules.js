'use strict';
// import: where a name leads, and what a module exports that is none of its kind.

const loader = require('inner/loader');
const path = require('path');
const resolution = require('inner/resolve');
/** Loaded when something fails. */
const failure = (code, ...args) => new (require('inner/node-errors').codes[code])(...args);

const STATEMENT = /^\s*(import\s*['"{*\w]|export\s*(\{|\*|(default|const|let|var|function|class|async)\b))|\bimport\.meta\b|^\s*(?:(?:const|let|var)\b[^;=]*=\s*)?await\b/m;

/** Whether a file is an ES module by its name, by the package.json above it, or else by what it says. */
exports.isEsModule = function isEsModule(file) {
  const extension = path.extname(file);
  if (extension !== '.js' && extension !== '') {
    return extension === '.mjs';
  }
  const scope = resolution.packageScope(file);
  const type = scope === null ? undefined : scope.description.type;
  return type === 'module' || type === 'commonjs' ? type === 'module' : saysEsModule(file);
};

/** Whether a text that is no script may be an ES module. */
exports.looksLikeModule = (text) => STATEMENT.test(text);

/** As Node has it: it holds what only an ES module may, and can be no CommonJS. */
function saysEsModule(file) {
  const text = resolution.readText(file);
  if (!STATEMENT.test(text)) {
    return false;
  }
  try {
    binding.compileScript(text, file);
    return false;
  } catch (error) {
    return true;
  }
}

/** What an ES module exports, for require(). */
exports.loadEsModule = function loadEsModule(file) {
  const found = binding.importNow(file);
  if (found === null) {
    throw failure('ERR_REQUIRE_ASYNC_MODULE', file);
  }
  if (found['module.exports'] !== undefined) {
    return found['module.exports'];
  }
  return 'default' in found && !('__esModule' in found) ? marked(found) : found;
};

/** What an ES module exports, with the mark by which CommonJS knows its default export. */
function marked(namespace) {
  const copy = { __proto__: null };
  for (const name of Object.keys(namespace)) {
    Object.defineProperty(copy, name, { get: () => namespace[name], enumerable: true });
  }
  Object.defineProperty(copy, '__esModule', { value: true, enumerable: true });
  Object.defineProperty(copy, Symbol.toStringTag, { value: 'Module' });
  return copy;
}

/**
 * Where `import` of a name leads.
 * @param {string} name what the import says
 * @param {?string} importer the file that it stands in; null for code that is no file
 * @param {string} folder where code that is no file looks for packages
 * @returns {string} `core:…` for a core module, `evented:…` for one that the host gives, or the path of a file
 */
exports.resolveImport = function resolveImport(name, importer, folder) {
  if (loader.isProvided(name)) {
    return `evented:${name}`;
  }
  if (loader.isCore(name)) {
    const id = loader.coreId(name, importer);
    loader.core(id); // which the host may not allow
    return `core:${id}`;
  }
  if (name.startsWith('node:')) {
    throw failure('ERR_UNKNOWN_BUILTIN_MODULE', name);
  }
  const found = resolution.forImport(name, importer, folder);
  return found.file === undefined
    ? resolveImport(found.name, path.join(found.folder, 'package.json'), folder)
    : binding.realPath(found.file);
};

/** What generated code calls: by a symbol, since the code of a module sees nothing else of this one. */
const HELPER = Symbol.for('evented.bridge');

function exportsOf(kind, name) {
  switch (kind) {
    case 'core':
      return loader.core(name);
    case 'provided':
      return loader.provided(name);
    default:
      return require('module').exportsOfFile(name);
  }
}

function defineHelper() {
  if (globalThis[HELPER] === undefined) {
    Object.defineProperty(globalThis, HELPER, { value: { exportsOf, completeMeta, register } });
  }
}

/** The text of an ES module that exports what a core module, one of the host's, or a CommonJS file exports. */
exports.bridge = function bridge(kind, name) {
  defineHelper();
  const named = namesOf(kind, name).filter((key) => key !== 'default' && key !== 'module.exports' && isText(key));
  const asText = JSON.stringify;
  const set = named.map((key, index) => `_${index} = it[${asText(key)}];`).join('\n');
  const list = ['exported as default', ...named.map((key, index) => `_${index} as ${asText(key)}`)];
  if (kind === 'file') {
    list.push("exported as 'module.exports'");
  }
  const helper = "globalThis[Symbol.for('evented.bridge')]";
  return `const exported = ${helper}.exportsOf(${asText(kind)}, ${asText(name)});
const it = Object(exported);
${named.length === 0 ? '' : `let ${named.map((key, index) => `_${index}`).join(', ')};`}
${set}
export { ${list.join(', ')} };
${kind === 'core' ? `${helper}.register(${asText(name)}, () => { ${set} });` : ''}`;
};

/** Whether it has no half of a character, which no name of an export may have. */
const isText = (key) => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(key);

/** The names that a module exports: of a CommonJS file those that its text tells, as nothing of it has run yet. */
function namesOf(kind, name) {
  return kind === 'file'
    ? [...namesInFile(name, new Set())]
    : Object.keys(Object(exportsOf(kind, name)));
}

function namesInFile(file, seen) {
  const names = new Set();
  if (seen.has(file) || path.extname(file) === '.json') {
    return names;
  }
  seen.add(file);
  let found;
  try {
    found = require('npm/cjs-module-lexer').parse(resolution.readText(file), file);
  } catch (error) {
    return names; // what is no JavaScript fails when it is run, and says more
  }
  for (const name of found.exports) {
    names.add(name);
  }
  for (const name of found.reexports) {
    for (const more of namesReexported(name, file, seen)) {
      names.add(more);
    }
  }
  return names;
}

function namesReexported(name, file, seen) {
  let target;
  try {
    target = require('module').createRequire(file).resolve(name);
  } catch (error) {
    return []; // told when the file is run
  }
  if (loader.isProvided(target) || loader.isCore(target)) {
    return Object.keys(Object(exportsOf(loader.isProvided(target) ? 'provided' : 'core', target)));
  }
  return exports.isEsModule(target) ? [] : namesInFile(target, seen);
}

/** What brings the named exports of core modules up to date. */
const updates = Object.create(null);

function register(name, update) {
  updates[name] = update;
}

/** Has what `import` gave of core modules follow what a script has put in their place. */
exports.syncCoreModules = function syncCoreModules() {
  for (const name of Object.keys(updates)) {
    updates[name]();
  }
};

/** What stands before the text of an ES module, on its first line, if it asks for more of import.meta than the URL. */
exports.prelude = function prelude() {
  defineHelper();
  return "globalThis[Symbol.for('evented.bridge')].completeMeta(import.meta);";
};

/** Adds to import.meta what GraalJS leaves out. */
function completeMeta(meta) {
  const memory = binding.memoryName(meta.url);
  if (memory !== null) {
    meta.url = `evented:${memory}`;
  }
  const { fileURLToPath, pathToFileURL } = require('url');
  if (memory === null && !meta.url.startsWith('file:')) {
    meta.url = pathToFileURL(path.join(process_().cwd(), '[eval]')).href;
  }
  const file = memory === null ? fileURLToPath(meta.url) : null;
  if (file !== null) {
    meta.dirname = path.dirname(file);
    meta.filename = file;
  }
  meta.main = memory === null && binding.isMain(file);
  meta.resolve = (name) => {
    if (/^[a-z][a-z0-9+.-]+:/i.test(name) && !/^(node|file):/i.test(name)) {
      return String(name);
    }
    if (/^(file:|\.?\.?\/)/i.test(name)) {
      return new (require('url').URL)(name, meta.url).href; // be it there or not
    }
    const found = exports.resolveImport(String(name), file, process_().cwd());
    return found.startsWith('core:')
      ? `node:${found.replace(/^core:(node:)?/, '')}`
      : found.startsWith('evented:')
        ? found
        : pathToFileURL(found).href;
  };
}

/** Throws what an import gets that leads to no module in memory. */
exports.missingModule = (name, importer) => {
  throw failure('ERR_MODULE_NOT_FOUND', 'module', name, importer);
};

/**
 * Imports a module from Java: one that the host gives, by its name.
 * @returns {Promise<Object>} what it exports
 */
exports.importModule = (name) => import(name);

const process_ = () => require('process');
