'use strict';
// CommonJS: how a script's require() finds and runs files.

const loader = require('inner/loader');
const path = require('path');
const errors = require('inner/errors');

/** Modules by the real path of their file. */
const cache = Object.create(null);

/** A module of the script's: what `module` is in its file. */
class Module {
  constructor(id, parent) {
    this.id = id;
    this.filename = id;
    this.path = path.dirname(id);
    this.exports = {};
    this.parent = parent;
    this.children = [];
    this.loaded = false;
    this.paths = nodeModulesFolders(this.path);
    if (parent) {
      parent.children.push(this);
    }
  }

  /** Loads what `name` stands for in this module. */
  require(name) {
    return requireFor(this)(name);
  }

  /** Runs a source text as this module. */
  _compile(text, file) {
    const run = binding.compileScript(text, file);
    errors.wrapped.add(file);
    run.call(this.exports, this.exports, requireFor(this), this, file, path.dirname(file));
  }
}

/** What is done with a file, by its extension; scripts may add to it. */
const extensions = Object.assign(Object.create(null), {
  '.js'(module, file) {
    module._compile(readText(file), file);
  },
  '.json'(module, file) {
    const text = readText(file);
    try {
      module.exports = JSON.parse(text);
    } catch (error) {
      error.message = `${file}: ${error.message}`;
      throw error;
    }
  },
});
extensions['.cjs'] = extensions['.js'];

function readText(file) {
  const text = binding.readText(file);
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return clean.startsWith('#!') ? `//${clean}` : clean;
}

function nodeModulesFolders(from) {
  const folders = [];
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (path.basename(folder) !== 'node_modules') {
      folders.push(path.join(folder, 'node_modules'));
    }
    if (folder === path.dirname(folder)) {
      return folders;
    }
  }
}

/** The file that a path without an extension, or of a folder, stands for; null if there is none. */
function findFile(base) {
  const kind = binding.fileKind(base);
  if (kind === 'file') {
    return base;
  }
  for (const extension of Object.keys(extensions)) {
    if (binding.fileKind(base + extension) === 'file') {
      return base + extension;
    }
  }
  return kind === 'folder' ? findInFolder(base) : null;
}

function findInFolder(folder) {
  const description = path.join(folder, 'package.json');
  if (binding.fileKind(description) === 'file') {
    const main = mainOf(JSON.parse(readText(description)));
    if (typeof main === 'string') {
      const file = path.join(folder, main);
      const found = binding.fileKind(file) === 'folder' ? findFile(path.join(file, 'index')) : findFile(file);
      if (found !== null) {
        return found;
      }
    }
  }
  return findFile(path.join(folder, 'index'));
}

/** The file that a package names for require(). */
function mainOf(description) {
  let main = description.exports;
  if (main && typeof main === 'object' && main['.'] !== undefined) {
    main = main['.'];
  }
  while (main && typeof main === 'object') {
    main = main.require || main.node || main.default;
  }
  return main || description.main;
}

/** The file that `name` stands for in a module, or throws. */
function resolve(name, from) {
  if (typeof name !== 'string') {
    throw errors.argumentType('id', 'a string', name);
  }
  if (name === '') {
    throw new TypeError('require needs the name of a module, was an empty text');
  }
  if (loader.isCore(name)) {
    return name;
  }
  let found = null;
  if (path.isAbsolute(name)) {
    found = findFile(path.normalize(name));
  } else if (/^\.\.?(\/|$)/.test(name)) {
    found = findFile(path.join(from.path, name));
  } else {
    for (const folder of from.paths) {
      found = found || findFile(path.join(folder, name));
    }
  }
  if (found === null) {
    if (/^[./]/.test(name)) {
      binding.checkFile(path.resolve(from.path, name));
    }
    throw notFound(name, from);
  }
  return binding.realPath(found);
}

function notFound(name, from) {
  const isPath = name.startsWith('.') || path.isAbsolute(name);
  const there = loader.allowedNames();
  const hint = isPath ? '' : `\nCore modules: ${there.join(', ') || 'none that this script may use'}`;
  const error = new Error(`Cannot find module '${name}'${hint}\nRequired by ${from.filename}`);
  error.code = 'MODULE_NOT_FOUND';
  Object.defineProperty(error, 'code', { enumerable: false });
  return error;
}

/** Whether the files of a folder are a package's. */
function isInPackage(folder) {
  return /(^|[\\/])node_modules([\\/]|$)/.test(folder);
}

