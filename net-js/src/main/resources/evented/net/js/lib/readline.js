'use strict';
// readline: a stream of text, line by line. What is typed at a terminal is edited by the terminal itself.

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { AbortError, codes, validateAbortSignal, validateFunction } = require('inner/node-errors');

const END_OF_LINE = /\r\n|\n|\r|\u2028|\u2029/;

/**
 * Reads lines from a stream: events 'line', 'pause', 'resume' and 'close'.
 * @param {object} options input, output, prompt ('> '), terminal, historySize, crlfDelay, signal
 */
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) {
    return new Interface(input, output, completer, terminal);
  }
  EventEmitter.call(this);
  const isOptions = input && input.input !== undefined;
  const options = isOptions ? input : { input, output, completer, terminal };
  if (!options.input || typeof options.input.on !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('input', 'Stream', options.input);
  }
  if (options.completer !== undefined && typeof options.completer !== 'function') {
    throw new codes.ERR_INVALID_ARG_VALUE('completer', options.completer);
  }
  validateAbortSignal(options.signal, 'options.signal');
  Object.assign(this, { input: options.input, output: options.output, terminal: Boolean(options.terminal) });
  Object.assign(this, { line: '', cursor: 0, history: [], closed: false, paused: false });
  this._prompt = options.prompt === undefined ? '> ' : String(options.prompt);
  this._rest = '';
  this._endsInReturn = false;
  this._question = null;
  this._decoder = new StringDecoder('utf8');
  begin(this, options.signal);
  return this;
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function begin(lines, signal) {
  const onData = (chunk) => take(lines, typeof chunk === 'string' ? chunk : lines._decoder.write(chunk));
  const onEnd = () => {
    const last = lines._rest + lines._decoder.end();
    lines._rest = '';
    if (last !== '' && !lines.closed) {
      tell(lines, last);
    }
    lines.close();
  };
  const onError = (error) => lines.emit('error', error);
  lines.input.on('data', onData);
  lines.input.on('end', onEnd);
  lines.input.on('error', onError);
  const onAbort = () => lines.close();
  lines.once('close', () => {
    lines.input.removeListener('data', onData);
    lines.input.removeListener('end', onEnd);
    lines.input.removeListener('error', onError);
    if (signal) {
      signal.removeEventListener('abort', onAbort);
    }
  });
  if (signal) {
    if (signal.aborted) {
      process().nextTick(onAbort);
    } else {
      signal.addEventListener('abort', onAbort, { once: true });
    }
  }
  lines.input.resume();
}

const process = () => require('process');

/** Splits what has come; the rest waits for its end. */
function take(lines, text) {
  let fresh = text;
  if (lines._endsInReturn && fresh !== '') {
    lines._endsInReturn = false;
    if (fresh[0] === '\n') {
      fresh = fresh.slice(1); // the other half of a line's end
    }
  }
  if (fresh === '') {
    return;
  }
  lines._endsInReturn = fresh.endsWith('\r');
  const parts = (lines._rest + fresh).split(END_OF_LINE);
  lines._rest = parts.pop();
  for (let i = 0; i < parts.length; i++) {
    if (lines.closed) {
      return;
    }
    tell(lines, parts[i]);
  }
}

function tell(lines, line) {
  const question = lines._question;
  if (question === null) {
    lines.emit('line', line);
  } else {
    lines._question = null;
    question(line);
  }
}

Object.assign(Interface.prototype, {
  getPrompt() {
    return this._prompt;
  },

  setPrompt(prompt) {
    this._prompt = String(prompt);
  },

  /** Writes the prompt, and goes on reading. */
  prompt() {
    checkOpen(this);
    this.resume();
    if (this.output) {
      this.output.write(this._prompt);
    }
  },

  /** Writes a question; the next line is the answer: callback(line). */
  question(query, options, callback) {
    const answer = typeof options === 'function' ? options : callback;
    const { signal } = (typeof options === 'object' && options) || {};
    checkOpen(this);
    validateAbortSignal(signal, 'options.signal');
    if (signal && signal.aborted) {
      return;
    }
    if (typeof answer !== 'function' || this._question !== null) {
      return;
    }
    const onAbort = () => (this._question = null);
    this._question = (line) => {
      if (signal) {
        signal.removeEventListener('abort', onAbort);
      }
      answer(line);
    };
    if (signal) {
      signal.addEventListener('abort', onAbort, { once: true });
    }
    this.resume();
    if (this.output) {
      this.output.write(String(query));
    }
  },

  pause() {
    if (!this.paused) {
      this.input.pause();
      this.paused = true;
      this.emit('pause');
    }
    return this;
  },

  resume() {
    if (this.paused) {
      this.input.resume();
      this.paused = false;
      this.emit('resume');
    }
    return this;
  },

  /** Takes a text as if it had been typed. */
  write(data) {
    checkOpen(this);
    this.resume();
    if (data !== null && data !== undefined) {
      take(this, typeof data === 'string' ? data : this._decoder.write(data));
    }
  },

  close() {
    if (!this.closed) {
      this.pause();
      this.closed = true;
      this.emit('close');
    }
  },

  getCursorPos() {
    return { rows: 0, cols: this._prompt.length + this.cursor };
  },

  [Symbol.asyncIterator]() {
    return iterate(this);
  },
});
if (Symbol.dispose) {
  Interface.prototype[Symbol.dispose] = Interface.prototype.close;
}

