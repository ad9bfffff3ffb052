'use strict';
// Today's net.Socket: a Duplex stream over a handle.

const { Duplex } = require('stream');
const turns = require('inner/turns');
const errors = require('inner/node-errors');
const { StreamHandle, TCP, Pipe } = require('inner/node-net-handles');
const { normalizeArgs, normalized, timerDuration } = require('inner/node-net-options');
const { codes } = errors;

const ENDED_BY_PEER = 'This socket has been ended by the other party';

/**
 * A TCP or UNIX connection. May be called without `new`.
 * @param {object|number} [options] or a descriptor
 * @param {boolean} [options.allowHalfOpen=false] whether to stay writable after the peer's end
 * @param {number} [options.fd] a connected descriptor to adopt
 * @param {object} [options.onread] {buffer, callback}: where to put what arrives, in place of 'data'
 * @param {AbortSignal} [options.signal] destroys the socket
 */
function Socket(options) {
  if (!(this instanceof Socket)) {
    return new Socket(options);
  }
  const settings = typeof options === 'number' ? { fd: options } : { ...options };
  checkSettings(settings);
  this.connecting = false;
  this._hadError = false;
  hidden(this, '_handle', null);
  this._parent = null;
  this._host = null;
  hidden(this, '_timer', null);
  hidden(this, '_lastActive', 0);
  hidden(this, '_idleMillis', 0);
  hidden(this, '_onread', null);
  hidden(this, '_resets', false);
  hidden(this, '_counts', null);
  hidden(this, '_wishes', null);
  hidden(this, '_unreferenced', false);
  settings.allowHalfOpen = Boolean(settings.allowHalfOpen);
  settings.emitClose = false;
  settings.autoDestroy = true;
  settings.decodeStrings = false;
  Duplex.call(this, settings);
  takeHandle(this, settings);
  this.on('end', onEnd);
  if (settings.onread !== undefined && settings.onread !== null && typeof settings.onread === 'object') {
    takeBuffer(this, settings.onread);
  }
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;
  if (settings.handle || settings.fd !== undefined) {
    if (settings.pauseOnCreate) {
      this._handle.reading = false;
      this._readableState.flowing = false;
    } else if (!settings.manualStart && settings.readable !== false) {
      this.read(0);
    }
  }
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function hidden(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}

function checkSettings(settings) {
  for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode']) {
    if (settings[name]) {
      throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, settings[name], 'is not supported');
    }
  }
  const delay = settings.keepAliveInitialDelay;
  if (delay !== undefined) {
    errors.validateNumber(delay, 'options.keepAliveInitialDelay');
    settings.keepAliveInitialDelay = Math.max(delay, 0);
  }
  if (settings.signal !== undefined) {
    errors.validateAbortSignal(settings.signal, 'options.signal');
  }
}

function takeHandle(socket, settings) {
  if (settings.handle) {
    socket._handle = settings.handle;
    settings.handle.owner = socket;
  } else if (settings.fd !== undefined) {
    errors.validateInt32(settings.fd, 'fd', 0);
    socket.connecting = true; // until Java has looked at it
    socket._handle = StreamHandle.adopt(settings.fd, (error) => {
      socket.connecting = false;
      if (error) {
        socket.destroy(error);
      } else if (socket._handle !== null && !socket.isPaused()) {
        socket.emit('adopted');
        socket.read(0);
      }
    });
    socket._handle.owner = socket;
  }
  if (settings.noDelay) {
    wish(socket, 'noDelay', Boolean(settings.noDelay));
  }
  if (settings.keepAlive) {
    wish(socket, 'keepAlive', [true, Math.floor((settings.keepAliveInitialDelay || 0) / 1000)]);
  }
}

/** Options of the socket that are kept until there is a handle. */
function wish(socket, name, value) {
  if (socket._wishes === null) {
    socket._wishes = {};
  }
  socket._wishes[name] = value;
}

