'use strict';

const timers = require('timers');
const custom = Symbol.for('nodejs.util.promisify.custom');

exports.setTimeout = timers.setTimeout[custom];
exports.setImmediate = timers.setImmediate[custom];

/** Gives `value` again and again, every `millis` milliseconds. */
exports.setInterval = async function* setInterval(millis, value) {
  for (;;) {
    yield await exports.setTimeout(millis, value);
  }
};
