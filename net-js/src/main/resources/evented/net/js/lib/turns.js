'use strict';
// What runs between two events: process.nextTick. Promises run right after, when control goes back to Java.

let ticks = [];
let running = false;

/** What the hot path looks at, instead of calling drain. */
const state = {
  waiting: false,
  inTurn: false, // a callback runs whose end drains the ticks
  context: null, // async-context.js, once there is something that goes along with callbacks
};
exports.state = state;

/**
 * Runs a function after the present callback, before anything else happens.
 * @param {Function} callback what to run
 * @param {...*} args what it gets
 */
exports.nextTick = function nextTick(callback, ...args) {
  if (typeof callback !== 'function') {
    const { codes } = require('inner/node-errors');
    throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  }
  if (state.context === null) {
    ticks.push(callback, args);
  } else {
    ticks.push(state.context.run, [state.context.capture(), callback, undefined, args]);
  }
  state.waiting = true;
  if (!state.inTurn && !running && ticks.length === 2) {
    // A promise's callback asks: the turn is over, but promises are still run.
    Promise.resolve().then(exports.drain);
  }
};

/** Runs all that waits. What a function throws is reported, and those behind it run before any promise's callback. */
exports.drain = function drain() {
  if (running) {
    return;
  }
  running = true;
  state.waiting = false;
  try {
    while (ticks.length > 0) {
      const batch = ticks;
      ticks = [];
      for (let i = 0; i < batch.length; i += 2) {
        try {
          batch[i](...batch[i + 1]);
        } catch (error) {
          binding.uncaught(error, 'uncaughtException');
        }
      }
    }
  } finally {
    running = false;
  }
};

/**
 * Runs a callback as one turn: what it puts off with nextTick runs after it.
 * @param {Function} callback what to run
 * @param {*} [receiver] its `this`
 * @param {Array} [args] what it gets
 */
exports.turn = function turn(callback, receiver, args) {
  state.inTurn = true;
  try {
    if (args === undefined) {
      callback.call(receiver);
    } else {
      callback.apply(receiver, args);
    }
  } finally {
    state.inTurn = false;
  }
  if (state.waiting) {
    exports.drain();
  }
};

/** process.stdout and process.stderr by their descriptor, once a script has asked for them. */
exports.outputs = [];

/** The process object's own 'uncaughtException', once that object is loaded. */
exports.uncaughtListener = null;

/**
 * Tells the script of an error that nothing caught.
 * @returns {boolean} whether it listens for that
 */
exports.isUncaughtHandled = function isUncaughtHandled(error, origin) {
  return exports.uncaughtListener !== null && exports.uncaughtListener(error, origin);
};

/**
 * Waits for an ES module that is the program, if it waits itself.
 * @param {*} value what it gave: a promise in that case, and else what it exports
 * @param {Function} settled called when it has come to its end
 * @returns {boolean} whether it waits
 */
exports.awaitMain = function awaitMain(value, settled) {
  if (!(value instanceof Promise)) {
    return false;
  }
  value.then(settled, (error) => {
    settled();
    binding.uncaught(error, 'unhandledRejection');
  });
  return true;
};
