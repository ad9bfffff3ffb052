'use strict';
// Core modules that many packages load and few of their users need: all they export is here, and says at the call that it
// is not to be had. What can be told without doing anything is told: that this is the main thread, the primary process.

const { codes } = require('inner/node-errors');

const fail = (name) => {
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(name);
};

/** A function that can be looked at, but not called. */
function absentFunction(module, name) {
  const { [name]: made } = { [name]: () => fail(`${module}.${name}`) };
  return made;
}

/** A class that can be extended and asked by instanceof, but of which no object can be made. */
function absentClass(module, name, above) {
  const { [name]: made } = {
    [name]: function () {
      fail(`${module}.${name}`);
    },
  };
  if (above) {
    Object.setPrototypeOf(made.prototype, above.prototype);
    Object.setPrototypeOf(made, above);
  }
  return made;
}

const words = (text) => text.split(' ');

/** Names of functions and classes of each module; `more` gives what is really there. */
const MODULES = {
  __proto__: null,
  child_process: { functions: words('exec execFile execFileSync execSync fork spawn spawnSync'), classes: ['ChildProcess'] },
  cluster: {
    functions: words('disconnect fork setupMaster setupPrimary'),
    classes: ['Worker'],
    more: () =>
      Object.assign(Object.create(require('events').prototype), {
        ...{ isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {} },
        ...{ SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2 },
      }),
  },
  dgram: { functions: ['createSocket'], classes: ['Socket'] },
  domain: { functions: ['create', 'createDomain'], classes: ['Domain'], more: () => ({ active: null }) },
  http: { more: () => require('inner/absent-http').http(absentFunction, absentClass) },
  http2: {
    functions: words('connect createSecureServer createServer getPackedSettings getUnpackedSettings performServerHandshake'),
    classes: words('Http2ServerRequest Http2ServerResponse'),
    more: () => ({ constants: {}, sensitiveHeaders: Symbol('nodejs.http2.sensitiveHeaders') }),
  },
  https: { more: () => require('inner/absent-http').https(absentFunction, absentClass) },
  inspector: {
    functions: words('open waitForDebugger'),
    classes: ['Session'],
    more: () => ({ close: () => undefined, url: () => undefined, console: globalThis.console }),
  },
  'inspector/promises': {
    functions: words('open waitForDebugger'),
    classes: ['Session'],
    more: () => ({ close: () => undefined, url: () => undefined, console: globalThis.console }),
  },
  repl: { functions: words('start writer'), classes: words('REPLServer Recoverable'), more: () => ({ builtinModules: [] }) },
  sea: { functions: words('getAsset getAssetAsBlob getRawAsset'), more: () => ({ isSea: () => false }) },
  sqlite: { classes: words('DatabaseSync StatementSync'), functions: ['backup'] },
  test: { functions: words('after afterEach before beforeEach describe it run suite test') },
  trace_events: { functions: ['createTracing'], more: () => ({ getEnabledCategories: () => undefined }) },
  wasi: { classes: ['WASI'] },
  worker_threads: {
    functions: words('moveMessagePortToContext postMessageToThread receiveMessageOnPort'),
    classes: ['Worker'],
    more: workerThreads,
  },
};

function workerThreads() {
  const shared = new Map();
  const module = {
    isMainThread: true,
    parentPort: null,
    workerData: null,
    threadId: 0,
    resourceLimits: {},
    SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
    getEnvironmentData: (key) => shared.get(key),
    setEnvironmentData: (key, value) => (value === undefined ? shared.delete(key) : shared.set(key, value)) && undefined,
  };
  for (const name of ['MessageChannel', 'MessagePort', 'BroadcastChannel']) {
    module[name] = typeof globalThis[name] === 'function' ? globalThis[name] : absentClass('worker_threads', name);
  }
  return module;
}

/** The names of these modules. */
Object.defineProperty(exports, 'names', { value: Object.keys(MODULES) });

for (const name of Object.keys(MODULES)) {
  let made;
  Object.defineProperty(exports, name, {
    get() {
      if (made === undefined) {
        const { functions = [], classes = [], more = () => ({}) } = MODULES[name];
        made = more();
        functions.forEach((one) => (made[one] = absentFunction(name, one)));
        classes.forEach((one) => (made[one] = absentClass(name, one)));
      }
      return made;
    },
    enumerable: true,
  });
}