function takeBuffer(socket, onread) {
  const { buffer, callback } = onread;
  if (typeof callback === 'function' && (typeof buffer === 'function' || buffer instanceof Uint8Array)) {
    socket._onread = { buffer: typeof buffer === 'function' ? null : buffer, make: buffer, callback };
  }
}

// Idle time.

/**
 * Has 'timeout' emitted after so many idle milliseconds; 0 switches that off.
 * @param {number} msecs
 * @param {Function} [callback] a listener for the next 'timeout'
 */
Socket.prototype.setTimeout = function (msecs, callback) {
  if (this.destroyed) {
    return this;
  }
  this.timeout = msecs;
  const millis = timerDuration(msecs, 'msecs');
  stopTimer(this);
  this._idleMillis = millis;
  if (millis === 0) {
    if (callback !== undefined) {
      errors.validateFunction(callback, 'callback');
      this.removeListener('timeout', callback);
    }
    return this;
  }
  this._lastActive = Date.now();
  startTimer(this, millis);
  if (callback !== undefined) {
    errors.validateFunction(callback, 'callback');
    this.once('timeout', callback);
  }
  return this;
};

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

Socket.prototype._onTimeout = function () {
  const handle = this._handle;
  if (handle !== null && this.writableLength > 0) {
    // A peer that takes its time is no idle one.
    const waiting = handle.waiting;
    if (waiting !== undefined && this._waited !== waiting) {
      hidden(this, '_waited', waiting);
      this._unrefTimer();
      return;
    }
  }
  this.emit('timeout');
};

/** Begins the idle time anew. */
Socket.prototype._unrefTimer = function () {
  for (let socket = this; socket !== null && socket !== undefined; socket = socket._parent) {
    if (socket._idleMillis > 0) {
      socket._lastActive = Date.now();
      if (socket._timer === null && !socket.destroyed) {
        startTimer(socket, socket._idleMillis);
      }
    }
  }
};

// Opening.

/** Opens the connection: (port, [host], [callback]), (path, [callback]) or (options, [callback]). */
Socket.prototype.connect = function (...args) {
  const [options, callback] = Array.isArray(args[0]) && args[0][normalized] ? args[0] : normalizeArgs(args);
  const { path } = options;
  const isPipe = Boolean(path);
  if (!isPipe && (options.port === undefined || options.port === null)) {
    if (path === undefined || path === null) {
      throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
    }
  }
  if (this.write !== Socket.prototype.write) {
    this.write = Socket.prototype.write;
  }
  if (this.destroyed) {
    reopen(this);
  }
  if (this._handle !== null && typeof this._handle.connect === 'function' && (this.connecting || this._handle._started)) {
    return refuseSecond(this);
  }
  if (this._handle === null) {
    this._handle = isPipe ? new Pipe() : new TCP();
    this._handle.owner = this;
    if (this._unreferenced) {
      this._handle.unref();
    }
  }
  if (callback !== null) {
    this.once('connect', callback);
  }
  this._unrefTimer();
  this.connecting = true;
  if (options.onread) {
    takeBuffer(this, options.onread);
  }
  if (isPipe) {
    errors.validateString(path, 'options.path');
    connectPath(this, path);
  } else {
    require('inner/node-net-connect').connectTcp(this, options);
  }
  return this;
};

function reopen(socket) {
  socket._undestroy();
  socket._handle = null;
  socket._counts = null;
  socket._pendingData = null;
  socket._resets = false;
}

function refuseSecond(socket) {
  socket.destroy(errors.systemError(socket.connecting ? 'EALREADY' : 'EISCONN', 'connect'));
  return socket;
}

function connectPath(socket, path) {
  const handle = socket._handle;
  try {
    handle.connectPath(path, (error) => (error ? socket._connectFailed(error) : socket._connected(handle)));
  } catch (error) {
    if (error.code === 'ERR_ACCESS_DENIED') {
      throw error;
    }
    turns.nextTick(() => socket._connectFailed(errors.systemError('EINVAL', 'connect', path)));
  }
}

/** One handle stands for the next attempt to connect. */
Socket.prototype._replaceHandle = function (handle) {
  this._handle.close();
  this._handle = handle;
  handle.owner = this;
  if (this._unreferenced) {
    handle.unref();
  }
};

