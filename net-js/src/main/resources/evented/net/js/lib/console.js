'use strict';
// console: text to the standard output and the standard error, or to any two streams.

const turns = require('inner/turns');

const formatter = () => require('inner/format');
const errors = () => require('inner/node-errors');

/** Where the methods of the global console write: to the stream that process has, once a script has asked for that. */
function standardOutput(fd) {
  return {
    write(text) {
      const stream = turns.outputs[fd];
      if (stream === undefined) {
        binding.write(fd, text);
      } else {
        stream.write(text);
      }
    },
    get isTTY() {
      return binding.isTerminal(fd);
    },
  };
}

const METHODS = {
  log(...args) {
    this._print(1, args.length === 1 && typeof args[0] === 'string' ? args[0] : this._format(1, args));
  },

  warn(...args) {
    this._print(2, args.length === 1 && typeof args[0] === 'string' ? args[0] : this._format(2, args));
  },

  dir(value, options) {
    const { inspect } = require('inner/inspect');
    this._print(1, inspect(value, { customInspect: false, ...this._inspectOptions(1), ...options }));
  },

  time(label = 'default') {
    const name = `${label}`;
    if (this._times.has(name)) {
      warn(`Label '${name}' already exists for console.time()`);
      return;
    }
    this._times.set(name, binding.nanoTime());
  },

  timeEnd(label = 'default') {
    if (tellTime(this, 'timeEnd', `${label}`, [])) {
      this._times.delete(`${label}`);
    }
  },

  timeLog(label = 'default', ...args) {
    tellTime(this, 'timeLog', `${label}`, args);
  },

  trace(...args) {
    const text = args.length === 0 ? '' : `: ${this._format(2, args)}`;
    const stack = String(new Error().stack).split('\n').slice(2).join('\n');
    this.error(`Trace${text}\n${stack}`);
  },

  assert(condition, ...args) {
    if (!condition) {
      args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
      this.warn(...args);
    }
  },

  clear() {
    if (this._output(1).isTTY && require('process').env.TERM !== 'dumb') {
      this._output(1).write('\u001b[1;1H\u001b[0J');
    }
  },

  count(label = 'default') {
    const name = `${label}`;
    const count = (this._counts.get(name) || 0) + 1;
    this._counts.set(name, count);
    this.log(`${name}: ${count}`);
  },

  countReset(label = 'default') {
    if (!this._counts.delete(`${label}`)) {
      warn(`Count for '${label}' does not exist`);
    }
  },

  group(...args) {
    if (args.length > 0) {
      this.log(...args);
    }
    this._indent += ' '.repeat(this._step);
  },

  groupEnd() {
    this._indent = this._indent.slice(this._step);
  },

  table(value, properties) {
    if (typeof value !== 'object' || value === null) {
      this.log(value);
      return;
    }
    if (properties !== undefined && !Array.isArray(properties)) {
      throw new (errors().codes.ERR_INVALID_ARG_TYPE)('properties', 'Array', properties);
    }
    this.log(require('inner/console-table').table(value, properties, this._inspectOptions(1)));
  },
};
Object.assign(METHODS, {
  debug: METHODS.log,
  info: METHODS.log,
  dirxml: METHODS.log,
  error: METHODS.warn,
  groupCollapsed: METHODS.group,
});

function warn(text) {
  const process = require('process');
  if (typeof process.emitWarning === 'function') {
    process.emitWarning(text);
  } else {
    binding.write(2, `Warning: ${text}\n`);
  }
}

/** Tells how long ago a label was set; gives whether it was. */
function tellTime(console, method, label, args) {
  const begun = console._times.get(label);
  if (begun === undefined) {
    warn(`No such label '${label}' for console.${method}()`);
    return false;
  }
  const text = `${label}: ${duration((binding.nanoTime() - begun) / 1e6)}`;
  console.log(args.length === 0 ? '%s' : '%s %s', text, ...(args.length === 0 ? [] : [console._format(1, args)]));
  return true;
}