function checkOpen(lines) {
  if (lines.closed) {
    throw new codes.ERR_USE_AFTER_CLOSE('readline');
  }
}

/** The lines from now on; none is lost between two steps. */
function iterate(lines) {
  const waiting = [];
  const asked = [];
  let failure = null;
  let done = lines.closed;
  const step = (value) => ({ value, done: value === undefined });
  lines.on('line', (line) => (asked.length > 0 ? asked.shift().resolve(step(line)) : waiting.push(line)));
  lines.on('error', (error) => (asked.length > 0 ? asked.shift().reject(error) : (failure = error)));
  lines.on('close', () => {
    done = true;
    asked.splice(0).forEach(({ resolve }) => resolve(step(undefined)));
  });
  return {
    next() {
      if (waiting.length > 0) {
        return Promise.resolve(step(waiting.shift()));
      }
      if (failure !== null) {
        const error = failure;
        failure = null;
        return Promise.reject(error);
      }
      return done ? Promise.resolve(step(undefined)) : new Promise((resolve, reject) => asked.push({ resolve, reject }));
    },
    return() {
      lines.close();
      return Promise.resolve(step(undefined));
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A promise of the answer to a question. */
function ask(lines, query, options = {}) {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    if (signal !== undefined) {
      validateAbortSignal(signal, 'options.signal');
      const abort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      if (signal.aborted) {
        abort();
        return;
      }
      signal.addEventListener('abort', abort, { once: true });
    }
    Interface.prototype.question.call(lines, query, options, resolve);
  });
}
Object.defineProperty(Interface.prototype.question, Symbol.for('nodejs.util.promisify.custom'), {
  value(query, options) {
    return ask(this, query, options);
  },
});

exports.Interface = Interface;
exports.createInterface = (...args) => new Interface(...args);

/** Writes a terminal's control sequence; gives whether the stream wants more. */
function control(stream, sequence, callback) {
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
  }
  if (!stream || sequence === '') {
    if (typeof callback === 'function') {
      process().nextTick(callback, null);
    }
    return true;
  }
  return stream.write(sequence, callback);
}
exports.clearLine = (stream, direction, callback) =>
  control(stream, direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K', callback);
exports.clearScreenDown = (stream, callback) => control(stream, '\u001b[0J', callback);
exports.cursorTo = (stream, x, y, callback) => {
  const done = typeof y === 'function' ? y : callback;
  if (typeof x !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('x', 'number', x);
  }
  return control(stream, typeof y === 'number' ? `\u001b[${y + 1};${x + 1}H` : `\u001b[${x + 1}G`, done);
};
exports.moveCursor = (stream, dx, dy, callback) => {
  const across = dx === 0 ? '' : `\u001b[${Math.abs(dx)}${dx < 0 ? 'D' : 'C'}`;
  const down = dy === 0 ? '' : `\u001b[${Math.abs(dy)}${dy < 0 ? 'A' : 'B'}`;
  return control(stream, across + down, callback);
};
exports.emitKeypressEvents = () => {
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('readline.emitKeypressEvents');
};

class PromisesInterface extends Interface {
  question(query, options) {
    return ask(this, query, options);
  }
}

/** Control sequences that are collected and written together. */
class Readline {
  #stream;
  #waiting = '';

  constructor(stream) {
    this.#stream = stream;
  }

  #add(write) {
    write({ write: (sequence) => (this.#waiting += sequence) });
    return this;
  }

  clearLine(direction) {
    return this.#add((into) => exports.clearLine(into, direction));
  }

  clearScreenDown() {
    return this.#add((into) => exports.clearScreenDown(into));
  }

  cursorTo(x, y) {
    return this.#add((into) => exports.cursorTo(into, x, y));
  }

  moveCursor(dx, dy) {
    return this.#add((into) => exports.moveCursor(into, dx, dy));
  }

  commit() {
    const text = this.#waiting;
    this.#waiting = '';
    return new Promise((resolve) => this.#stream.write(text, () => resolve()));
  }

  rollback() {
    this.#waiting = '';
    return this;
  }
}

exports.promises = {
  Interface: PromisesInterface,
  Readline,
  createInterface: (...args) => new PromisesInterface(...args),
};
