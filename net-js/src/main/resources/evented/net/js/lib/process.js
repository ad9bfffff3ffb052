'use strict';
// The process object: what is known of the program, how it ends, and what it is told. process-host.js and
// process-streams.js have the rest.

const EventEmitter = require('events');
const { late } = require('inner/late');
const turns = require('inner/turns');

const process = (module.exports = Object.create(
  Object.create(EventEmitter.prototype, {
    constructor: { value: function process() {} },
    [Symbol.toStringTag]: { value: 'process', configurable: true },
  })
));
EventEmitter.call(process);

const codes = () => require('inner/node-errors').codes;
const facts = binding.processFacts();

process.title = 'evented';
process.argv = [...facts.argv];
process.argv0 = process.argv[0];
process.execArgv = [...facts.execArgv];
process.execPath = facts.execPath;
process.pid = facts.pid;
process.ppid = facts.ppid;
process.platform = facts.platform;
process.arch = facts.arch;
process.version = facts.version;
process.versions = Object.freeze({
  node: facts.version.slice(1),
  evented: facts.evented,
  graaljs: facts.graaljs,
  java: facts.java,
});
// Packages take any other name for a browser, or for something that does not have Node's modules.
process.release = { name: 'node' };
process.features = Object.freeze({
  inspector: false,
  debug: false,
  uv: false,
  ipv6: true,
  tls_alpn: true,
  tls_sni: true,
  tls_ocsp: false,
  tls: true,
  cached_builtins: true,
  require_module: true,
  typescript: false,
});
process.config = Object.freeze({ target_defaults: Object.freeze({}), variables: Object.freeze({}) });
process.debugPort = 9229;
process.moduleLoadList = [];

/** The environment: values are text, whatever they are set to. */
process.env = new Proxy(Object.fromEntries([...facts.env]), {
  set(target, name, value) {
    target[checkedName(name)] = `${value}`;
    return true;
  },
  defineProperty(target, name, description) {
    const { configurable, writable, enumerable } = description;
    if ('get' in description || 'set' in description || !(configurable && writable && enumerable)) {
      throw new (codes().ERR_INVALID_OBJECT_DEFINE_PROPERTY)(
        "'process.env' only accepts a configurable, writable, and enumerable data descriptor"
      );
    }
    target[checkedName(name)] = `${description.value}`;
    return true;
  },
});

function checkedName(name) {
  if (typeof name === 'symbol') {
    throw new TypeError('Cannot convert a Symbol value to a string');
  }
  return name;
}

process.cwd = () => facts.cwd;
process.uptime = () => (binding.nanoTime() - facts.startedAt) / 1e9;
process.nextTick = turns.nextTick;

/** High-resolution time as [seconds, nanoseconds], or since an earlier result. */
process.hrtime = function hrtime(earlier) {
  const now = binding.nanoTime();
  let seconds = Math.floor(now / 1e9);
  let nanos = now % 1e9;
  if (earlier !== undefined) {
    require('inner/node-errors').validateArray(earlier, 'time');
    if (earlier.length !== 2) {
      throw new (codes().ERR_OUT_OF_RANGE)('time', 2, earlier.length);
    }
    seconds -= earlier[0];
    nanos -= earlier[1];
    if (nanos < 0) {
      seconds--;
      nanos += 1e9;
    }
  }
  return [seconds, nanos];
};

/** The same as a BigInt of nanoseconds. */
process.hrtime.bigint = () => BigInt(binding.nanoTime());

// The end.

let exitCode;

function checkedCode(code) {
  if (code === undefined || code === null) {
    return undefined;
  }
  const value = typeof code === 'string' && code !== '' ? Number(code) : code;
  if (typeof value !== 'number' || (typeof code === 'string' && Number.isNaN(value))) {
    throw new (codes().ERR_INVALID_ARG_TYPE)('code', 'number', code);
  }
  if (!Number.isInteger(value)) {
    throw new (codes().ERR_OUT_OF_RANGE)('code', 'an integer', value);
  }
  return value;
}

