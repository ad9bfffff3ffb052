'use strict';
// os.constants: numbers of Linux.

const { ERRNO } = require('inner/node-errors');

const SIGNALS = (
  'SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM ' +
  'SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO ' +
  'SIGPWR SIGSYS'
).split(' ');

const signals = { __proto__: null };
SIGNALS.forEach((name, i) => (signals[name] = i + 1));
Object.assign(signals, { SIGIOT: signals.SIGABRT, SIGPOLL: signals.SIGIO });

const errno = { __proto__: null };
for (const code of Object.keys(ERRNO)) {
  if (ERRNO[code] < 1000) {
    errno[code] = ERRNO[code]; // the greater ones are libuv's own
  }
}

module.exports = {
  __proto__: null,
  UV_UDP_REUSEADDR: 4,
  dlopen: { __proto__: null, RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 },
  errno: Object.freeze(errno),
  signals: Object.freeze(signals),
  priority: Object.freeze({
    __proto__: null,
    PRIORITY_LOW: 19,
    PRIORITY_BELOW_NORMAL: 10,
    PRIORITY_NORMAL: 0,
    PRIORITY_ABOVE_NORMAL: -7,
    PRIORITY_HIGH: -14,
    PRIORITY_HIGHEST: -20,
  }),
};
