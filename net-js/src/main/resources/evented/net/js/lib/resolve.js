'use strict';
// From the name in require() or import to a file: Node's resolution, with the "exports" and "imports" of package.json.

const path = require('path');
/** Loaded when something fails. */
const failure = (code, ...args) => new (require('inner/node-errors').codes[code])(...args);

/** What decides among the targets of a package, besides `node`, `default`, and `import` or `require`. */
const CONDITIONS = ['module-sync'];

/** Descriptions of packages by their folder: as in Node, one that was read is not read again. */
const packages = Object.create(null);

/** The text of a file, without a byte order mark, and with a `#!` line as a comment. */
exports.readText = function readText(file) {
  const text = binding.readText(file);
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return clean.startsWith('#!') ? `//${clean}` : clean;
};

/** The package.json of a folder; null if there is none. */
function readPackage(folder, importer) {
  if (packages[folder] !== undefined) {
    return packages[folder];
  }
  const file = path.join(folder, 'package.json');
  if (binding.fileKind(file) !== 'file') {
    return null;
  }
  let description;
  try {
    description = JSON.parse(exports.readText(file));
  } catch (error) {
    throw failure('ERR_INVALID_PACKAGE_CONFIG', file, importer, error.message);
  }
  if (typeof description !== 'object' || description === null) {
    description = {};
  }
  packages[folder] = description;
  return description;
}
exports.readPackage = readPackage;

/**
 * The package that a file belongs to: the nearest package.json above it, within its node_modules.
 * @returns {?{folder: string, description: Object}}
 */
exports.packageScope = function packageScope(file) {
  for (let folder = path.dirname(file); path.basename(folder) !== 'node_modules'; folder = path.dirname(folder)) {
    const description = readPackage(folder);
    if (description !== null) {
      return { folder, description };
    }
    if (folder === path.dirname(folder)) {
      break;
    }
  }
  return null;
};

/** Where packages may lie for the files of a folder, nearest first. */
exports.nodeModulesFolders = function nodeModulesFolders(from) {
  const folders = [];
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    if (path.basename(folder) !== 'node_modules') {
      folders.push(path.join(folder, 'node_modules'));
    }
    if (folder === path.dirname(folder)) {
      return folders;
    }
  }
};

// CommonJS guesses: extensions, index files, a package's main.

/** The file that a path without an extension, or of a folder, stands for; null if there is none. */
function findFile(base, extensions) {
  const kind = binding.fileKind(base);
  if (kind === 'file' && !base.endsWith(path.sep)) {
    return base;
  }
  const found = base.endsWith(path.sep) ? null : withExtension(base, extensions);
  return found === null && kind === 'folder' ? findInFolder(base, extensions) : found;
}
exports.findFile = findFile;

function withExtension(base, extensions) {
  for (const extension of extensions) {
    if (binding.fileKind(base + extension) === 'file') {
      return base + extension;
    }
  }
  return null;
}

function findInFolder(folder, extensions) {
  const description = readPackage(folder);
  if (description !== null && typeof description.main === 'string' && description.main !== '') {
    const main = path.join(folder, description.main);
    const found =
      (binding.fileKind(main) === 'file' ? main : withExtension(main, extensions)) ||
      withExtension(path.join(main, 'index'), extensions);
    if (found !== null) {
      return found;
    }
  }
  return withExtension(path.join(folder, 'index'), extensions);
}

// Packages.

/** The name of a package, and what of it is meant: '@a/b/c' is '@a/b' and './c'. */
function split(name) {
  const match = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(name);
  if (match === null || /^\.|[\\%]/.test(match[1]) || (name[0] === '@' && match[1].indexOf('/') < 0)) {
    return null;
  }
  return { name: match[1], subpath: match[2] === undefined ? '.' : `.${match[2]}` };
}

const byExports = (description) =>
  description !== null && description.exports !== undefined && description.exports !== null;

const hasImports = (scope) =>
  scope !== null && typeof scope.description.imports === 'object' && scope.description.imports !== null;

const manifest = (folder) => path.join(folder, 'package.json');

/** The first of what `find` (of resolve.exports) gives; undefined if that knows the key not, or no condition. */
function firstTarget(find, description, key, conditions) {
  try {
    const found = find(description, key, conditions);
    return found === undefined ? undefined : found[0];
  } catch (error) {
    return undefined;
  }
}

const asks = (kind) => ({ require: kind === 'require', conditions: CONDITIONS });