Object.defineProperty(process, 'exitCode', {
  get: () => exitCode,
  set(code) {
    checkedCode(code);
    exitCode = code;
  },
  enumerable: true,
  configurable: false,
});
process._exiting = false;

/** The code that the program ends with: a byte. */
const code = () => Number(exitCode || 0) & 0xff;

/**
 * Ends the program: 'exit' is emitted, and what streams have gathered is sent first.
 * @param {number|string} [code] the exit code; process.exitCode unless given
 */
process.exit = function exit(wanted) {
  if (wanted !== undefined && wanted !== null) {
    process.exitCode = wanted;
  }
  emitExit();
  // Not by the variable: one may put another function in its place.
  process.reallyExit(code());
};
process.reallyExit = (wanted) => binding.exit(Number(wanted) & 0xff);
process.abort = () => binding.exit(134);

function emitExit() {
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', Number(exitCode || 0));
  }
}

/**
 * Gives a core module, or undefined if there is none of that name.
 * @param {string} id such as fs or node:fs
 */
process.getBuiltinModule = function getBuiltinModule(id) {
  require('inner/node-errors').validateString(id, 'id');
  const loader = require('inner/loader');
  return loader.isCore(id) ? loader.core(id) : undefined;
};

/** Has what is given keep the program alive, if it can. */
process.ref = (handle) => keep(handle, 'nodejs.ref', 'ref');
process.unref = (handle) => keep(handle, 'nodejs.unref', 'unref');

function keep(handle, symbol, method) {
  const found = handle === null || handle === undefined ? undefined : handle[Symbol.for(symbol)] || handle[method];
  if (typeof found === 'function') {
    found.call(handle);
  }
}

process.binding = (name) => {
  throw new Error(`No such module: ${name}`);
};

// Warnings.

/**
 * Warns, by the event 'warning' and on the standard error.
 * @param {string|Error} warning
 * @param {string|{type: string, code: string, detail: string, ctor: Function}} [options] or its type
 * @param {string} [code] such as DEP0001
 * @param {Function} [ctor] what leaves itself, and what it calls, out of the stack
 */
process.emitWarning = function emitWarning(warning, options, code, ctor) {
  let given = { type: options, code, ctor };
  if (options !== null && typeof options === 'object' && !Array.isArray(options)) {
    given = options;
  } else if (typeof options === 'function') {
    given = { ctor: options };
  } else if (typeof code === 'function') {
    given = { type: options, ctor: code };
  }
  const { validateString } = require('inner/node-errors');
  const { type = 'Warning', detail } = given;
  validateString(type, 'type');
  if (given.code !== undefined) {
    validateString(given.code, 'code');
  }
  let made = warning;
  if (typeof warning === 'string') {
    made = new Error(warning);
    made.name = String(type);
    if (given.code !== undefined) {
      made.code = given.code;
    }
    if (typeof detail === 'string') {
      made.detail = detail;
    }
    if (typeof Error.captureStackTrace === 'function') {
      Error.captureStackTrace(made, given.ctor || process.emitWarning);
    }
  } else if (!(warning instanceof Error)) {
    throw new (codes().ERR_INVALID_ARG_TYPE)('warning', ['string', 'Error'], warning);
  }
  if (made.name === 'DeprecationWarning') {
    if (process.noDeprecation) {
      return;
    }
    if (process.throwDeprecation) {
      turns.nextTick(() => {
        throw made;
      });
      return;
    }
  }
  turns.nextTick(() => process.emit('warning', made));
};

