'use strict';
// Today's net.Server.

const EventEmitter = require('events');
const turns = require('inner/turns');
const errors = require('inner/node-errors');
const { ListeningHandle, StreamHandle } = require('inner/node-net-handles');
const { isPath, normalizeArgs, toNumber } = require('inner/node-net-options');
const { codes } = errors;

/** What the option `backlog` stands for when it is not there. */
const BACKLOG = 511;

/** What a system without IPv6, or without an address of it, says. */
const NO_IPV6 = ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'];

/** What is wrong with a descriptor that nobody can listen on. */
const BAD_DESCRIPTOR = ['EBADF', 'EINVAL', 'ENOTSOCK'];

/**
 * A TCP or UNIX server. May be called without `new`.
 * @param {object} [options]
 * @param {boolean} [options.allowHalfOpen=false] for its sockets
 * @param {boolean} [options.pauseOnConnect=false] whether its sockets begin paused
 * @param {number} [options.highWaterMark] for its sockets, in bytes
 * @param {boolean} [options.noDelay=false] for its sockets
 * @param {boolean} [options.keepAlive=false] for its sockets
 * @param {number} [options.keepAliveInitialDelay=0] milliseconds
 * @param {BlockList} [options.blockList] whose connections are refused
 * @param {Function} [listener] for 'connection'
 */
