'use strict';
// CommonJS: how a script's require() finds and runs files.

const loader = require('inner/loader');
const path = require('path');
const resolution = require('inner/resolve');
/** Loaded when something fails. */
const nodeErrors = () => require('inner/node-errors');
const failure = (code, ...args) => new (nodeErrors().codes[code])(...args);
const errors = require('inner/errors');

/** Modules by the real path of their file. */
const cache = Object.create(null);

/** A module of the script's: what `module` is in its file. */
class Module {
  constructor(id = '', parent = undefined) {
    this.id = id;
    this.path = path.dirname(id);
    this.exports = {};
    this.filename = id === '' ? null : id;
    this.loaded = false;
    this.children = [];
    this.paths = resolution.nodeModulesFolders(this.path);
    Object.defineProperty(this, 'parent', { value: parent, writable: true, enumerable: false, configurable: true });
    if (parent && parent.children) {
      parent.children.push(this);
    }
  }

  /** Loads what `name` stands for in this module. */
  require(name) {
    if (typeof name !== 'string') {
      throw failure('ERR_INVALID_ARG_TYPE', 'id', 'string', name);
    }
    if (name === '') {
      throw failure('ERR_INVALID_ARG_VALUE', 'id', name, 'must be a non-empty string');
    }
    return Module._load(name, this, false);
  }

  /** Loads a file as this module. */
  load(file) {
    this.filename = file;
    this.path = path.dirname(file);
    this.paths = resolution.nodeModulesFolders(this.path);
    if (isEsModule(file)) {
      this.exports = loadEsModule(file);
    } else {
      (extensions[path.extname(file)] || extensions['.js'])(this, file);
    }
    this.loaded = true;
  }

  /** Runs a source text as this module. */
  _compile(text, file) {
    const run = compile(text, file);
    return run.call(this.exports, this.exports, requireFor(this), this, file, path.dirname(file));
  }
}

/** The text of what wraps a file, where a script has changed it; null for that of Java. */
let wrapper = null;

function compile(text, file) {
  const run = wrapper === null ? binding.compileScript(text, file) : binding.compileText(wrap(text), file);
  errors.wrapped.add(file); // not before: what Java says of a text that does not compile counts from where that begins
  return run;
}

const WRAPPER = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
const wrap = (text) => (wrapper || WRAPPER)[0] + text + (wrapper || WRAPPER)[1];

/** What is done with a file, by its extension; scripts may add to it. */
const extensions = Object.assign(Object.create(null), {
  '.js'(module, file) {
    module._compile(resolution.readText(file), file);
  },
  '.json'(module, file) {
    const text = resolution.readText(file);
    try {
      module.exports = JSON.parse(text);
    } catch (error) {
      error.message = `${file}: ${error.message}`;
      throw error;
    }
  },
  '.node'(module, file) {
    throw failure('ERR_DLOPEN_FAILED', file);
  },
});

/**
 * The file that `name` stands for in a module; the name itself for a core module, or one that the host gives.
 * @param {string} name what require() was given
 * @param {?Module} from the module that asks
 * @param {boolean} isMain whether it is the program
 * @param {{paths: string[]}} [options] folders to look from instead
 */
Module._resolveFilename = function _resolveFilename(name, from, isMain, options) {
  if (isOutside(name)) {
    return name;
  }
  if (name.startsWith('node:')) {
    throw failure('ERR_UNKNOWN_BUILTIN_MODULE', name);
  }
  const asker = from || elsewhere(process_().cwd());
  let found = null;
  if (options !== undefined && options !== null && options.paths !== undefined) {
    if (!Array.isArray(options.paths)) {
      throw failure('ERR_INVALID_ARG_VALUE', 'options.paths', options.paths);
    }
    for (const folder of options.paths) {
      found = found || resolution.forRequire(name, elsewhere(path.resolve(folder)), Object.keys(extensions));
    }
  } else {
    found = resolution.forRequire(name, asker, Object.keys(extensions));
  }
  if (found === null) {
    if (/^(\/|\.\.?(\/|$))/.test(name)) {
      binding.checkFile(path.resolve(asker.path, name));
    }
    throw notFound(name, from);
  }
  return found.file === undefined
    ? Module._resolveFilename(found.name, elsewhere(found.folder), false)
    : binding.realPath(found.file);
};