function printWarning(warning) {
  if (!(warning instanceof Error) || (warning.name === 'DeprecationWarning' && process.noDeprecation)) {
    return;
  }
  const traces = process.traceProcessWarnings || (warning.name === 'DeprecationWarning' && process.traceDeprecation);
  const head = `(evented:${process.pid}) ${warning.code ? `[${warning.code}] ` : ''}`;
  const text = traces && warning.stack ? warning.stack : `${warning.name}: ${warning.message}`;
  try {
    binding.write(2, `${head}${text}${typeof warning.detail === 'string' ? `\n${warning.detail}` : ''}\n`);
  } catch (error) {
    // Nobody reads warnings.
  }
}

// Whoever removes this listener does not want to see them.
if (process.env.NODE_NO_WARNINGS !== '1') {
  process.on('warning', printWarning);
}

// What nothing has caught.

let capture = null;

/** Has a function called in place of 'uncaughtException'; null takes it away. */
process.setUncaughtExceptionCaptureCallback = function setUncaughtExceptionCaptureCallback(callback) {
  if (callback === null) {
    capture = null;
    return;
  }
  if (typeof callback !== 'function') {
    throw new (codes().ERR_INVALID_ARG_TYPE)('fn', ['Function', 'null'], callback);
  }
  if (capture !== null) {
    throw new (codes().ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET)();
  }
  capture = callback;
};
process.hasUncaughtExceptionCaptureCallback = () => capture !== null;

turns.uncaughtListener = (error, origin) => {
  if (capture !== null) {
    turns.turn(capture, undefined, [error]);
    return true;
  }
  if (process.listenerCount('uncaughtExceptionMonitor') > 0) {
    turns.turn(process.emit, process, ['uncaughtExceptionMonitor', error, origin]);
  }
  if (process.listenerCount('uncaughtException') === 0) {
    return false;
  }
  turns.turn(process.emit, process, ['uncaughtException', error, origin]);
  return true;
};

// Signals: asked of the host when the first listener comes.

const signals = new Set();
process.on('newListener', (event) => {
  if (typeof event === 'string' && /^SIG[A-Z0-9]+$/.test(event) && !signals.has(event)) {
    const hear = (name) => turns.turn(process.emit, process, [name, name, require('inner/process-host').signalNumber(name)]);
    if (binding.hearSignal(event, hear)) {
      signals.add(event);
    }
  }
});
process.on('removeListener', (event) => {
  if (signals.has(event) && process.listenerCount(event) === 0) {
    signals.delete(event);
    binding.unhearSignal(event);
  }
});

// What is seldom used, and takes its time to load.

function lateFrom(file, names, enumerable = true) {
  for (const name of names) {
    late(process, name, () => require(file)[name], enumerable);
  }
}

lateFrom('inner/process-streams', ['stdout', 'stderr', 'stdin', 'openStdin']);
lateFrom('inner/process-host', [
  ...['allowedNodeEnvironmentFlags', 'availableMemory', 'chdir', 'constrainedMemory', 'cpuUsage', 'dlopen'],
  ...['getActiveResourcesInfo', 'kill', 'loadEnvFile', 'memoryUsage', 'resourceUsage', 'umask'],
]);
lateFrom('inner/process-host', ['_getActiveHandles', '_getActiveRequests'], false);
if (facts.platform !== 'win32') {
  lateFrom('inner/process-host', [
    ...['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups'],
    ...['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups'],
  ]);
}

// What the host tells.

/** Called by the host: 'beforeExit', or 'exit', after which it ends with the code that this returns. */
Object.defineProperty(process, 'emitFromHost', {
  value(event, failed) {
    if (failed !== undefined && failed !== 0) {
      process.exitCode = failed;
    }
    if (event === 'exit') {
      emitExit();
    } else {
      turns.turn(process.emit, process, [event, Number(exitCode || 0)]);
    }
    return code();
  },
});

/** Promises that failed and no one has heard of: 'unhandledRejection', or as uncaught exceptions. */
Object.defineProperty(process, 'emitRejection', {
  value(reason, promise) {
    if (process.listenerCount('unhandledRejection') > 0) {
      turns.turn(process.emit, process, ['unhandledRejection', reason, promise]);
      return true;
    }
    return false;
  },
});