function requireFor(module) {
  const inPackage = isInPackage(module.path);
  const require_ = (name) => {
    const file = resolve(name, module);
    return loader.isCore(file) ? loader.core(file, inPackage) : load(file, module).exports;
  };
  require_.resolve = (name) => resolve(name, module);
  require_.cache = cache;
  require_.extensions = extensions;
  Object.defineProperty(require_, 'main', { get: () => main, enumerable: true });
  return require_;
}

let main;

function load(file, parent) {
  const known = cache[file];
  if (known !== undefined) {
    return known;
  }
  const module = new Module(file, parent);
  if (parent === null) {
    main = module;
    module.id = '.';
  }
  cache[file] = module;
  let done = false;
  try {
    if (isEsModule(file)) {
      module.exports = loadEsModule(file);
    } else {
      (extensions[path.extname(file)] || extensions['.js'])(module, file);
    }
    module.loaded = true;
    done = true;
  } finally {
    if (!done) {
      delete cache[file];
    }
  }
  return module;
}

Module.Module = Module;
Module.builtinModules = loader.allowedNames();
Module.isBuiltin = loader.isCore;
Module._cache = cache;
Module._extensions = extensions;
Module.createRequire = (from) => {
  const file = String(from).replace(/^file:\/\//, '');
  return requireFor(Object.assign(Object.create(Module.prototype), {
    filename: file,
    path: path.dirname(file),
    paths: nodeModulesFolders(path.dirname(file)),
    children: [],
  }));
};

module.exports = Module;

const hidden = (name, value) => Object.defineProperty(Module, name, { value, enumerable: false });

/** Runs a file as the program. */
hidden('runMain', (file) => {
  require('inner/turns').turn(() => load(file, null));
});

/** Makes require() a global name, for code that is no file, as if it lay in `folder`. */
hidden('defineRequire', (folder) => {
  const value = Module.createRequire(path.join(folder, '[eval]'));
  Object.defineProperty(globalThis, 'require', { value, writable: true, enumerable: false, configurable: true });
});

// import: what is no ES module is exported by one that is made for it.

/** The file that a name stands for, as the file `from` would see it. */
hidden('resolveFrom', (name, from) => Module.createRequire(from).resolve(name));

/** Whether a file is an ES module by its name, by the package.json above it, or else by what it says. */
function isEsModule(file) {
  const extension = path.extname(file);
  if (extension !== '.js') {
    return extension === '.mjs';
  }
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (binding.fileKind(description) === 'file') {
      const { type } = JSON.parse(readText(description));
      return type === undefined ? saysEsModule(file) : type === 'module';
    }
    if (folder === path.dirname(folder) || path.basename(folder) === 'node_modules') {
      return saysEsModule(file);
    }
  }
}

/** As Node has it: it holds import or export, and can be no CommonJS. */
function saysEsModule(file) {
  const text = readText(file);
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

const STATEMENT = /^\s*(import\s*['"{*\w]|export\s*(\{|\*|(default|const|let|var|function|class|async)\b))/m;

hidden('isEsModule', isEsModule);

/** What an ES module exports, for require(). */
function loadEsModule(file) {
  const found = binding.importNow(file);
  if (found === null) {
    const error = new Error(`${file} is an ES module that waits for something: load it with import()`);
    error.code = 'ERR_REQUIRE_ASYNC_MODULE';
    throw error;
  }
  return found['module.exports'] === undefined ? found : found['module.exports'];
}

const bridged = Symbol.for('evented.bridge');

function exportsOf(kind, name) {
  return kind === 'core' ? loader.core(name) : load(name, undefined).exports;
}

/** The text of an ES module that exports what a core module, or a CommonJS file, exports. */
hidden('bridge', (kind, name) => {
  if (globalThis[bridged] === undefined) {
    Object.defineProperty(globalThis, bridged, { value: exportsOf });
  }
  const exported = exportsOf(kind, name);
  const named = Object.keys(Object(exported)).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && !reserved.test(key));
  const lines = named.map((key) => `export const ${key} = it.${key};`);
  return `const it = globalThis[Symbol.for('evented.bridge')](${JSON.stringify(kind)}, ${JSON.stringify(name)});
export default it;
${lines.join('\n')}`;
});

const reserved =
  /^(default|it|break|case|catch|class|const|continue|debugger|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|let|static|await|implements|interface|package|private|protected|public|arguments|eval)$/;
