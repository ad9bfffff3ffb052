// The first code to run in a context: finds modules, runs them, and hands the host the functions that it
// calls later. `binding` holds what Java lends: see Binding.java.
(function (binding) {
  'use strict';

  /** What a name in require() stands for: a file of this folder, or one of an npm package. */
  const CORE = {
    assert: 'lib/assert.js',
    buffer: 'lib/buffer.js',
    console: 'lib/console.js',
    crypto: 'lib/crypto.js',
    dns: 'lib/dns.js',
    events: 'npm/events/events.js',
    fs: 'lib/fs.js',
    module: 'lib/module.js',
    net: 'lib/net.js',
    os: 'lib/os.js',
    path: 'npm/path-browserify/index.js',
    process: 'lib/process.js',
    punycode: 'npm/punycode/punycode.js',
    querystring: 'npm/querystring-es3/index.js',
    stream: 'lib/stream.js',
    string_decoder: 'npm/string_decoder/lib/string_decoder.js',
    sys: 'lib/util.js',
    timers: 'lib/timers.js',
    'timers/promises': 'lib/timers-promises.js',
    tty: 'lib/tty.js',
    url: 'lib/url.js',
    util: 'lib/util.js',
  };

  /** Core modules that are a member of another one. */
  const MEMBERS = {
    'assert/strict': ['assert', 'strict'],
    'dns/promises': ['dns', 'promises'],
    'fs/promises': ['fs', 'promises'],
    'path/posix': ['path', 'posix'],
    'stream/promises': ['stream', 'promises'],
    'util/types': ['util', 'types'],
  };

  /** Names by which the code inside asks for what no script sees. */
  const INNER = {
    'abort-controller': 'npm/abort-controller/dist/abort-controller.js',
    'base64-js': 'npm/base64-js/index.js',
    'event-target-shim': 'npm/event-target-shim/dist/event-target-shim.js',
    ieee754: 'npm/ieee754/index.js',
    inherits: 'npm/inherits/inherits_browser.js',
    'inner/errors': 'lib/errors.js',
    'inner/file-streams': 'lib/file-streams.js',
    'inner/inspect': 'lib/inspect.js',
    'inner/turns': 'lib/turns.js',
    'npm/assert': 'npm/assert/assert.js',
    'npm/buffer': 'npm/buffer/index.js',
    'npm/stream': 'npm/readable-stream/lib/stream.js',
    'npm/tr46': 'npm/tr46/index.js',
    'npm/url': 'npm/url/url.js',
    'npm/util': 'npm/util/util.js',
    'npm/whatwg-url': 'npm/whatwg-url/index.js',
    'object.assign/polyfill': 'lib/object-assign.js',
    'process/': 'lib/process.js',
    'punycode/': 'npm/punycode/punycode.js',
    qs: 'npm/querystring-es3/index.js',
    'safe-buffer': 'npm/safe-buffer/index.js',
    'string_decoder/': 'npm/string_decoder/lib/string_decoder.js',
    tr46: 'lib/tr46.js',
    'util/': 'npm/util/util.js',
    'webidl-conversions': 'npm/webidl-conversions/lib/index.js',
  };

  const own = Object.prototype.hasOwnProperty;
  const loaded = new Map();

  /** Joins a relative name to the folder of `from`; both are paths of this jar. */
  function resolveInner(from, name) {
    const parts = from.split('/').slice(0, -1);
    for (const part of name.split('/')) {
      if (part === '..') {
        parts.pop();
      } else if (part !== '.' && part !== '') {
        parts.push(part);
      }
    }
    const file = parts.join('/');
    return /\.js(on)?$/.test(file) ? file : binding.hasResource(file + '.js') ? file + '.js' : file + '/index.js';
  }

  /** Loads a file of this jar, once. */
  function load(file) {
    let module = loaded.get(file);
    if (module === undefined) {
      module = { exports: {}, id: file, loaded: false };
      loaded.set(file, module);
      const inner = (name) => {
        if (name.startsWith('.')) {
          return load(resolveInner(file, name));
        }
        return load(own.call(INNER, name) ? INNER[name] : CORE[name]);
      };
      const npm = file.startsWith('npm/');
      const process = file.startsWith('npm/readable-stream/') ? load(CORE.process) : shallowProcess;
      try {
        binding.compileResource(file)(module.exports, inner, module, npm ? process : binding);
      } catch (error) {
        loaded.delete(file);
        throw error;
      }
      module.loaded = true;
    }
    return module.exports;
  }

  /** What the small packages ask of process, so that it need not be loaded for them. */
  const shallowProcess = {
    env: {},
    cwd: () => load(CORE.process).cwd(),
    nextTick: (...args) => load('lib/turns.js').nextTick(...args),
  };

  /** Whether `name` is a core module, with or without `node:` before it. */
  function isCore(name) {
    return own.call(CORE, coreName(name)) || own.call(MEMBERS, coreName(name));
  }

  function coreName(name) {
    return name.startsWith('node:') ? name.slice(5) : name;
  }

  /** Loads a core module, if the host lets scripts use it. */
  function core(name) {
    const plain = coreName(name);
    if (!binding.mayUse(plain)) {
      const error = new Error(
        `This script may not use the module '${plain}': its host allows ${allowedNames().join(', ') || 'none'}`
      );
      error.code = 'ERR_ACCESS_DENIED';
      throw error;
    }
    if (own.call(MEMBERS, plain)) {
      const [whole, member] = MEMBERS[plain];
      return load(CORE[whole])[member];
    }
    return load(CORE[plain]);
  }

  function allowedNames() {
    return Object.keys(CORE).concat(Object.keys(MEMBERS)).filter((name) => binding.mayUse(name));
  }

  const loader = { allowedNames, core, isCore, load };
  loaded.set('lib/loader.js', { exports: loader, loaded: true });
  INNER['inner/loader'] = 'lib/loader.js';

  const turns = load('lib/turns.js');
  return {
    drain: turns.drain,
    isUncaughtHandled: turns.isUncaughtHandled,
    emitProcess: (...args) => load('lib/process.js').emitFromHost(...args),
    describe: (value) => load('lib/errors.js').describe(value),
    rethrow: (value) => {
      throw value;
    },
    raise: (...args) => load('lib/errors.js').raise(...args),
    defineRequire: (folder) => {
      // Nothing is loaded before it is used.
      Object.defineProperty(globalThis, 'require', {
        get: () => {
          load('lib/module.js').defineRequire(folder);
          return globalThis.require;
        },
        set: (value) =>
          Object.defineProperty(globalThis, 'require', { value, writable: true, enumerable: false, configurable: true }),
        enumerable: false,
        configurable: true,
      });
    },
    resolve: (name, from) => load('lib/module.js').resolveFrom(name, from),
    isEsModule: (file) => load('lib/module.js').isEsModule(file),
    bridge: (kind, name) => load('lib/module.js').bridge(kind, name),
    main: (file) => load('lib/module.js').runMain(file),
    isCore,
    globals: () => load('lib/globals.js').install(),
    inspect: (value) => load('lib/inspect.js').inspect(value),
  };
});
