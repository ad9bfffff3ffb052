'use strict';
// setTimeout and its relatives.

const turns = require('inner/turns');
const { insert, remove, takeDue, now } = require('inner/timer-lists');
const { dispose } = require('inner/intrinsics');

const turn = turns.state;

/** The longest time a timer takes; more counts as 1 ms, as in Node. */
const LONGEST = 2 ** 31 - 1;

function checkCallback(callback) {
  if (typeof callback !== 'function') {
    const { codes } = require('inner/node-errors');
    throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  }
}

/** Of these kinds of wrong lengths one warning is enough. */
const warned = { TimeoutNegativeWarning: false, TimeoutNaNWarning: false };

function warn(name, text) {
  if (!warned[name]) {
    if (name in warned) {
      warned[name] = true;
    }
    require('process').emitWarning(`${text}\nTimeout duration was set to 1.`, name);
  }
}

function lengthOf(millis) {
  if (millis === undefined) {
    return 1;
  }
  const time = millis * 1; // a Symbol or a BigInt throws
  if (time >= 1 && time <= LONGEST) {
    return Math.trunc(time);
  }
  if (time > LONGEST) {
    warn('TimeoutOverflowWarning', `${time} does not fit into a 32-bit signed integer.`);
  } else if (time < 0) {
    warn('TimeoutNegativeWarning', `${time} is a negative number.`);
  } else if (time !== time) {
    warn('TimeoutNaNWarning', `${time} is not a number.`);
  }
  return 1;
}

/** How many of those that keep the program alive there are. */
let holding = 0;

function hold(by) {
  holding += by;
  if (holding === (by > 0 ? 1 : 0)) {
    binding.hold(by > 0);
  }
}

/** Timers whose number was asked for, so that clearTimeout(number) finds them. */
const byNumber = new Map();
let lastId = 0;

class Timeout {
  constructor(callback, millis, args, repeats) {
    this._idleTimeout = millis;
    this._idlePrev = null;
    this._idleNext = null;
    this._idleStart = 0;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = repeats ? millis : null;
    this._destroyed = false;
    this._list = null;
    this._id = ++lastId;
    this._known = false;
    this._referenced = true;
    this._holds = false;
    this._frame = turn.context === null ? null : turn.context.capture();
    start(this, millis, now());
  }

  /** Lets the program end although the timer runs. */
  unref() {
    this._referenced = false;
    setHolds(this, false);
    return this;
  }

  /** Lets the timer keep the program alive again. */
  ref() {
    this._referenced = true;
    setHolds(this, this._list !== null);
    return this;
  }

  hasRef() {
    return this._referenced;
  }

  /** Starts the time anew; one that has fired does so again. One that was cleared stays so. */
  refresh() {
    if (this._onTimeout !== null) {
      if (this._list !== null) {
        remove(this);
      }
      this._destroyed = false;
      start(this, this._idleTimeout, now());
    }
    return this;
  }

  close() {
    exports.clearTimeout(this);
    return this;
  }

  [dispose]() {
    exports.clearTimeout(this);
  }

  /** A number that clearTimeout takes. */
  [Symbol.toPrimitive]() {
    if (!this._known && !this._destroyed) {
      this._known = true;
      byNumber.set(this._id, this);
    }
    return this._id;
  }
}

function start(timer, millis, since) {
  insert(timer, millis, since);
  setHolds(timer, timer._referenced);
}

function setHolds(timer, holds) {
  if (timer._holds !== holds) {
    timer._holds = holds;
    hold(holds ? 1 : -1);
  }
}

/** It has come to its end. */
function destroy(timer) {
  timer._destroyed = true;
  setHolds(timer, false);
  if (timer._known) {
    timer._known = false;
    byNumber.delete(timer._id);
  }
}

/** Called by Java while it gives true, and each time promises run after it. */
function nextTimer() {
  const timer = takeDue();
  if (timer === null) {
    return false;
  }
  const since = timer._repeat === null ? 0 : now();
  try {
    if (timer._onTimeout !== null) {
      call(timer, timer._onTimeout, timer._timerArgs);
    }
  } finally {
    if (timer._list === null) {
      if (timer._repeat !== null && timer._onTimeout !== null && timer._idleTimeout !== -1) {
        timer._idleTimeout = timer._repeat;
        start(timer, timer._repeat, since);
      } else if (!timer._destroyed) {
        destroy(timer);
      }
    }
  }
  return true;
}

function call(receiver, callback, args) {
  const { context } = turn;
  if (context === null) {
    turns.turn(callback, receiver, args);
  } else {
    context.run(receiver._frame, turns.turn, undefined, [callback, receiver, args]);
  }
}

