'use strict';
// 'timeout' of today's sockets.

const { validateFunction } = require('inner/node-errors');
const { timerDuration } = require('inner/node-net-options');

function startTimer(socket, millis) {
  socket._timer = require('timers').setTimeout(() => {
    socket._timer = null;
    const left = socket._lastActive + socket._idleMillis - Date.now();
    if (left > 0) {
      startTimer(socket, left);
    } else {
      socket._onTimeout();
    }
  }, millis);
  socket._timer.unref();
}

function stopTimer(socket) {
  if (socket._timer !== null) {
    require('timers').clearTimeout(socket._timer);
    socket._timer = null;
  }
}

/** Gives sockets setTimeout, and what notes that they are not idle. */
function addIdleTime(prototype) {
  /**
   * Has 'timeout' emitted after so many idle milliseconds; 0 switches that off.
   * @param {number} msecs
   * @param {Function} [callback] a listener for the next 'timeout'
   */
  prototype.setTimeout = function (msecs, callback) {
    if (this.destroyed) {
      return this;
    }
    this.timeout = msecs;
    const millis = timerDuration(msecs, 'msecs');
    stopTimer(this);
    this._idleMillis = millis;
    if (millis === 0) {
      if (callback !== undefined) {
        validateFunction(callback, 'callback');
        this.removeListener('timeout', callback);
      }
      return this;
    }
    this._lastActive = Date.now();
    startTimer(this, millis);
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.once('timeout', callback);
    }
    return this;
  };

  prototype._onTimeout = function () {
    const handle = this._handle;
    if (handle !== null && this.writableLength > 0) {
      // A peer that takes its time is no idle one.
      const waiting = handle.waiting;
      if (waiting !== undefined && this._waited !== waiting) {
        this._waited = waiting;
        this._unrefTimer();
        return;
      }
    }
    this.emit('timeout');
  };

  /** Begins the idle time anew. */
  prototype._unrefTimer = function () {
    for (let socket = this; socket !== null && socket !== undefined; socket = socket._parent) {
      if (socket._idleMillis > 0) {
        socket._lastActive = Date.now();
        if (socket._timer === null && !socket.destroyed) {
          startTimer(socket, socket._idleMillis);
        }
      }
    }
  };
}

module.exports = { addIdleTime, stopTimer };
