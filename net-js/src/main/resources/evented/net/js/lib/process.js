'use strict';
// The process object.

const EventEmitter = require('events');
const turns = require('inner/turns');
const { argumentType } = require('inner/errors');

const process = (module.exports = Object.create(
  Object.create(EventEmitter.prototype, { constructor: { value: function process() {} } })
));
EventEmitter.call(process);

const facts = binding.processFacts();

process.title = 'evented';
process.argv = [...facts.argv];
process.argv0 = process.argv[0];
process.execArgv = [...facts.execArgv];
process.execPath = facts.execPath;
process.env = Object.fromEntries([...facts.env]);
process.pid = facts.pid;
process.ppid = facts.ppid;
process.platform = facts.platform;
process.arch = facts.arch;
process.version = facts.version;
process.versions = { node: facts.version.slice(1), evented: facts.evented, graaljs: facts.graaljs, java: facts.java };
process.release = { name: 'evented' };
process.features = {};
process.config = {};
process.exitCode = undefined;

process.cwd = () => facts.cwd;
process.uptime = () => (binding.nanoTime() - facts.startedAt) / 1e9;
process.memoryUsage = () => {
  const [heapTotal, heapUsed] = [...binding.memory()];
  return { rss: heapTotal, heapTotal, heapUsed, external: 0, arrayBuffers: 0 };
};
process.umask = () => 0o022;
process.nextTick = turns.nextTick;

/** High-resolution time as [seconds, nanoseconds], or since an earlier result. */
process.hrtime = function hrtime(earlier) {
  const now = binding.nanoTime();
  let seconds = Math.floor(now / 1e9);
  let nanos = now % 1e9;
  if (earlier !== undefined) {
    if (!Array.isArray(earlier)) {
      throw argumentType('time', 'an array', earlier);
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
process.hrtime.bigint = () => BigInt(binding.nanoTime());

let exiting = false;

/** Ends the program: 'exit' is emitted, and what streams have gathered is sent first. */
process.exit = function exit(code) {
  if (code !== undefined) {
    process.exitCode = code;
  }
  emitExit(process.exitCode);
  binding.exit(Number(process.exitCode) || 0);
};
process.reallyExit = (code) => binding.exit(Number(code) || 0);
process.abort = () => binding.exit(134);

function emitExit(code) {
  if (!exiting) {
    exiting = true;
    process.emit('exit', Number(code) || 0);
  }
}

process.kill = function kill(pid, signal = 'SIGTERM') {
  if (Number(pid) === process.pid && signal === 0) {
    return true;
  }
  return binding.kill(Number(pid), String(signal));
};

process.emitWarning = function emitWarning(warning, type = 'Warning') {
  const name = warning instanceof Error ? warning.name : typeof type === 'object' ? type.type || 'Warning' : type;
  const text = warning instanceof Error ? warning.message : String(warning);
  turns.nextTick(() => {
    const error = warning instanceof Error ? warning : Object.assign(new Error(text), { name });
    if (!process.emit('warning', error)) {
      binding.write(2, `(evented:${process.pid}) ${name}: ${text}\n`);
    }
  });
};

process.binding = () => {
  throw new Error('process.binding: No such module');
};

// The standard streams.

function outputStream(fd) {
  let stream = null;
  return () => {
    if (stream === null) {
      stream = Object.create(EventEmitter.prototype);
      EventEmitter.call(stream);
      Object.assign(stream, {
        fd,
        writable: true,
        isTTY: binding.isTerminal(fd),
        columns: 80,
        write(data, encoding, callback) {
          if (typeof data === 'string') {
            binding.write(fd, data);
          } else if (data instanceof Uint8Array) {
            binding.writeBytes(fd, data.buffer, data.byteOffset, data.byteLength);
          } else {
            throw argumentType('data', 'a string or a Buffer', data);
          }
          const done = typeof encoding === 'function' ? encoding : callback;
          if (typeof done === 'function') {
            turns.nextTick(done);
          }
          return true;
        },
        end(data, ...rest) {
          if (data !== undefined && typeof data !== 'function') {
            stream.write(data, ...rest);
          }
        },
        destroy() {},
        flush: () => true,
      });
    }
    return stream;
  };
}

let stdin = null;

/** Standard input, read once someone asks for it. */
function inputStream() {
  if (stdin === null) {
    const { Readable } = require('stream');
    const { wrap } = require('buffer');
    stdin = new Readable({
      read() {
        binding.readInput((bytes) => {
          turns.turn(() => stdin.push(bytes === null ? null : wrap(bytes)));
        });
      },
    });
    stdin.fd = 0;
    stdin.isTTY = binding.isTerminal(0);
    stdin.setRawMode = () => stdin;
    stdin.ref = () => {
      binding.referenceInput(true);
      return stdin;
    };
    stdin.unref = () => {
      binding.referenceInput(false);
      return stdin;
    };
    // A program that has paused it does not wait for it.
    stdin.on('pause', stdin.unref).on('resume', stdin.ref);
  }
  return stdin;
}

for (const [name, get] of [
  ['stdout', outputStream(1)],
  ['stderr', outputStream(2)],
  ['stdin', inputStream],
]) {
  Object.defineProperty(process, name, { get, enumerable: true, configurable: true });
}
process.openStdin = () => {
  process.stdin.resume();
  return process.stdin;
};

// Signals: asked of the host when the first listener comes.

const signals = new Set();
process.on('newListener', (event) => {
  if (typeof event === 'string' && /^SIG[A-Z0-9]+$/.test(event) && !signals.has(event)) {
    if (binding.hearSignal(event, (name) => turns.turn(() => process.emit(name, name)))) {
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

// What the host tells.

turns.uncaughtListener = (error, origin) => {
  if (process.listenerCount('uncaughtException') === 0) {
    return false;
  }
  turns.turn(() => process.emit('uncaughtException', error, origin));
  return true;
};

/** Called by the host: 'beforeExit', or 'exit', after which it ends with the code that this returns. */
Object.defineProperty(process, 'emitFromHost', {
  value(event, code) {
    if (code !== undefined && code !== 0) {
      process.exitCode = code;
    }
    if (event === 'exit') {
      emitExit(process.exitCode);
    } else {
      turns.turn(() => process.emit(event, Number(process.exitCode) || 0));
    }
    return Number(process.exitCode) || 0;
  },
});

/** Promises that failed and no one has heard of: 'unhandledRejection', or as uncaught exceptions. */
Object.defineProperty(process, 'emitRejection', {
  value(reason, promise) {
    if (process.listenerCount('unhandledRejection') > 0) {
      turns.turn(() => process.emit('unhandledRejection', reason, promise));
      return true;
    }
    return false;
  },
});