/**
 * Calls a function after a time.
 * @param {Function} callback
 * @param {number} [millis=1] in milliseconds, of 1 to 2147483647
 * @param {...*} args what it gets
 * @returns {Timeout}
 */
exports.setTimeout = function setTimeout(callback, millis, ...args) {
  checkCallback(callback);
  return new Timeout(callback, lengthOf(millis), args.length === 0 ? undefined : args, false);
};

/** Calls a function again and again. */
exports.setInterval = function setInterval(callback, millis, ...args) {
  checkCallback(callback);
  return new Timeout(callback, lengthOf(millis), args.length === 0 ? undefined : args, true);
};

/** Stops a timer, given as what setTimeout returned or as its number; anything else is let be. */
exports.clearTimeout = function clearTimeout(timer) {
  let found = timer;
  if (typeof timer === 'number' || typeof timer === 'string') {
    found = byNumber.get(Number(timer));
  }
  if (found instanceof Timeout && found._onTimeout !== null) {
    found._onTimeout = null;
    found._idleTimeout = -1;
    if (found._list !== null) {
      remove(found);
    }
    destroy(found);
  }
};
exports.clearInterval = function clearInterval(timer) {
  exports.clearTimeout(timer);
};

// setImmediate.

/** Those that wait, and those that run now. */
let queue = [];
let batch = null;
let at = 0;

class Immediate {
  constructor(callback, args) {
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this._referenced = true;
    this._frame = turn.context === null ? null : turn.context.capture();
    hold(1);
    queue.push(this);
    if (queue.length === 1) {
      binding.wakeImmediates();
    }
  }

  unref() {
    if (this._referenced && !this._destroyed) {
      hold(-1);
    }
    this._referenced = false;
    return this;
  }

  ref() {
    if (!this._referenced && !this._destroyed) {
      hold(1);
    }
    this._referenced = true;
    return this;
  }

  hasRef() {
    return this._referenced;
  }

  [dispose]() {
    exports.clearImmediate(this);
  }
}

function finish(immediate) {
  immediate._destroyed = true;
  if (immediate._referenced) {
    hold(-1);
  }
}

/** Called by Java while it gives true: runs those that were there when the first of them ran. */
function nextImmediate() {
  if (batch === null) {
    batch = queue;
    at = 0;
    queue = [];
  }
  while (at < batch.length) {
    const immediate = batch[at];
    batch[at++] = undefined;
    if (!immediate._destroyed) {
      const callback = immediate._onImmediate;
      finish(immediate);
      call(immediate, callback, immediate._argv);
      return true;
    }
  }
  batch = null;
  return false;
}

/** Calls a function once what has happened is told of, and before timers that are due by then. */
exports.setImmediate = function setImmediate(callback, ...args) {
  checkCallback(callback);
  return new Immediate(callback, args.length === 0 ? undefined : args);
};

exports.clearImmediate = function clearImmediate(immediate) {
  if (immediate instanceof Immediate && !immediate._destroyed) {
    finish(immediate);
    immediate._onImmediate = null;
  }
};

binding.timersLoaded(nextTimer, nextImmediate);

// What is there for code of old: timers as fields of another object.

const enrolled = new WeakMap();

exports.enroll = function enroll(item, millis) {
  exports.unenroll(item);
  item._idleTimeout = lengthOf(millis);
};

exports.unenroll = function unenroll(item) {
  if (item instanceof Timeout) {
    exports.clearTimeout(item);
    return;
  }
  exports.clearTimeout(enrolled.get(item));
  enrolled.delete(item);
  item._idleTimeout = -1;
};

exports.active = function active(item) {
  exports.clearTimeout(enrolled.get(item));
  if (item._idleTimeout >= 0) {
    enrolled.set(item, exports.setTimeout(() => item._onTimeout && item._onTimeout(), item._idleTimeout));
  }
};

exports._unrefActive = function _unrefActive(item) {
  exports.active(item);
  const timer = enrolled.get(item);
  if (timer !== undefined) {
    timer.unref();
  }
};

/** How many timers and immediates keep the program alive, for process.getActiveResourcesInfo(). */
Object.defineProperty(exports, 'waiting', {
  get() {
    const all = queue.concat(batch === null ? [] : batch.slice(at));
    const immediates = all.filter((one) => !one._destroyed && one._referenced).length;
    return { timers: holding - immediates, immediates };
  },
  enumerable: false,
});

const promisified = Symbol.for('nodejs.util.promisify.custom');
for (const name of ['setTimeout', 'setImmediate']) {
  Object.defineProperty(exports[name], promisified, { get: () => require('timers/promises')[name], enumerable: true });
}
Object.defineProperty(exports, 'promises', {
  get: () => require('timers/promises'),
  enumerable: true,
  configurable: true,
});