/** Whether a name stands for what is no file: a core module, or one of the host's. */
const isOutside = (name) => loader.isProvided(name) || loader.isCore(name);

const process_ = () => require('process');

/** A module that is not there, to resolve names in a folder. */
const elsewhere = (folder) => ({
  filename: null,
  path: folder,
  paths: resolution.nodeModulesFolders(folder),
  children: [],
});

function notFound(name, from) {
  const requireStack = [];
  for (let asker = from; asker; asker = asker.parent) {
    requireStack.push(asker.filename || asker.id);
  }
  const stack = requireStack.length === 0 ? '' : `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  const error = new Error(`Cannot find module '${name}'${hint(name)}${stack}`);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = requireStack;
  return error;
}

/** What core modules there are, for a script whose host does not allow all. */
function hint(name) {
  const isPath = name.startsWith('.') || path.isAbsolute(name);
  return isPath || loader.allowsAll() ? '' : `\nCore modules: ${loader.allowedNames().join(', ') || 'none'}`;
}

function requireFor(module) {
  const require_ = (name) => module.require(name);
  require_.resolve = (name, options) => {
    nodeErrors().validateString(name, 'request');
    return Module._resolveFilename(name, module, false, options);
  };
  require_.resolve.paths = (name) => {
    nodeErrors().validateString(name, 'request');
    return Module._resolveLookupPaths(name, module);
  };
  require_.main = main;
  require_.extensions = extensions;
  require_.cache = cache;
  return require_;
}

/** Where a name is looked for; null for a core module. */
Module._resolveLookupPaths = (name, from) => {
  if (isOutside(name)) {
    return null;
  }
  return /^\.\.?(\/|$)/.test(name) ? [from ? from.path : '.'] : from ? from.paths.slice() : [];
};

let main;

/**
 * What a module exports; it is run first if that has not happened.
 * @param {string} name what require() was given
 * @param {?Module} from the module that asks
 * @param {boolean} isMain whether it is the program
 */
Module._load = function _load(name, from, isMain) {
  const file = Module._resolveFilename(name, from, isMain);
  if (loader.isProvided(file)) {
    return loader.provided(file);
  }
  return loader.isCore(file)
    ? loader.core(loader.coreId(file, from ? from.filename : null))
    : load(file, isMain ? null : from).exports;
};

function load(file, parent) {
  const known = cache[file];
  if (known !== undefined) {
    if (parent && parent.children && !parent.children.includes(known)) {
      parent.children.push(known);
    }
    return known;
  }
  const module = new Module(file, parent || undefined);
  if (parent === null) {
    main = module;
    module.id = '.';
    module.parent = null;
  }
  cache[file] = module;
  let done = false;
  try {
    module.load(file);
    done = true;
  } finally {
    if (!done) {
      delete cache[file];
      if (parent && parent.children) {
        parent.children = parent.children.filter((child) => child !== module);
      }
    }
  }
  return module;
}

/**
 * Makes a require() for a file that is none of CommonJS.
 * @param {string|URL} from its absolute path, or a file URL; with a slash at its end it is a folder
 */
Module.createRequire = (from) => {
  let file = from;
  if ((typeof from === 'object' && from !== null && typeof from.href === 'string') || /^file:/i.test(from)) {
    file = require('url').fileURLToPath(from);
  }
  if (typeof file !== 'string' || !path.isAbsolute(file)) {
    const wanted = 'must be a file URL object, file URL string, or absolute path string';
    throw failure('ERR_INVALID_ARG_VALUE', 'filename', from, wanted);
  }
  return requireFor(new Module(/[\\/]$/.test(file) ? path.join(file, 'noop.js') : file));
};

Module.Module = Module;
Module.builtinModules = loader.allowedNames();
Module.isBuiltin = (name) => typeof name === 'string' && loader.isCore(name);
Module._cache = cache;
Module._extensions = extensions;
Module._pathCache = Object.create(null);
Module.globalPaths = [];
Module._nodeModulePaths = (from) => resolution.nodeModulesFolders(from);
Module._findPath = (name, folders) => {
  for (const folder of path.isAbsolute(name) ? [''] : folders || []) {
    const found = resolution.findFile(path.resolve(folder, name), Object.keys(extensions));
    if (found !== null) {
      return binding.realPath(found);
    }
  }
  return false;
};
Module._initPaths = () => {};
Module._preloadModules = (names) => {
  const asker = new Module(path.join(process_().cwd(), '[preload]'));
  for (const name of names || []) {
    asker.require(name);
  }
};
Object.defineProperty(Module, 'wrap', {
  get: () => wrap,
  set(value) {
    const mark = '\n/* the text */\n';
    const [start, end] = String(value(mark)).split(mark);
    wrapper = [start, end === undefined ? '' : end];
  },
  enumerable: true,
  configurable: true,
});
Object.defineProperty(Module, 'wrapper', {
  get: () => wrapper || (wrapper = WRAPPER.slice()),
  set(value) {
    wrapper = value;
  },
  enumerable: true,
  configurable: true,
});

/** Has `import` of core modules see what a script has put in their place: nothing is left to do here. */
Module.syncBuiltinESMExports = () => require('inner/es-modules').syncCoreModules();

/**
 * The package.json that a package, or a file, belongs to.
 * @param {string|URL} name a bare name, a relative one, a path or a file URL
 * @param {string|URL} [base] the file that `name` is seen from
 * @returns {string|undefined} its path
 */
Module.findPackageJSON = (name, base) => {
  const plain = (place) => (/^file:/i.test(place) ? require('url').fileURLToPath(place) : String(place));
  const from = base === undefined ? path.join(process_().cwd(), 'noop.js') : plain(base);
  const target = plain(name);
  if (!/^[./]/.test(target)) {
    for (const folder of resolution.nodeModulesFolders(path.dirname(from))) {
      const home = path.join(folder, /^(@[^/]+\/)?[^/]+/.exec(target)[0]);
      if (resolution.readPackage(home) !== null) {
        return path.join(binding.realPath(home), 'package.json');
      }
    }
    throw failure('ERR_MODULE_NOT_FOUND', 'package', target, from);
  }
  const scope = resolution.packageScope(path.resolve(path.dirname(from), target));
  return scope === null ? undefined : path.join(scope.folder, 'package.json');
};

// What this has none of, and says so.
for (const name of ['register', 'registerHooks', 'stripTypeScriptTypes']) {
  Module[name] = () => {
    throw failure('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `module.${name}()`);
  };
}
Module.constants = Object.freeze({
  compileCacheStatus: Object.freeze({ FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 }),
});
Module.enableCompileCache = () => ({ status: Module.constants.compileCacheStatus.DISABLED });
Module.getCompileCacheDir = () => undefined;
Module.flushCompileCache = () => {};
Module.findSourceMap = () => undefined;

module.exports = Module;

const hidden = (name, value) => Object.defineProperty(Module, name, { value, enumerable: false });

/** Runs a file as the program. */
hidden('runMain', (file) => {
  require('inner/turns').turn(() => Module._load(file, null, true));
});

/** Makes require() a global name, for code that is no file, as if it lay in `folder`. */
hidden('defineRequire', (folder) => {
  const value = Module.createRequire(path.join(folder, '[eval]'));
  Object.defineProperty(globalThis, 'require', { value, writable: true, enumerable: false, configurable: true });
});

/** Makes global names of what a file has as its own, and of the core modules, for a text that is no file. */
hidden('defineForText', (name) => {
  const folder = process_().cwd();
  const module = new Module(path.join(folder, name));
  module.id = name;
  const define = (key, value) =>
    Object.defineProperty(globalThis, key, { value, writable: true, enumerable: false, configurable: true });
  define('module', module);
  define('exports', module.exports);
  define('require', requireFor(module));
  define('__filename', name);
  define('__dirname', '.');
  for (const key of Module.builtinModules) {
    if (!key.includes('/') && !(key in globalThis)) {
      Object.defineProperty(globalThis, key, {
        get: () => {
          define(key, loader.core(key));
          return globalThis[key];
        },
        set: (value) => define(key, value),
        enumerable: false,
        configurable: true,
      });
    }
  }
});

/** Compiles a file, and does not run it. */
hidden('check', (file) => {
  if (path.extname(file) === '.json') {
    JSON.parse(resolution.readText(file));
  } else {
    compile(resolution.readText(file), file);
  }
});

/** What require() gives for a file, for import. */
hidden('exportsOfFile', (file) => load(file, undefined).exports);

const { isEsModule, loadEsModule } = require('inner/es-modules');