/** A time in the unit that suits it. */
function duration(millis) {
  if (millis < 1000) {
    return `${Number(millis.toPrecision(4))}ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(3)}s`;
  }
  const minutes = Math.floor(seconds / 60);
  const rest = (seconds % 60).toFixed(3).padStart(6, '0');
  return minutes < 60
    ? `${minutes}:${rest} (m:ss.mmm)`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest} (h:mm:ss.mmm)`;
}

/** What each console keeps for itself. */
const INNER = {
  _output(fd) {
    return fd === 1 ? this._stdout : this._stderr;
  },

  _inspectOptions(fd) {
    const own = this._options instanceof Map ? this._options.get(this._output(fd)) : this._options;
    if (own !== undefined && own.colors !== undefined) {
      return own;
    }
    return hasColors(this._colorMode, this._output(fd)) ? { ...own, colors: true } : own;
  },

  _format(fd, args) {
    const options = this._inspectOptions(fd);
    return options === undefined ? formatter().format(...args) : formatter().formatWithOptions(options, ...args);
  },

  _print(fd, text) {
    const line = this._indent === '' ? text : this._indent + text.replace(/\n/g, `\n${this._indent}`);
    const output = this._output(fd);
    if (!this._ignoresErrors) {
      output.write(`${line}\n`);
      return;
    }
    // Nothing may fail for want of a place to say it.
    const drop = () => {};
    const listens = typeof output.once === 'function' && typeof output.removeListener === 'function';
    try {
      if (listens && output.listenerCount('error') === 0) {
        output.once('error', drop);
        output.write(`${line}\n`, () => output.removeListener('error', drop));
      } else {
        output.write(`${line}\n`);
      }
    } catch (error) {
      if (listens) {
        output.removeListener('error', drop);
      }
    }
  },
};

function hasColors(mode, output) {
  if (mode !== 'auto') {
    return mode;
  }
  if (!output.isTTY) {
    return false;
  }
  const { NO_COLOR, NODE_DISABLE_COLORS, TERM } = require('process').env;
  return !NO_COLOR && !NODE_DISABLE_COLORS && TERM !== 'dumb';
}

/**
 * A console of its own: Console(stdout[, stderr[, ignoreErrors]]) or Console(options).
 * @param {object} options stdout, stderr, ignoreErrors (true), colorMode ('auto'), inspectOptions, groupIndentation (2)
 */
function Console(options, ...more) {
  if (!new.target) {
    return new Console(options, ...more);
  }
  const { codes } = errors();
  const settings =
    options && typeof options.write !== 'function' ? options : { stdout: options, stderr: more[0], ignoreErrors: more[1] };
  const { stdout, stderr = stdout, colorMode = 'auto', inspectOptions, groupIndentation = 2 } = settings;
  if (!stdout || typeof stdout.write !== 'function') {
    throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  }
  if (!stderr || typeof stderr.write !== 'function') {
    throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  }
  if (typeof colorMode !== 'boolean' && colorMode !== 'auto') {
    throw new codes.ERR_INVALID_ARG_VALUE('colorMode', colorMode);
  }
  errors().validateInteger(groupIndentation, 'groupIndentation', 0, 1000);
  if (inspectOptions !== undefined) {
    errors().validateObject(inspectOptions, 'options.inspectOptions');
    if (inspectOptions.colors !== undefined && settings.colorMode !== undefined) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
  }
  // The methods of a class derived from it come before these.
  const prototype = new.target.prototype;
  for (const name of Object.keys(Console.prototype)) {
    this[name] = (name in prototype ? prototype[name] : METHODS[name]).bind(this);
  }
  begin(this, { stdout, stderr, colorMode, ignoreErrors: settings.ignoreErrors, inspectOptions, groupIndentation });
}

function begin(console, settings) {
  const inner = {
    ...INNER,
    _stdout: settings.stdout,
    _stderr: settings.stderr,
    _colorMode: settings.colorMode,
    _ignoresErrors: settings.ignoreErrors !== false,
    _options: settings.inspectOptions,
    _step: settings.groupIndentation,
    _indent: '',
    _counts: new Map(),
    _times: new Map(),
  };
  for (const name of Object.keys(inner)) {
    Object.defineProperty(console, name, { value: inner[name], writable: true, enumerable: false, configurable: true });
  }
}

Object.assign(Console.prototype, METHODS);

const console = (module.exports = {});
for (const name of Object.keys(METHODS)) {
  // A method may be taken off the console and still be called.
  const { [name]: named } = { [name]: (...args) => METHODS[name].apply(console, args) };
  console[name] = named;
}
begin(console, {
  stdout: standardOutput(1),
  stderr: standardOutput(2),
  colorMode: 'auto',
  groupIndentation: 2,
});
console.Console = Console;
Object.defineProperty(Console, Symbol.hasInstance, {
  value: (value) => value === console || Function.prototype[Symbol.hasInstance].call(Console, value),
});
Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
// For inspectors, of which there is none.
for (const name of ['profile', 'profileEnd', 'timeStamp']) {
  console[name] = () => {};
}
