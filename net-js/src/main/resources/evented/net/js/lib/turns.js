'use strict';
// What runs between two events: process.nextTick. Promises run right after, when control goes back to Java.

let ticks = [];
let running = false;

/**
 * Runs a function after the present callback, before anything else happens.
 * @param {Function} callback what to run
 * @param {...*} args what it gets
 */
exports.nextTick = function nextTick(callback, ...args) {
  if (typeof callback !== 'function') {
    throw require('inner/errors').argumentType('callback', 'a function', callback);
  }
  ticks.push(callback, args);
  if (!exports.inTurn && !running && ticks.length === 2) {
    // A promise's callback asks: the turn is over, but promises are still run.
    Promise.resolve().then(exports.drain);
  }
};

/** Whether a callback runs whose end will drain the ticks. */
exports.inTurn = false;

/** Runs all that waits. If a function throws, the rest still waits, and the host calls again. */
exports.drain = function drain() {
  if (running) {
    return;
  }
  running = true;
  try {
    while (ticks.length > 0) {
      const batch = ticks;
      ticks = [];
      for (let i = 0; i < batch.length; i += 2) {
        try {
          batch[i](...batch[i + 1]);
        } catch (error) {
          ticks = batch.slice(i + 2).concat(ticks);
          throw error;
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
 */
exports.turn = function turn(callback) {
  exports.inTurn = true;
  try {
    callback();
  } finally {
    exports.inTurn = false;
  }
  if (ticks.length > 0) {
    exports.drain();
  }
};

/** The process object's own 'uncaughtException', once that object is loaded. */
exports.uncaughtListener = null;

/**
 * Tells the script of an error that nothing caught.
 * @returns {boolean} whether it listens for that
 */
exports.isUncaughtHandled = function isUncaughtHandled(error, origin) {
  return exports.uncaughtListener !== null && exports.uncaughtListener(error, origin);
};
