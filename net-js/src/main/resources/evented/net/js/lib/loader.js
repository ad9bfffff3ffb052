// The first code to run in a context: finds modules, runs them, and hands the host the functions that it
// calls later. `binding` holds what Java lends: see Binding.java.
//
// A script may replace any intrinsic function and add to any prototype, and most of this runs after that. So tables
// have no prototype, nothing here calls a method of a string, an array or a map on the way from a name to a module,
// and whether a script may use a module or a file is decided in Java.
(function (binding) {
  'use strict';

  /** What a name in require() stands for: a file of this folder, or one of an npm package. */
  const CORE = {
    __proto__: null,
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
    zlib: 'lib/zlib.js',
  };

  /** Core modules that are a member of another one. */
  const MEMBERS = {
    __proto__: null,
    'assert/strict': ['assert', 'strict'],
    'dns/promises': ['dns', 'promises'],
    'fs/promises': ['fs', 'promises'],
    'path/posix': ['path', 'posix'],
    'stream/promises': ['stream', 'promises'],
    'util/types': ['util', 'types'],
  };

  /** Names by which the code inside asks for what no script sees. */
  const INNER = {
    __proto__: null,
    'inner/loader': 'lib/loader.js',
    'abort-controller': 'npm/abort-controller/dist/abort-controller.js',
    'base64-js': 'npm/base64-js/index.js',
    'event-target-shim': 'npm/event-target-shim/dist/event-target-shim.js',
    ieee754: 'npm/ieee754/index.js',
    inherits: 'npm/inherits/inherits_browser.js',
    'inner/crypto-cipher': 'lib/crypto-cipher.js',
    'inner/crypto-dh': 'lib/crypto-dh.js',
    'inner/crypto-generate': 'lib/crypto-generate.js',
    'inner/crypto-hash': 'lib/crypto-hash.js',
    'inner/crypto-kdf': 'lib/crypto-kdf.js',
    'inner/crypto-keys': 'lib/crypto-keys.js',
    'inner/crypto-lazy-stream': 'lib/crypto-lazy-stream.js',
    'inner/crypto-more': 'lib/crypto-more.js',
    'inner/crypto-native': 'lib/crypto-native.js',
    'inner/crypto-primes': 'lib/crypto-primes.js',
    'inner/crypto-random': 'lib/crypto-random.js',
    'inner/crypto-sign': 'lib/crypto-sign.js',
    'inner/crypto-x509': 'lib/crypto-x509.js',
    'inner/errors': 'lib/errors.js',
    'inner/file-streams': 'lib/file-streams.js',
    'inner/inspect': 'lib/inspect.js',
    'inner/intrinsics': 'lib/intrinsics.js',
    'inner/node-errors': 'lib/node-errors.js',
    'inner/structured-clone': 'lib/structured-clone.js',
    'inner/turns': 'lib/turns.js',
    'inner/webcrypto': 'lib/webcrypto.js',
    'inner/webcrypto-algorithms': 'lib/webcrypto-algorithms.js',
    'inner/webcrypto-keys': 'lib/webcrypto-keys.js',
    'inner/zlib-constants': 'lib/zlib-constants.js',
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

  /** Modules by their file. */
  const loaded = { __proto__: null };

  const { freeze } = Object;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const NAMES = freeze(Object.keys(CORE).concat(Object.keys(MEMBERS)));

  /** Loads a file of this jar, once. */
  function load(file) {
    let module = loaded[file];
    if (module === undefined) {
      module = { exports: {}, id: file, loaded: false };
      loaded[file] = module;
      const inner = (name) => {
        if (name[0] === '.') {
          return load(binding.resolveResource(file, name));
        }
        return load(INNER[name] || CORE[name]);
      };
      const npm = slice(file, 0, 4) === 'npm/';
      const process = slice(file, 0, 20) === 'npm/readable-stream/' ? load(CORE.process) : shallowProcess;
      try {
        binding.compileResource(file)(module.exports, inner, module, npm ? process : binding);
      } catch (error) {
        delete loaded[file];
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
    const plain = coreName(name);
    return CORE[plain] !== undefined || MEMBERS[plain] !== undefined;
  }

  function coreName(name) {
    return slice(name, 0, 5) === 'node:' ? slice(name, 5) : name;
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
    const member = MEMBERS[plain];
    if (member !== undefined) {
      return load(CORE[member[0]])[member[1]];
    }
    return load(CORE[plain]);
  }

  function allowedNames() {
    const allowed = [];
    for (let i = 0; i < NAMES.length; i++) {
      if (binding.mayUse(NAMES[i])) {
        allowed[allowed.length] = NAMES[i];
      }
    }
    return allowed;
  }

  // No way to load by a file's name: that is for the code here.
  loaded['lib/loader.js'] = { exports: freeze({ __proto__: null, allowedNames, core, isCore }), loaded: true };
  freeze(CORE);
  freeze(MEMBERS);
  freeze(INNER);
  freeze(binding);

  // Before a script runs, since they keep intrinsics of their own.
  load('lib/intrinsics.js');

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
    awaitMain: turns.awaitMain,
    globals: () => load('lib/globals.js').install(),
    inspect: (value) => load('lib/inspect.js').inspect(value),
  };
});