Socket.prototype._connected = function (handle) {
  if (this.destroyed || this._handle !== handle) {
    return;
  }
  this.connecting = false;
  this._sockname = null;
  const wishes = this._wishes;
  if (wishes !== null) {
    if (wishes.noDelay !== undefined) {
      handle.setNoDelay(wishes.noDelay);
    }
    if (wishes.keepAlive !== undefined) {
      handle.setKeepAlive(...wishes.keepAlive);
    }
  }
  this._unrefTimer();
  this.emit('connect');
  this.emit('ready');
  if (this.readable && !this.isPaused()) {
    this.read(0);
  }
};

Socket.prototype._connectFailed = function (error) {
  if (this.connecting) {
    this.connecting = false;
    this._sockname = null;
  }
  this.destroy(error);
};

// What the handle tells.

Socket.prototype._handleBytes = function (bytes) {
  this._unrefTimer();
  if (this._onread !== null) {
    readInto(this, bytes);
    return;
  }
  if (!this.push(bytes) && this._handle !== null) {
    this._handle.readStop();
  }
};

/** Hands what has arrived out in the buffer that was lent for it. */
function readInto(socket, bytes) {
  const { callback, make } = socket._onread;
  let at = 0;
  while (at < bytes.length && !socket.destroyed) {
    const buffer = typeof make === 'function' ? make() : socket._onread.buffer;
    const count = Math.min(buffer.length, bytes.length - at);
    buffer.set(bytes.subarray(at, at + count), 0);
    at += count;
    if (callback(count, buffer) === false) {
      const rest = bytes.subarray(at);
      if (socket._handle !== null) {
        if (rest.length > 0) {
          socket._handle.unshift(rest);
        }
        socket._handle.readStop();
      }
      return;
    }
  }
}

Socket.prototype._handleEnd = function () {
  this._unrefTimer();
  this.push(null);
  this.read(0);
};

Socket.prototype._handleFailure = function (error) {
  this.destroy(error);
};

Socket.prototype._handleSecure = function () {};

/** Behind the peer's end a write says so, if this side is to end with it. */
function onEnd() {
  if (!this.allowHalfOpen) {
    this.write = writeAfterPeersEnd;
  }
}

function writeAfterPeersEnd(chunk, encoding, callback) {
  if (!this.writableEnded) {
    return Duplex.prototype.write.call(this, chunk, encoding, callback);
  }
  const done = typeof encoding === 'function' ? encoding : callback;
  const error = new Error(ENDED_BY_PEER);
  error.code = 'EPIPE';
  if (typeof done === 'function') {
    turns.nextTick(done, error);
  }
  this.destroy(error);
  return false;
}

// Reading.

Socket.prototype._read = function (size) {
  if (this.connecting || this._handle === null) {
    this.once('connect', () => this._read(size));
  } else if (!this._handle.reading) {
    this._handle.readStart();
  }
};

Socket.prototype.read = function (size) {
  if (this._onread !== null && !this.connecting && this._handle !== null && !this._handle.reading) {
    this._handle.readStart();
  }
  return Duplex.prototype.read.call(this, size);
};