function Server(options, listener) {
  if (!(this instanceof Server)) {
    return new Server(options, listener);
  }
  EventEmitter.call(this);
  let settings = {};
  if (typeof options === 'function') {
    this.on('connection', options);
  } else if (options === undefined || options === null || typeof options === 'object') {
    settings = { ...options };
    if (typeof listener === 'function') {
      this.on('connection', listener);
    }
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (settings.keepAliveInitialDelay !== undefined) {
    errors.validateNumber(settings.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    settings.keepAliveInitialDelay = Math.max(settings.keepAliveInitialDelay, 0);
  }
  if (settings.highWaterMark !== undefined) {
    errors.validateNumber(settings.highWaterMark, 'options.highWaterMark');
    if (settings.highWaterMark < 0) {
      settings.highWaterMark = undefined;
    }
  }
  this._connections = 0;
  Object.defineProperty(this, '_handle', { value: null, writable: true, enumerable: false, configurable: true });
  this._unref = false;
  this.allowHalfOpen = Boolean(settings.allowHalfOpen);
  this.pauseOnConnect = Boolean(settings.pauseOnConnect);
  this.noDelay = Boolean(settings.noDelay);
  this.keepAlive = Boolean(settings.keepAlive);
  this.keepAliveInitialDelay = Math.floor((settings.keepAliveInitialDelay || 0) / 1000);
  this.highWaterMark = settings.highWaterMark;
  if (settings.blockList) {
    this.blockList = settings.blockList;
  }
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

/**
 * Listens: (port, [host], [backlog], [callback]), (path, [backlog], [callback]), (options, [callback]),
 * (another server's handle, …) or ([callback]).
 */
Server.prototype.listen = function (...args) {
  const [given, callback] = normalizeArgs(args);
  if (this._handle !== null) {
    throw new codes.ERR_SERVER_ALREADY_LISTEN();
  }
  if (callback !== null) {
    this.once('listening', callback);
  }
  const fromArgs = (args.length > 1 && toNumber(args[1])) || (args.length > 2 && toNumber(args[2])) || undefined;
  const other = given._handle || given.handle;
  if (given instanceof ListeningHandle || other instanceof ListeningHandle) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('listen on the handle of another server');
  }
  const options = other || given;
  endWithSignal(this, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    open(this, { fd: options.fd });
    return this;
  }
  const backlog = options.backlog || fromArgs;
  const anyPort =
    args.length === 0 ||
    typeof args[0] === 'function' ||
    (options.port === undefined && 'port' in options) ||
    options.port === null;
  const port = anyPort ? 0 : options.port;
  if (typeof port === 'number' || typeof port === 'string') {
    errors.validatePort(port, 'options.port');
    listenOnPort(this, Number(port) | 0, options, backlog);
  } else if (options.path && isPath(options.path)) {
    open(this, { path: options.path, backlog, mode: mode(options) });
  } else if (!('port' in options || 'path' in options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  } else {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options);
  }
  return this;
};

function endWithSignal(server, options) {
  const { signal } = options;
  if (signal === undefined) {
    return;
  }
  errors.validateAbortSignal(signal, 'options.signal');
  const onAbort = () => server.close();
  if (signal.aborted) {
    turns.nextTick(onAbort);
  } else {
    signal.addEventListener('abort', onAbort, { once: true });
    server.once('close', () => signal.removeEventListener('abort', onAbort));
  }
}

/** Who else than the owner may use the socket's file. */
function mode(options) {
  return (options.readableAll ? 'r' : '') + (options.writableAll ? 'w' : '');
}

function listenOnPort(server, port, options, backlog) {
  const { host } = options;
  const settings = {
    port,
    backlog,
    ipv6Only: Boolean(options.ipv6Only),
    reusePort: Boolean(options.reusePort),
  };
  if (!host) {
    open(server, { ...settings, host: '::', falls: !settings.ipv6Only });
  } else {
    open(server, { ...settings, host: `${host}` });
  }
}

/** Whether this machine has turned out to have no IPv6. */
let withoutIPv6 = false;

/** Opens the listening socket; 'listening' or 'error' comes later. */
function open(server, place) {
  if (place.falls && withoutIPv6) {
    place.host = '0.0.0.0';
    place.falls = false;
  }
  const handle = new ListeningHandle();
  server._handle = handle;
  handle.waits = false;
  handle.owner = {
    _handleListening() {
      if (!handle.announced) {
        handle.announced = true;
        announce(server, handle, place);
      }
    },
    _handleConnection(native) {
      accept(server, handle, native);
    },
    _handleFailure(error) {
      failed(server, handle, place, error);
    },
  };
  if (server._unref) {
    handle.unref();
  }
  try {
    if (place.path !== undefined && binding.isPathTaken(place.path)) {
      // Java would ask whoever listens there whether it still does, and take the place of one that is dead.
      server._handle = null;
      turns.nextTick(() => server.emit('error', inUse(place.path)));
    } else if (begin(handle, place)) {
      handle.announced = true;
      turns.nextTick(announce, server, handle, place);
    } else if (place.fd !== undefined || (place.host !== undefined && binding.isIP(place.host) !== 0)) {
      server._handle = null; // it has failed, and will say why
      handle.waits = true;
    }
  } catch (error) {
    server._handle = null;
    throw error;
  }
}

function begin(handle, place) {
  const backlog = place.backlog > 0 ? place.backlog : BACKLOG;
  if (place.fd !== undefined) {
    return handle.listenFD(place.fd);
  }
  if (place.path !== undefined) {
    return handle.listenPath(place.path, backlog);
  }
  return handle.listen(place, backlog);
}

function inUse(path) {
  const error = errors.systemError('EADDRINUSE', 'listen', path);
  error.port = -1;
  return error;
}

function announce(server, handle, place) {
  if (server._handle !== handle) {
    return; // closed meanwhile
  }
  if (place.mode) {
    binding.shareSocketFile(handle.native, place.mode);
  }
  server.emit('listening');
}

function failed(server, handle, place, error) {
  if (!handle.waits && server._handle !== handle) {
    return;
  }
  if (!handle.waits) {
    server._handle = null;
  }
  if (place.falls && NO_IPV6.includes(error.code) && server._handle === null) {
    withoutIPv6 = true;
    open(server, { ...place, host: '0.0.0.0', falls: false });
    return;
  }
  server.emit('error', explained(error, place));
}

/** The error in the words of Node, which says EACCES of a folder that is not there. */
function explained(error, place) {
  if (place.path !== undefined) {
    const told = error.code === 'ENOENT' ? errors.systemError('EACCES', 'listen', place.path) : error;
    told.port = -1;
    return told;
  }
  if (place.fd !== undefined && BAD_DESCRIPTOR.includes(error.code)) {
    return errors.systemError(error.code === 'EBADF' ? 'EINVAL' : error.code, 'listen');
  }
  return error;
}

// Accepting.

function accept(server, listening, native) {
  const address = listening.address();
  const isPipe = typeof address === 'string';
  const handle = StreamHandle.accepted(native, isPipe, !isPipe && address !== null && address.family === 'IPv6');
  if (server.maxConnections !== undefined && server.maxConnections !== null && server._connections >= server.maxConnections) {
    drop(server, handle, isPipe);
    return;
  }
  if (server.blockList) {
    const { address: peer, family } = handle.getpeername();
    if (peer !== undefined && server.blockList.check(peer, family)) {
      handle.close();
      return;
    }
  }
  const { Socket } = require('inner/node-net-socket');
  const socket = new Socket({
    handle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: server.highWaterMark,
    writableHighWaterMark: server.highWaterMark,
  });
  if (server.noDelay) {
    socket.setNoDelay(true);
  }
  if (server.keepAlive) {
    socket.setKeepAlive(true, server.keepAliveInitialDelay * 1000);
  }
  server._connections++;
  socket.server = server;
  socket._server = server;
  try {
    server.emit('connection', socket);
  } finally {
    handle.start();
  }
}

function drop(server, handle, isPipe) {
  let data;
  if (!isPipe) {
    const local = handle.getsockname();
    const remote = handle.getpeername();
    data = {
      localAddress: local.address,
      localPort: local.port,
      localFamily: local.family,
      remoteAddress: remote.address,
      remotePort: remote.port,
      remoteFamily: remote.family,
    };
  }
  handle.close();
  server.emit('drop', data);
}

// Closing.

/**
 * Stops accepting at once; 'close' comes when the last connection has ended too.
 * @param {Function} [callback] gets ERR_SERVER_NOT_RUNNING if it does not listen
 */
Server.prototype.close = function (callback) {
  if (typeof callback === 'function') {
    if (this._handle === null) {
      this.once('close', () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
    } else {
      this.once('close', callback);
    }
  }
  if (this._handle !== null) {
    const handle = this._handle;
    this._handle = null;
    handle.close();
  }
  this._emitCloseIfDrained();
  return this;
};

Server.prototype._emitCloseIfDrained = function () {
  if (this._handle === null && this._connections === 0) {
    turns.nextTick(() => this.emit('close'));
  }
};

Server.prototype[require('inner/intrinsics').asyncDispose || Symbol.for('nodejs.asyncDispose')] = function () {
  if (this._handle === null) {
    return Promise.resolve();
  }
  return new Promise((done, failed) => this.close((error) => (error ? failed(error) : done())));
};

/** What is done with a listener's promise that is rejected, where events has been told to look at that. */
Server.prototype[Symbol.for('nodejs.rejection')] = function (error, event, socket) {
  if (event === 'connection') {
    socket.destroy(error);
  } else {
    this.emit('error', error);
  }
};

// State.

/** {address, family, port}, or the path of a UNIX socket; null while it does not listen. */
Server.prototype.address = function () {
  return this._handle === null ? null : this._handle.address();
};

/** Gives the number of connections: callback(error, count). */
Server.prototype.getConnections = function (callback) {
  errors.validateFunction(callback, 'callback');
  turns.nextTick(callback, null, this._connections);
  return this;
};

Server.prototype.ref = function () {
  this._unref = false;
  if (this._handle !== null) {
    this._handle.ref();
  }
  return this;
};

Server.prototype.unref = function () {
  this._unref = true;
  if (this._handle !== null) {
    this._handle.unref();
  }
  return this;
};

Object.defineProperty(Server.prototype, 'listening', {
  get() {
    return this._handle !== null;
  },
  enumerable: false,
  configurable: true,
});

module.exports = { Server };