/** The file that a package's "exports" name for a subpath, or throws. */
function exported({ folder, description }, subpath, kind, importer) {
  const { exports: find } = require('npm/resolve.exports');
  const target = firstTarget(find, description, subpath, asks(kind));
  if (target === undefined) {
    throw failure('ERR_PACKAGE_PATH_NOT_EXPORTED', manifest(folder), subpath, importer);
  }
  if (!isInside(target)) {
    throw failure('ERR_INVALID_PACKAGE_TARGET', manifest(folder), 'exports', subpath, target, importer);
  }
  return path.join(folder, target);
}

/** Whether a target stays in its package: no `..`, and no package within. */
const isInside = (target) => target.startsWith('./') && !/[\\/](?:\.\.?|node_modules)(?:[\\/]|$)/.test(target.slice(1));

/** What a package's "imports" name for '#name': a file, or the name of another package. */
function imported(name, kind, importer) {
  if (name === '#' || name.startsWith('#/')) {
    throw failure('ERR_INVALID_MODULE_SPECIFIER', name, 'is not a valid internal imports specifier name', importer);
  }
  const scope = exports.packageScope(importer);
  const { imports: find } = require('npm/resolve.exports');
  const target = hasImports(scope) ? firstTarget(find, scope.description, name, asks(kind)) : undefined;
  if (target === undefined) {
    throw failure('ERR_PACKAGE_IMPORT_NOT_DEFINED', name, scope === null ? null : manifest(scope.folder), importer);
  }
  if (target.startsWith('./')) {
    if (isInside(target)) {
      return { file: path.join(scope.folder, target) };
    }
  } else if (!/^(\.\.\/|\/|[a-z][a-z0-9+.-]*:)/i.test(target)) {
    return { name: target, folder: scope.folder };
  }
  throw failure('ERR_INVALID_PACKAGE_TARGET', manifest(scope.folder), 'imports', name, target, importer);
}

/** The file for a package that names itself, as one with "exports" may. */
function ownFile(wanted, kind, importer) {
  const scope = exports.packageScope(importer);
  const own = scope !== null && byExports(scope.description) && scope.description.name === wanted.name;
  return own ? exported(scope, wanted.subpath, kind, importer) : null;
}

// require()

/**
 * The file for a name that is no core module's; null if there is none.
 * @param {string} name what require() was given
 * @param {{filename: ?string, path: string, paths: string[]}} from the module that asks
 * @param {string[]} extensions what may be missing at the end of a name
 * @returns {?{file: string}|{name: string}} a file, or the name that "imports" put in place
 */
exports.forRequire = function forRequire(name, from, extensions) {
  if (path.isAbsolute(name)) {
    return asFile(findFile(tidy(name), extensions));
  }
  if (/^\.\.?(\/|$)/.test(name)) {
    const folder = from.filename ? path.dirname(from.filename) : from.path; // a script may have made the module
    return asFile(findFile(tidy(`${folder}/${name}`), extensions));
  }
  if (name[0] === '#' && from.filename) {
    const scope = exports.packageScope(from.filename);
    if (hasImports(scope)) {
      const found = imported(name, 'require', from.filename);
      return found.file === undefined ? found : existing(found.file, name);
    }
  }
  const wanted = split(name);
  const own = wanted === null || !from.filename ? null : ownFile(wanted, 'require', from.filename);
  if (own !== null) {
    return existing(own, name);
  }
  for (const folder of from.paths) {
    if (binding.fileKind(folder) !== 'folder') {
      continue;
    }
    const home = wanted === null ? null : path.join(folder, wanted.name);
    const description = home === null ? null : readPackage(home);
    if (byExports(description)) {
      return existing(exported({ folder: home, description }, wanted.subpath, 'require'), name);
    }
    const found = findFile(tidy(`${folder}/${name}`), extensions);
    if (found !== null) {
      return asFile(found);
    }
  }
  return null;
};

const asFile = (file) => (file === null ? null : { file });

/** A path without `.` and `..`, which keeps a slash at its end, or a dot: those mean the folder. */
function tidy(name) {
  const whole = path.normalize(name);
  return /(^|\/)\.\.?$/.test(name) && !whole.endsWith('/') ? `${whole}/` : whole;
}

/** What "exports" name is there, or the package is broken. */
function existing(file, name) {
  if (binding.fileKind(file) !== 'file') {
    const error = new Error(`Cannot find module '${file}'`);
    error.code = 'MODULE_NOT_FOUND';
    error.path = file;
    error.request = name;
    throw error;
  }
  return { file };
}

// import

/** What `import` guesses of a package without "exports". */
const MAINS = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'];

