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
    async_hooks: 'lib/async-hooks.js',
    buffer: 'lib/buffer.js',
    console: 'lib/console.js',
    constants: 'lib/constants.js',
    crypto: 'lib/crypto.js',
    diagnostics_channel: 'lib/diagnostics-channel.js',
    dns: 'lib/dns.js',
    events: 'lib/events.js',
    fs: 'lib/fs.js',
    module: 'lib/module.js',
    net: 'lib/net.js',
    os: 'lib/os.js',
    path: 'npm/path-browserify/index.js',
    perf_hooks: 'lib/perf-hooks.js',
    process: 'lib/process.js',
    punycode: 'npm/punycode/punycode.js',
    querystring: 'npm/querystring-es3/index.js',
    readline: 'lib/readline.js',
    stream: 'lib/stream.js',
    'stream/consumers': 'lib/stream-consumers.js',
    'stream/web': 'lib/stream-web.js',
    string_decoder: 'npm/string_decoder/lib/string_decoder.js',
    sys: 'lib/util.js',
    timers: 'lib/timers.js',
    'timers/promises': 'lib/timers-promises.js',
    tls: 'lib/tls.js',
    tty: 'lib/tty.js',
    url: 'lib/url.js',
    util: 'lib/util.js',
    v8: 'lib/v8.js',
    vm: 'lib/vm.js',
    zlib: 'lib/zlib.js',
  };

  /** Core modules that are a member of another one. */
  const MEMBERS = {
    __proto__: null,
    'assert/strict': ['assert', 'strict'],
    'dns/promises': ['dns', 'promises'],
    'fs/promises': ['fs', 'promises'],
    'path/posix': ['path', 'posix'],
    'path/win32': ['path', 'win32'],
    'readline/promises': ['readline', 'promises'],
    'stream/promises': ['stream', 'promises'],
    'util/types': ['util', 'types'],
  };

  /** Those that many packages only load: what they export says at the call that it is not there. */
  const ABSENT = [
    ...['child_process', 'cluster', 'dgram', 'domain', 'http', 'http2', 'https', 'inspector', 'inspector/promises'],
    ...['repl', 'sea', 'sqlite', 'test', 'trace_events', 'wasi', 'worker_threads'],
  ];
  for (let i = 0; i < ABSENT.length; i++) {
    MEMBERS[ABSENT[i]] = ['inner/absent', ABSENT[i]];
  }

  /** Core modules only with `node:` before them: without it they are packages. */
  const PREFIXED = { __proto__: null, sea: true, sqlite: true, test: true };

  /** What `node:` before a name gives, and the name alone in a package, where that is another module. */
  const TODAY = {
    __proto__: null,
    net: 'lib/node-net.js',
  };

  /** Names by which the code inside asks for what no script sees. */
  const INNER = {
    __proto__: null,
    'inner/loader': 'lib/loader.js',
    'abort-controller': 'lib/abort.js',
    'base64-js': 'npm/base64-js/index.js',
    ieee754: 'npm/ieee754/index.js',
    inherits: 'npm/inherits/inherits_browser.js',
    'inner/absent': 'lib/absent.js',
    'inner/absent-http': 'lib/absent-http.js',
    'inner/assertion-error': 'lib/assertion-error.js',
    'inner/async-context': 'lib/async-context.js',
    'inner/dom-exception': 'lib/dom-exception.js',
    'inner/emitter-resource': 'lib/emitter-resource.js',
    'inner/console-table': 'lib/console-table.js',
    'inner/deep-equal': 'lib/deep-equal.js',
    'inner/dns-resolver': 'lib/dns-resolver.js',
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
    'inner/engine-events': 'lib/engine-events.js',
    'inner/errors': 'lib/errors.js',
    'inner/event-target': 'lib/event-target.js',
    'inner/events-more': 'lib/events-more.js',
    'inner/es-modules': 'lib/es-modules.js',
    'inner/file-streams': 'lib/file-streams.js',
    'inner/format': 'lib/format.js',
    'inner/fs-descriptors': 'lib/fs-descriptors.js',
    'inner/fs-more': 'lib/fs-more.js',
    'inner/inspect': 'lib/inspect.js',
    'inner/inspect-colors': 'lib/inspect-colors.js',
    'inner/inspect-contents': 'lib/inspect-contents.js',
    'inner/inspect-errors': 'lib/inspect-errors.js',
    'inner/inspect-layout': 'lib/inspect-layout.js',
    'inner/inspect-objects': 'lib/inspect-objects.js',
    'inner/intrinsics': 'lib/intrinsics.js',
    'inner/late': 'lib/late.js',
    'inner/message-channel': 'lib/message-channel.js',
    'inner/node-errors': 'lib/node-errors.js',
    'inner/node-net': 'lib/node-net.js',
    'inner/node-net-block-list': 'lib/node-net-block-list.js',
    'inner/node-net-connect': 'lib/node-net-connect.js',
    'inner/node-net-handles': 'lib/node-net-handles.js',
    'inner/node-net-idle-time': 'lib/node-net-idle-time.js',
    'inner/node-net-options': 'lib/node-net-options.js',
    'inner/node-net-server': 'lib/node-net-server.js',
    'inner/node-net-socket': 'lib/node-net-socket.js',
    'inner/performance': 'lib/performance.js',
    'inner/process-host': 'lib/process-host.js',
    'inner/process-streams': 'lib/process-streams.js',
    'inner/timer-lists': 'lib/timer-lists.js',
    'inner/provided': 'lib/provided.js',
    'inner/resolve': 'lib/resolve.js',
    'inner/tls-certificates': 'lib/tls-certificates.js',
    'inner/tls-ciphers': 'lib/tls-ciphers.js',
    'inner/tls-context': 'lib/tls-context.js',
    'inner/tls-errors': 'lib/tls-errors.js',
    'inner/tls-names': 'lib/tls-names.js',
    'inner/tls-server': 'lib/tls-server.js',
    'inner/tls-socket': 'lib/tls-socket.js',
    'inner/os-constants': 'lib/os-constants.js',
    'inner/mime': 'lib/mime.js',
    'inner/parse-args': 'lib/parse-args.js',
    'inner/stream-adapters': 'lib/stream-adapters.js',
    'inner/text-codec': 'lib/text-codec.js',
    'inner/util-legacy': 'lib/util-legacy.js',
    'inner/turns': 'lib/turns.js',
    'inner/types': 'lib/types.js',
    'inner/base64': 'lib/base64.js',
    'inner/blob': 'lib/blob.js',
    'inner/structured-clone': 'lib/structured-clone.js',
    'inner/webcrypto': 'lib/webcrypto.js',
    'inner/webcrypto-keys': 'lib/webcrypto-keys.js',
    'inner/webcrypto-rules': 'lib/webcrypto-rules.js',
    'npm/buffer': 'npm/buffer/index.js',
    'npm/cjs-module-lexer': 'npm/cjs-module-lexer/lexer.js',
    'npm/resolve.exports': 'npm/resolve.exports/dist/index.js',
    'npm/stream': 'npm/readable-stream/lib/stream.js',
    'npm/web-streams': 'npm/web-streams-polyfill/dist/ponyfill.es2018.js',
    'npm/tr46': 'npm/tr46/index.js',
    'npm/url': 'npm/url/url.js',
    'npm/whatwg-url': 'npm/whatwg-url/index.js',
    'process/': 'lib/process.js',
    'punycode/': 'npm/punycode/punycode.js',
    qs: 'npm/querystring-es3/index.js',
    'safe-buffer': 'npm/safe-buffer/index.js',
    'string_decoder/': 'npm/string_decoder/lib/string_decoder.js',
    tr46: 'lib/tr46.js',
    'util/': 'lib/util.js',
    'webidl-conversions': 'npm/webidl-conversions/lib/index.js',
  };

  /** Modules by their file. */
  const loaded = { __proto__: null };

  const { freeze } = Object;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const indexOf = Function.prototype.call.bind(String.prototype.indexOf);
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
        const member = MEMBERS[name];
        if (member !== undefined) {
          return load(CORE[member[0]] || INNER[member[0]])[member[1]];
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
    if (PREFIXED[plain] && plain === name) {
      return false;
    }
    return CORE[plain] !== undefined || MEMBERS[plain] !== undefined;
  }

  function coreName(name) {
    return slice(name, 0, 5) === 'node:' ? slice(name, 5) : name;
  }

  /**
   * Tells apart what one name means in different places: in packages, or with `node:`, it may be a module of today's.
   * @param {string} name of a core module, with or without `node:`
   * @param {?string} importer the file that asks
   */
  function coreId(name, importer) {
    const plain = coreName(name);
    const asToday = plain !== name || (typeof importer === 'string' && indexOf(importer, '/node_modules/') >= 0);
    return asToday && TODAY[plain] !== undefined ? `node:${plain}` : plain;
  }

  /** Whether a name stands for a module that the application gives, which comes before any other of that name. */
  const isProvided = (name) => binding.isProvided(name);

  /**
   * Loads a core module, if the host lets scripts use it.
   * @param {string} name as coreId gives it
   */
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
      return load(CORE[member[0]] || INNER[member[0]])[member[1]];
    }
    if (TODAY[plain] !== undefined && name !== plain) {
      return load(TODAY[plain]);
    }
    return load(CORE[plain]);
  }

  function allowedNames() {
    const allowed = [];
    for (let i = 0; i < NAMES.length; i++) {
      if (binding.mayUse(NAMES[i])) {
        allowed[allowed.length] = PREFIXED[NAMES[i]] ? `node:${NAMES[i]}` : NAMES[i];
      }
    }
    return allowed;
  }

  // No way to load by a file's name: that is for the code here.
  const provided = (name) => load('lib/provided.js').exportsOf(name);
  const allowsAll = () => allowedNames().length === NAMES.length;
  const shared = { __proto__: null, allowedNames, allowsAll, core, coreId, isCore, isProvided, provided };
  loaded['lib/loader.js'] = { exports: freeze(shared), loaded: true };
  freeze(CORE);
  freeze(MEMBERS);
  freeze(TODAY);
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
    resolveImport: (...args) => load('lib/es-modules.js').resolveImport(...args),
    isEsModule: (file) => load('lib/es-modules.js').isEsModule(file),
    bridge: (kind, name) => load('lib/es-modules.js').bridge(kind, name),
    prelude: () => load('lib/es-modules.js').prelude(),
    missingModule: (...args) => load('lib/es-modules.js').missingModule(...args),
    importModule: (name) => load('lib/es-modules.js').importModule(name),
    preload: (names) => load('lib/module.js')._preloadModules(names),
    show: (value) => load('lib/prompt.js').show(value),
    complete: (line) => load('lib/prompt.js').complete(line),
    defineForText: (name) => load('lib/module.js').defineForText(name),
    looksLikeModule: (text) => load('lib/es-modules.js').looksLikeModule(text),
    check: (file) => load('lib/module.js').check(file),
    print: (value) => load('lib/console.js').log(value),
    settle: (...args) => load('lib/provided.js').settle(...args),
    promise: (stage) => load('lib/provided.js').promiseOf(stage),
    main: (file) => load('lib/module.js').runMain(file),
    isCore,
    awaitMain: turns.awaitMain,
    globals: (own) => load('lib/globals.js').install(own),
    inspect: (value) => load('lib/inspect.js').inspect(value),
  };
});
