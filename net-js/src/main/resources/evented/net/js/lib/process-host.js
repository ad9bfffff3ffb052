'use strict';
// What process tells of the system, and asks of it.

const { codes, systemError, validateNumber, validateObject, validateString } = require('inner/node-errors');

/** The signals of Linux; those of macOS differ in some numbers, which no one asks for. */
const SIGNALS = {
  __proto__: null,
  ...{ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGIOT: 6, SIGBUS: 7, SIGFPE: 8 },
  ...{ SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16 },
  ...{ SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24 },
  ...{ SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPOLL: 29, SIGPWR: 30, SIGSYS: 31 },
};

exports.signalNumber = (name) => SIGNALS[name];

/**
 * Sends a signal.
 * @param {number} pid a process; this one's own is process.pid
 * @param {string|number} [signal='SIGTERM'] its name or number; 0 only tests whether there is such a process
 * @throws {Error} ESRCH if there is none
 */
exports.kill = function kill(pid, signal = 'SIGTERM') {
  if (typeof pid !== 'number' && !(typeof pid === 'string' && `${pid | 0}` === pid)) {
    throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  }
  let name = signal;
  if (typeof signal === 'number') {
    name = signal === 0 ? '0' : Object.keys(SIGNALS).find((one) => SIGNALS[one] === signal);
    if (name === undefined) {
      throw systemError('EINVAL', 'kill');
    }
  } else if (SIGNALS[signal] === undefined) {
    throw new codes.ERR_UNKNOWN_SIGNAL(typeof signal === 'string' ? signal : require('inner/inspect').inspect(signal));
  }
  if (!binding.kill(Number(pid), name)) {
    throw systemError('ESRCH', 'kill');
  }
  return true;
};

const usage = () => {
  const [user, system, rss, maxRss, minorFaults, majorFaults, voluntary, involuntary] = [...binding.processUsage()];
  return { user, system, rss, maxRss, minorFaults, majorFaults, voluntary, involuntary };
};

/** The memory of the process and of Java's heap, in bytes. */
exports.memoryUsage = () => {
  const [heapTotal, heapUsed] = [...binding.memory()];
  const { rss } = usage();
  return { rss: rss || heapTotal, heapTotal, heapUsed, external: 0, arrayBuffers: 0 };
};

/** The memory that the process takes of the system's. */
exports.memoryUsage.rss = () => exports.memoryUsage().rss;

/** How much Java's heap may grow, in bytes. */
exports.availableMemory = () => [...binding.memory()][3];
exports.constrainedMemory = () => [...binding.memory()][2];

/**
 * Time on processors, in microseconds, or since an earlier result.
 * @returns {{user: number, system: number}}
 */
exports.cpuUsage = function cpuUsage(earlier) {
  const { user, system } = usage();
  if (earlier === undefined) {
    return { user, system };
  }
  validateObject(earlier, 'prevValue');
  for (const name of ['user', 'system']) {
    validateNumber(earlier[name], `prevValue.${name}`);
    if (!(earlier[name] >= 0 && earlier[name] <= Number.MAX_SAFE_INTEGER)) {
      const { ERR_INVALID_ARG_VALUE } = codes;
      throw Object.setPrototypeOf(new ERR_INVALID_ARG_VALUE(`prevValue.${name}`, earlier[name]), RangeError.prototype);
    }
  }
  return { user: user - earlier.user, system: system - earlier.system };
};

/** What the system counts of the process; what it does not tell is 0. */
exports.resourceUsage = () => {
  const { user, system, maxRss, minorFaults, majorFaults, voluntary, involuntary } = usage();
  return {
    userCPUTime: user,
    systemCPUTime: system,
    maxRSS: Math.floor(maxRss / 1024),
    sharedMemorySize: 0,
    unsharedDataSize: 0,
    unsharedStackSize: 0,
    minorPageFault: minorFaults,
    majorPageFault: majorFaults,
    swappedOut: 0,
    fsRead: 0,
    fsWrite: 0,
    ipcSent: 0,
    ipcReceived: 0,
    signalsCount: 0,
    voluntaryContextSwitches: voluntary,
    involuntaryContextSwitches: involuntary,
  };
};

function unavailable(name) {
  return Object.defineProperty(
    () => {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`process.${name}()`);
    },
    'name',
    { value: name }
  );
}

// A Java process cannot change these of itself.
for (const name of ['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups', 'dlopen']) {
  exports[name] = unavailable(name);
}

exports.chdir = function chdir(directory) {
  validateString(directory, 'directory');
  unavailable('chdir')();
};

/** Whose rights the process has. */
const ids = () => {
  const [uid, euid, gid, egid, mask, ...groups] = [...binding.processIds()];
  return { uid, euid, gid, egid, mask, groups };
};
exports.getuid = () => ids().uid;
exports.geteuid = () => ids().euid;
exports.getgid = () => ids().gid;
exports.getegid = () => ids().egid;
exports.getgroups = () => {
  const { groups, egid } = ids();
  return groups.includes(egid) ? groups : [...groups, egid];
};

/** The rights that new files do not get. It cannot be changed. */
exports.umask = function umask(mask) {
  if (mask !== undefined) {
    const value = typeof mask === 'string' && /^[0-7]+$/.test(mask) ? parseInt(mask, 8) : mask;
    if (typeof value !== 'number' || value !== value >>> 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('mask', mask, 'must be a 32-bit unsigned integer or an octal string');
    }
    if (value !== ids().mask) {
      unavailable('umask')();
    }
  }
  return ids().mask;
};

/** Flags that NODE_OPTIONS may hold: none. */
exports.allowedNodeEnvironmentFlags = Object.freeze(new Set());

/** The kinds of what keeps the program alive. */
exports.getActiveResourcesInfo = () => {
  const timers = require('timers');
  return [
    ...binding.activeResources(),
    ...new Array(timers.waiting.timers).fill('Timeout'),
    ...new Array(timers.waiting.immediates).fill('Immediate'),
  ];
};
exports._getActiveHandles = () => [];
exports._getActiveRequests = () => [];

/** Adds what a file of NAME=value lines holds to process.env, where that has no such name. */
exports.loadEnvFile = function loadEnvFile(path = '.env') {
  const process = require('process');
  const { parseEnv } = require('util');
  if (typeof parseEnv !== 'function') {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('process.loadEnvFile()');
  }
  const values = parseEnv(require('fs').readFileSync(path, 'utf8'));
  for (const name of Object.keys(values)) {
    if (process.env[name] === undefined) {
      process.env[name] = values[name];
    }
  }
};