Socket.prototype.pause = function () {
  if (this._onread !== null && !this.connecting && this._handle !== null && this._handle.reading && !this.destroyed) {
    this._handle.readStop();
  }
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function () {
  if (this._onread !== null && !this.connecting && this._handle !== null && !this._handle.reading) {
    this._handle.readStart();
  }
  return Duplex.prototype.resume.call(this);
};

// Writing.

Socket.prototype._write = function (chunk, encoding, callback) {
  this._writeGeneric(false, chunk, encoding, callback);
};

Socket.prototype._writev = function (chunks, callback) {
  this._writeGeneric(true, chunks, '', callback);
};

Socket.prototype._writeGeneric = function (many, data, encoding, callback) {
  if (this.connecting) {
    writeWhenConnected(this, many, data, encoding, callback);
    return;
  }
  this._pendingData = null;
  this._pendingEncoding = '';
  const handle = this._handle;
  if (handle === null) {
    callback(new codes.ERR_SOCKET_CLOSED());
    return;
  }
  this._unrefTimer();
  const done = (error) => {
    if (!error) {
      this._unrefTimer();
    } else if (this.destroyed && error.code === 'ECANCELED') {
      callback(new codes.ERR_STREAM_DESTROYED('write'));
      return;
    }
    callback(error);
  };
  if (many) {
    handle.writev(data, done);
  } else {
    handle.write(data, encoding, done);
  }
};

function writeWhenConnected(socket, many, data, encoding, callback) {
  socket._pendingData = data;
  socket._pendingEncoding = encoding;
  function onConnect() {
    socket.removeListener('close', onClose);
    socket._writeGeneric(many, data, encoding, callback);
  }
  function onClose() {
    socket.removeListener(event, onConnect);
    callback(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
  }
  const event = 'connect';
  socket.once(event, onConnect);
  socket.once('close', onClose);
}

/** Sends what is queued, and `data` before that if there is any, then FIN. */
Socket.prototype.end = function (data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

Socket.prototype._final = function (callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  if (this._handle === null) {
    callback();
    return;
  }
  this._handle.shutdown((error) => callback(error && error.code !== 'ENOTCONN' ? error : null));
};

// Closing.

Socket.prototype._destroy = function (error, callback) {
  this.connecting = false;
  for (let socket = this; socket !== null && socket !== undefined; socket = socket._parent) {
    stopTimer(socket);
  }
  const handle = this._handle;
  if (handle === null) {
    callback(error);
    turns.nextTick(() => this.emit('close')); // without an argument, as there was no connection
  } else {
    const hadError = Boolean(error);
    keepCounts(this, handle);
    this._handle = null;
    const closed = () => this.emit('close', hadError);
    if (this._resets) {
      this._resets = false;
      handle.reset(closed);
    } else {
      handle.close(closed);
    }
    this._sockname = null;
    callback(error);
  }
  const server = this._server;
  if (server) {
    server._connections--;
    server._emitCloseIfDrained();
  }
};

function keepCounts(socket, handle) {
  const { bytesRead, bytesWritten } = handle;
  socket._counts = { bytesRead, bytesWritten };
}

/** Ends this side, and destroys the socket when all is written. */
Socket.prototype.destroySoon = function () {
  if (this.writable) {
    this.end();
  }
  if (this.writableFinished) {
    this.destroy();
  } else {
    this.once('finish', this.destroy);
  }
};

/** Destroys the socket so that the peer gets a RST. Only for TCP. */
Socket.prototype.resetAndDestroy = function () {
  if (this._handle === null) {
    this.destroy(new codes.ERR_SOCKET_CLOSED());
  } else if (!(this._handle instanceof TCP)) {
    throw new codes.ERR_INVALID_HANDLE_TYPE();
  } else if (this.connecting) {
    this.once('connect', this._reset);
  } else {
    this._reset();
  }
  return this;
};

Socket.prototype._reset = function () {
  this._resets = true;
  return this.destroy();
};

Socket.prototype[require('inner/intrinsics').asyncDispose || Symbol.for('nodejs.asyncDispose')] = function () {
  if (!this.destroyed) {
    this.destroy(this.readableEnded ? null : new errors.AbortError());
  }
  return new Promise((done, failed) => {
    require('stream').finished(this, (error) => {
      if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
        failed(error);
      } else {
        done();
      }
    });
  });
};

// Options.

/** Switches Nagle's algorithm off or, with false, on. */
Socket.prototype.setNoDelay = function (enable) {
  const on = enable === undefined ? true : Boolean(enable);
  const handle = this._handle;
  if (handle === null || this.connecting) {
    wish(this, 'noDelay', on);
  } else if (handle.setNoDelay && on !== (this._wishes !== null && this._wishes.noDelay === true)) {
    wish(this, 'noDelay', on);
    handle.setNoDelay(on);
  }
  return this;
};

/**
 * Switches TCP's keep-alive on or off.
 * @param {boolean} [enable=false]
 * @param {number} [initialDelay=0] milliseconds of silence before the first probe; 0 leaves that as it is
 */
Socket.prototype.setKeepAlive = function (enable, initialDelay) {
  const on = Boolean(enable);
  const seconds = Math.floor(initialDelay / 1000) || 0;
  const handle = this._handle;
  if (handle === null || this.connecting) {
    wish(this, 'keepAlive', [on, seconds]);
    return this;
  }
  const before = (this._wishes !== null && this._wishes.keepAlive) || [false, 0];
  if (handle.setKeepAlive && (on !== before[0] || (on && seconds !== before[1]))) {
    wish(this, 'keepAlive', [on, seconds]);
    handle.setKeepAlive(on, seconds);
  }
  return this;
};

Socket.prototype.ref = function () {
  this._unreferenced = false;
  if (this._handle === null) {
    this.once('connect', this.ref);
  } else if (typeof this._handle.ref === 'function') {
    this._handle.ref();
  }
  return this;
};

Socket.prototype.unref = function () {
  if (this._handle === null) {
    this.once('connect', this.unref);
  } else if (typeof this._handle.unref === 'function') {
    this._handle.unref();
  }
  return this;
};

// State.

/** This end's address: {address, family, port}; {} if there is none. */
Socket.prototype.address = function () {
  return this._getsockname();
};

Socket.prototype._getsockname = function () {
  const handle = this._handle;
  if (handle === null || typeof handle.getsockname !== 'function') {
    return {};
  }
  if (!this._sockname) {
    const name = handle.getsockname();
    if (name.address === undefined) {
      return name;
    }
    hidden(this, '_sockname', name);
  }
  return this._sockname;
};

Socket.prototype._getpeername = function () {
  const handle = this._handle;
  if (handle === null || typeof handle.getpeername !== 'function' || this.connecting) {
    return this._peername || {};
  }
  if (!this._peername) {
    hidden(this, '_peername', handle.getpeername());
  }
  return this._peername;
};

function getter(name, get) {
  Object.defineProperty(Socket.prototype, name, { get, enumerable: false, configurable: true });
}

getter('_connecting', function () {
  return this.connecting;
});
getter('pending', function () {
  return this._handle === null || this.connecting;
});
getter('readyState', function () {
  if (this.connecting) {
    return 'opening';
  }
  if (this.readable && this.writable) {
    return 'open';
  }
  return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
});
getter('bufferSize', function () {
  return this._handle === null ? undefined : this.writableLength;
});
getter('bytesRead', function () {
  return this._handle !== null ? this._handle.bytesRead : this._counts !== null ? this._counts.bytesRead : 0;
});
getter('_bytesDispatched', function () {
  return this._handle !== null ? this._handle.bytesWritten : this._counts !== null ? this._counts.bytesWritten : 0;
});
getter('bytesWritten', function () {
  let bytes = this._bytesDispatched || 0;
  const state = this._writableState;
  for (const entry of state.getBuffer()) {
    bytes += lengthOf(entry.chunk, entry.encoding);
  }
  const pending = this._pendingData;
  if (Array.isArray(pending)) {
    for (const entry of pending) {
      bytes += pending.allBuffers ? entry.length : lengthOf(entry.chunk, entry.encoding);
    }
  } else if (pending) {
    bytes += lengthOf(pending, this._pendingEncoding);
  }
  return bytes;
});

function lengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? require('buffer').Buffer.byteLength(chunk, encoding) : chunk.length;
}

for (const [name, key, method] of [
  ['remoteAddress', 'address', '_getpeername'],
  ['remoteFamily', 'family', '_getpeername'],
  ['remotePort', 'port', '_getpeername'],
  ['localAddress', 'address', '_getsockname'],
  ['localFamily', 'family', '_getsockname'],
  ['localPort', 'port', '_getsockname'],
]) {
  getter(name, function () {
    return this[method]()[key];
  });
}

module.exports = { Socket };
