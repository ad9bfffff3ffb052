'use strict';
// What goes along with a chain of callbacks: the values of AsyncLocalStorage, and which resource runs.
//
// The engine's own AsyncContext carries one variable over promises and `await`. Its value is a cell: `frame` is a Map of
// what each AsyncLocalStorage holds, never changed but replaced; so a frame is captured by keeping it. Each turn has a
// cell of its own, in which enterWith() puts another frame. Nothing is captured before the first AsyncLocalStorage is
// made: `state.context` of turns.js is what the hot paths look at.

const { AsyncContext } = require('inner/intrinsics');
const { state } = require('inner/turns');

/** What holds outside of any cell: the program's own lines, and what they begin. */
const root = { frame: null, id: 1, trigger: 0, resource: undefined };

/** In an application's own context without the engine's option: carried by callbacks, but not by promises. */
class SynchronousVariable {
  #value = undefined;

  get() {
    return this.#value;
  }

  run(value, callback, ...args) {
    const before = this.#value;
    this.#value = value;
    try {
      return callback(...args);
    } finally {
      this.#value = before;
    }
  }
}

const variable = AsyncContext === undefined ? new SynchronousVariable() : new AsyncContext.Variable();
const get = variable.get.bind(variable);
const run = variable.run.bind(variable);

const cell = () => get() || root;

let lastId = 1;

/** Frames of objects whose events Java tells, by the object. */
const frames = new WeakMap();

const call = (callback, receiver, args) => Reflect.apply(callback, receiver, args);

exports.cell = cell;
exports.newId = () => ++lastId;

/** The present frame: null or a Map. */
exports.capture = () => cell().frame;

/** Calls a function in a frame that was captured, as a turn of its own. */
exports.run = function runIn(frame, callback, receiver, args) {
  return run({ frame, id: 0, trigger: 0, resource: undefined }, call, callback, receiver, args);
};

/** A function that calls another one in the present frame. */
exports.bind = function bind(callback) {
  const { frame } = cell();
  return (...args) => exports.run(frame, callback, undefined, args);
};

/** Calls a function in a cell. */
exports.runCell = function runCell(inner, callback, receiver, args) {
  return run(inner, call, callback, receiver, args);
};

/** Has what Java tells an object run in the present frame. */
exports.remember = function remember(target) {
  const { frame } = cell();
  if (frame !== null) {
    frames.set(target, frame);
  }
};

/** From now on what is put off takes its frame along. */
exports.activate = function activate() {
  if (state.context === null) {
    state.context = exports;
    // Java calls `enter` in place of the functions that it was lent, and captures frames for what it puts off itself.
    binding.carryContext(
      (callback, frame, ...args) => {
        const own = frame === null && typeof args[0] === 'object' && args[0] !== null ? frames.get(args[0]) : undefined;
        return exports.run(own === undefined ? frame : own, callback, undefined, args);
      },
      () => cell().frame
    );
  }
};
