'use strict';
// setTimeout and its relatives, over the timers of the loop.

const turns = require('inner/turns');

/** The longest time a timer takes; more counts as 1 ms, as in Node. */
const LONGEST = 2 ** 31 - 1;

class Timeout {
  constructor(callback, millis, args, repeats) {
    if (typeof callback !== 'function') {
      throw require('inner/errors').argumentType('callback', 'a function', callback);
    }
    let time = Math.trunc(Number(millis));
    if (!(time >= 1 && time <= LONGEST)) {
      time = 1;
    }
    this._callback = callback;
    this._args = args;
    this._repeats = repeats;
    this._millis = time;
    this._referenced = true;
    this._running = false;
    this._id = 0;
    this._fire = () => this._run();
    this._start();
  }

  _start() {
    this._timer = binding.startTimer(this._millis, this._repeats, this._fire);
    this._running = true;
    if (!this._referenced) {
      binding.referenceTimer(this._timer, false);
    }
  }

  /** Lets the program end although the timer runs. */
  unref() {
    this._referenced = false;
    if (this._running) {
      binding.referenceTimer(this._timer, false);
    }
    return this;
  }

  /** Lets the timer keep the program alive again. */
  ref() {
    this._referenced = true;
    if (this._running) {
      binding.referenceTimer(this._timer, true);
    }
    return this;
  }

  hasRef() {
    return this._referenced;
  }

  /** Starts the time anew. */
  refresh() {
    this._stop();
    this._start();
    return this;
  }

  close() {
    this._stop();
    return this;
  }

  _stop() {
    if (this._running) {
      this._running = false;
      binding.stopTimer(this._timer);
    }
  }

  /** Called by Java, by way of _fire. */
  _run() {
    if (!this._repeats) {
      this._running = false;
    }
    const args = this._args;
    turns.turn(args.length === 0 ? () => this._callback() : () => this._callback(...args));
  }

  [Symbol.toPrimitive]() {
    if (this._id === 0) {
      this._id = ++lastId;
      byNumber.set(this._id, new WeakRef(this));
    }
    return this._id;
  }
}

/** Timers whose number was asked for, so that clearTimeout(number) finds them. */
const byNumber = new Map();
let lastId = 0;

exports.setTimeout = function setTimeout(callback, millis, ...args) {
  return new Timeout(callback, millis, args, false);
};

exports.setInterval = function setInterval(callback, millis, ...args) {
  return new Timeout(callback, millis, args, true);
};

exports.clearTimeout = function clearTimeout(timer) {
  if (timer instanceof Timeout) {
    timer._stop();
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byNumber.get(Number(timer));
    const timeout = found && found.deref();
    if (timeout) {
      timeout._stop();
    }
    byNumber.delete(Number(timer));
  }
};
exports.clearInterval = exports.clearTimeout;

class Immediate {
  constructor(callback, args) {
    if (typeof callback !== 'function') {
      throw require('inner/errors').argumentType('callback', 'a function', callback);
    }
    this._callback = callback;
    this._args = args;
    this._referenced = true;
    immediates.add(this);
    binding.holdImmediate(true);
    if (immediates.size === 1) {
      binding.wakeImmediates(runImmediates);
    }
  }

  unref() {
    if (this._referenced) {
      this._referenced = false;
      if (immediates.has(this)) {
        binding.holdImmediate(false);
      }
    }
    return this;
  }

  ref() {
    if (!this._referenced) {
      this._referenced = true;
      if (immediates.has(this)) {
        binding.holdImmediate(true);
      }
    }
    return this;
  }

  hasRef() {
    return this._referenced;
  }

  /** Takes it out; false if it has run or was cleared. */
  _take() {
    const waited = immediates.delete(this);
    if (waited && this._referenced) {
      binding.holdImmediate(false);
    }
    return waited;
  }
}

const immediates = new Set();

/** Called by Java: runs the oldest one, and asks to be called again if there are more. */
function runImmediates() {
  for (const immediate of immediates) {
    immediate._take();
    if (immediates.size > 0) {
      binding.wakeImmediates(runImmediates);
    }
    turns.turn(() => immediate._callback(...immediate._args));
    return;
  }
}

exports.setImmediate = function setImmediate(callback, ...args) {
  return new Immediate(callback, args);
};

exports.clearImmediate = function clearImmediate(immediate) {
  if (immediate instanceof Immediate) {
    immediate._take();
  }
};

const promisified = Symbol.for('nodejs.util.promisify.custom');
exports.setTimeout[promisified] = (millis, value) =>
  new Promise((resolve) => exports.setTimeout(resolve, millis, value));
exports.setImmediate[promisified] = (value) => new Promise((resolve) => exports.setImmediate(resolve, value));