/**
 * The file that `import` means.
 * @param {string} name what follows `from`, which is no core module's name
 * @param {?string} importer the file that it stands in; null for code that is no file
 * @param {string} folder where to look for packages, for code that is no file
 * @returns {{file: string}|{name: string}} a file, or the name that "imports" put in place
 */
exports.forImport = function forImport(name, importer, folder) {
  const base = importer === null ? folder : path.dirname(importer);
  if (/^\.?\.?\//.test(name) || name === '.' || name === '..') {
    return { file: present(path.resolve(base, pathOfUrl(name, base, importer)), importer, name) };
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(name)) {
    if (!/^file:/i.test(name)) {
      throw failure('ERR_UNSUPPORTED_ESM_URL_SCHEME', name.slice(0, name.indexOf(':') + 1));
    }
    return { file: present(require('url').fileURLToPath(name), importer, name) };
  }
  if (name[0] === '#') {
    const found = imported(name, 'import', importer === null ? path.join(folder, '[eval]') : importer);
    return found.file === undefined ? found : { file: present(found.file, importer, name) };
  }
  return { file: packageForImport(name, importer, base) };
};

function packageForImport(name, importer, base) {
  const wanted = split(name);
  if (wanted === null) {
    throw failure('ERR_INVALID_MODULE_SPECIFIER', name, 'is not a valid package name', importer);
  }
  const own = importer === null ? null : ownFile(wanted, 'import', importer);
  if (own !== null) {
    return present(own, importer, name);
  }
  for (const folder of exports.nodeModulesFolders(base)) {
    const home = path.join(folder, wanted.name);
    if (binding.fileKind(home) !== 'folder') {
      continue;
    }
    const description = readPackage(home, `"${name}"${importer === null ? '' : ` from ${importer}`}`);
    if (byExports(description)) {
      const file = exported({ folder: home, description }, wanted.subpath, 'import', importer);
      return present(file, importer, name);
    }
    return wanted.subpath === '.'
      ? mainForImport(home, description, importer)
      : present(path.join(home, pathOfUrl(wanted.subpath, home, importer)), importer, name);
  }
  throw failure('ERR_MODULE_NOT_FOUND', 'package', wanted.name, importer);
}

function mainForImport(home, description, importer) {
  const guesses = [];
  if (description !== null && typeof description.main === 'string') {
    guesses.push(...MAINS.map((end) => path.join(home, description.main + end)));
  }
  guesses.push(...MAINS.slice(4).map((end) => home + end));
  for (const guess of guesses) {
    if (binding.fileKind(guess) === 'file') {
      return guess;
    }
  }
  throw failure('ERR_MODULE_NOT_FOUND', 'package', home, importer);
}

/** The path in a relative URL: what follows `?` or `#` is no part of it. */
function pathOfUrl(text, base, importer) {
  const plain = text.replace(/[?#].*$/s, '');
  if (/%2f|%5c/i.test(plain)) {
    const reason = 'must not include encoded "/" or "\\" characters';
    throw failure('ERR_INVALID_MODULE_SPECIFIER', path.resolve(base, plain), reason, importer);
  }
  return decodeURIComponent(plain);
}

/** Checks that a file is there which import() may load. */
function present(file, importer, name) {
  const kind = binding.fileKind(file);
  if (kind === 'folder') {
    throw advised(failure('ERR_UNSUPPORTED_DIR_IMPORT', file, importer, urlOf(file)), file, importer, name);
  }
  if (kind === 'none') {
    binding.checkFile(file);
    throw advised(failure('ERR_MODULE_NOT_FOUND', 'module', file, importer, urlOf(file)), file, importer, name);
  }
  if (!IMPORTED.includes(path.extname(file))) {
    throw failure('ERR_UNKNOWN_FILE_EXTENSION', path.extname(file), file);
  }
  return file;
}

const IMPORTED = ['', '.js', '.mjs', '.cjs', '.json'];

const urlOf = (file) => require('url').pathToFileURL(file).href;

/** Tells what require() would have found, which is what the import may mean. */
function advised(error, file, importer, name) {
  const found = findFile(file, ['.js', '.json', '.cjs', '.mjs']);
  if (found !== null && found.startsWith(file.replace(/\/$/, ''))) {
    const base = importer === null ? path.dirname(file) : path.dirname(importer);
    const meant = /^[./]/.test(name)
      ? path.relative(base, found).replace(/^(?!\.)/, './')
      : name + found.slice(file.length);
    error.message += `\nDid you mean to import "${meant}"?`;
  }
  return error;
}
