'use strict';
// require('net'): servers and streams over the engine in Java.
//
// Each Stream and Server holds a handle, an object of Java's. Calls go down by the functions of `binding`;
// events come up through dispatch(), on the loop thread, one at a time.

const EventEmitter = require('events');
const turns = require('inner/turns');
const turn = turns.state;
const errors = require('inner/errors');

const plainEmit = EventEmitter.prototype.emit;

const { CONNECT, END, DRAIN, TIMEOUT, ERROR, CLOSE, SECURE, LISTENING, CONNECTION, DROP, wrapBuffer } =
  require('inner/engine-events');

/**
 * Emits what happened. Called by Java; what a listener throws goes back to it.
 * @param {Stream|Server} target whose event it is
 * @param {number} event which one
 */
function dispatch(target, event, a, b, c, d, e) {
  turn.inTurn = true;
  try {
    switch (event) {
      case CONNECTION:
        accept(target, a);
        break;
      case CONNECT:
        target.emit('connect');
        break;
      case END:
        target.emit('end');
        break;
      case DRAIN:
        target.emit('drain');
        break;
      case TIMEOUT:
        target.emit('timeout');
        break;
      case CLOSE:
        target._gone = true;
        if (a === undefined) {
          target.emit('close');
        } else {
          target.emit('close', a);
        }
        break;
      case ERROR:
        target._gone = true;
        target.emit('error', errors.system(a, b, c, d, e));
        break;
      case SECURE:
        target.emit('secure');
        // Here, and not when the turn is over: what a listener does after an await comes too late.
        binding.rejectUnverified(handleOf(target));
        break;
      case LISTENING:
        target.emit('listening');
        break;
      case DROP:
        target.emit('drop', dropped(a));
        break;
    }
  } finally {
    turn.inTurn = false;
  }
  if (turn.waiting) {
    turns.drain();
  }
}

/** Emits an error of the script's own; one that a listener threw was reported already. */
function dispatchThrown(target, thrown, reported) {
  if (!reported || target.listenerCount('error') > 0) {
    turns.turn(() => target.emit('error', thrown));
  }
}

/** Emits 'data' with text, or with bytes that Java lends: the hot path, so it is short. */
function dispatchText(stream, text) {
  turn.inTurn = true;
  try {
    const listener = stream._events.data;
    if (typeof listener === 'function' && stream.emit === plainEmit) {
      listener.call(stream, text);
    } else {
      stream.emit('data', text);
    }
  } finally {
    turn.inTurn = false;
  }
  if (turn.waiting) {
    turns.drain();
  }
}

function dispatchBytes(stream, bytes) {
  dispatchText(stream, wrapBuffer(bytes));
}

/** What Java knows this module by; here a stream ends with what its listener throws. */
const face = binding.netFace(dispatch, dispatchThrown, dispatchText, dispatchBytes, true);

// Arguments.

/** Whether a value stands for a port: a number, or a text of digits. */
function isPort(value) {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

function checkPort(port, name) {
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    throw new (nodeErrors().codes.ERR_SOCKET_BAD_PORT)(name, port);
  }
  return port;
}

const nodeErrors = () => require('inner/node-errors'); // seldom wanted

function wrongType(name, wanted, value) {
  return new (nodeErrors().codes.ERR_INVALID_ARG_TYPE)(name, wanted, value);
}

/** What may be sent. */
const SENDABLE = ['string', 'Buffer', 'TypedArray', 'DataView'];

function checkOptional(value, type, name) {
  if (value !== undefined && value !== null && typeof value !== type) {
    throw wrongType(name, type, value);
  }
  return value;
}

/** Checks for a time in milliseconds; a text of one will do. */
function checkMillis(value, name) {
  const millis = Number(value);
  if (Number.isNaN(millis)) {
    throw wrongType(name, 'number', value);
  }
  if (millis < 0) {
    throw new (nodeErrors().codes.ERR_OUT_OF_RANGE)(name, 'a non-negative finite number', value);
  }
  return millis;
}

function checkDescriptor(fd) {
  nodeErrors().validateInt32(fd, 'fd', 0);
}

function checkPath(path) {
  if (path.includes('\0')) {
    throw new (nodeErrors().codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM)('UNIX sockets without a file');
  }
  return path;
}

/** Calls back when a signal aborts, unless `emitter` has closed before. */
function hearSignal(signal, emitter, onAbort) {
  if (signal === undefined || signal === null) {
    return;
  }
  nodeErrors().validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) {
    turns.nextTick(onAbort);
  } else {
    signal.addEventListener('abort', onAbort, { once: true });
    emitter.once('close', () => signal.removeEventListener('abort', onAbort));
  }
}

/** Sorts (port, [host]), (path) and ({port, host} or {path}), each with a callback at the end. */
function endpoint(args, backlog) {
  const list = Array.prototype.slice.call(args);
  let callback;
  while (list.length > 0 && (typeof list[list.length - 1] === 'function' || list[list.length - 1] === undefined)) {
    callback = list.pop() || callback;
  }
  let [first, second, third] = list;
  const result = { port: undefined, host: undefined, path: undefined, fd: undefined, backlog: undefined, callback };
  if (typeof first === 'object' && first !== null) {
    ({ port: result.port, host: result.host, path: result.path, fd: result.fd, backlog: result.backlog } = first);
    result.signal = first.signal;
    first = result.path !== undefined ? result.path : result.port;
    result.port = undefined;
    result.path = undefined;
    second = result.host;
    third = result.backlog;
  }
  if (backlog && typeof second === 'number') {
    third = second;
    second = undefined;
  }
  if (first === undefined || first === null) {
    result.port = undefined;
  } else if (isPort(first)) {
    result.port = checkPort(Number(first), backlog ? 'options.port' : 'Port');
  } else if (typeof first === 'string') {
    result.path = checkPath(first);
  } else {
    throw wrongType('options.port', ['number', 'string'], first);
  }
  result.host = checkOptional(second, 'string', 'host') || undefined;
  result.backlog = third;
  return result;
}

// Streams.

/** The handle for the next Stream that is constructed: one that a server has accepted. */
let accepted = null;

/**
 * A TCP or UNIX connection. May be called without `new`.
 * @param {object} [options]
 * @param {boolean} [options.allowHalfOpen=false] whether to stay writable after the peer's end
 * @param {number} [options.fd] a connected descriptor to adopt
 */
function Stream(options) {
  if (!(this instanceof Stream)) {
    return new Stream(options);
  }
  EventEmitter.call(this);
  if (turn.context !== null && accepted === null) {
    turn.context.remember(this);
  }
  const handle = accepted;
  accepted = null;
  this._hasData = false;
  this._opened = handle !== null; // or destroyed
  this._gone = false; // destroyed, or closed
  Object.defineProperty(this, '_handle', { value: null, writable: true, enumerable: false });
  if (handle !== null) {
    this._handle = handle;
    return;
  }
  const settings = typeof options === 'object' && options !== null ? options : { fd: options };
  if (settings.fd !== undefined && settings.fd !== null) {
    checkDescriptor(settings.fd);
    this._handle = binding.adoptStream(face, this, settings.fd);
    this._opened = true;
  } else {
    this._handle = binding.newStream(face, this);
  }
  if (settings.allowHalfOpen) {
    binding.setHalfOpen(this._handle, true);
  }
}
Stream.prototype = Object.create(EventEmitter.prototype, {
  constructor: { value: Stream, writable: true, configurable: true },
});
Object.setPrototypeOf(Stream, EventEmitter);

/** stream.pipeline adds a dozen listeners to each end of a duplex stream, which is no leak. */
Stream.prototype._maxListeners = 24;

/** The handle of a stream whose constructor was never called (2010's util.inherits alone) is made late. */
function handleOf(stream) {
  return stream._handle || late(stream);
}

Object.defineProperty(Stream.prototype, '_early', {
  value() {
    const state = this.readyState;
    return state === 'opening' || (state === 'closed' && !this._opened);
  },
});

function late(stream) {
  if (!(stream instanceof Stream)) {
    throw errors.argumentType('this', 'a net.Stream', stream);
  }
  Stream.call(stream);
  return stream._handle;
}

const on = EventEmitter.prototype.on;

/** Adds a listener; the first one for 'data' makes a stream of one's own begin to hand out data. */
Stream.prototype.on = function (event, listener) {
  on.call(this, event, listener);
  if (event === 'data' && !this._hasData) {
    claim(this);
  } else if (event === 'readable') {
    pull(this);
  }
  return this;
};
Stream.prototype.addListener = Stream.prototype.on;
Stream.prototype.prependListener = function (event, listener) {
  EventEmitter.prototype.prependListener.call(this, event, listener);
  if (event === 'data' && !this._hasData) {
    claim(this);
  }
  return this;
};

function claim(stream) {
  const handle = handleOf(stream);
  stream._hasData = true;
  binding.hearData(handle);
}

// Reading on demand, in place of 'data': 'readable' says that read() gives something, or that the end is near.

/** For each stream that is read so what has arrived and is not read yet. */
const unread = new WeakMap();

function pull(stream) {
  if (unread.has(stream)) {
    return;
  }
  const chunks = [];
  unread.set(stream, chunks);
  stream.on('data', (data) => {
    chunks.push(data);
    stream.pause(); // one chunk at a time, and no 'end' before it is read
    turns.nextTick(() => stream.emit('readable'));
  });
  stream.on('end', () => stream.emit('readable'));
}

/**
 * Reads what has arrived, for one who listens for 'readable'.
 * @param {number} [size] how much, in bytes or characters; all that there is unless given
 * @returns {?(Buffer|string)} null if there is not as much
 */
Stream.prototype.read = function (size) {
  pull(this);
  const chunks = unread.get(this);
  const there = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const wanted = size === undefined || size === null || (size > there && this.readyState === 'closed') ? there : Number(size);
  let result = null;
  if (wanted > 0 && wanted <= there) {
    const all = chunks.length === 1 ? chunks[0] : joined(chunks);
    result = wanted === there ? all : all.slice(0, wanted);
    chunks.length = 0;
    if (wanted < there) {
      chunks.push(all.slice(wanted));
    }
  }
  if (chunks.length === 0 || result === null) {
    this.resume();
  }
  return result;
};

function joined(chunks) {
  return typeof chunks[0] === 'string' ? chunks.join('') : require('buffer').Buffer.concat(chunks);
}

/** Opens the stream: connect(port, [host], [callback]) or connect(path, [callback]). */
Stream.prototype.connect = function (...args) {
  const where = endpoint(args, false);
  if (turn.context !== null) {
    turn.context.remember(this);
  }
  const handle = handleOf(this);
  if (where.path !== undefined) {
    binding.connectPath(handle, where.path);
  } else if (where.port === undefined) {
    throw new (nodeErrors().codes.ERR_MISSING_ARGS)(['options', 'port', 'path']);
  } else {
    binding.connectPort(handle, where.port, where.host === undefined ? 'localhost' : where.host);
  }
  this._opened = true;
  this._gone = false;
  if (where.signal) {
    const { signal } = where;
    hearSignal(signal, this, () => this.destroy(new (nodeErrors().AbortError)(undefined, { cause: signal.reason })));
  }
  if (where.callback) {
    this.once('connect', where.callback);
  }
  return this;
};

/** Makes 'data' come as text; null for Buffers again. */
Stream.prototype.setEncoding = function (encoding) {
  binding.setEncoding(handleOf(this), checkOptional(encoding, 'string', 'encoding') || null);
  return this;
};

/**
 * Sends text or bytes.
 * @param {string|Uint8Array} data what to send
 * @param {string} [encoding] of text: ASCII where that can express it, else UTF-8
 * @param {Function} [callback] called when it has left for the kernel
 * @returns {boolean} false asks to wait for 'drain'
 */
Stream.prototype.write = function (data, encoding, callback) {
  const handle = this._handle || late(this);
  let calm;
  if (typeof data === 'string') {
    calm =
      encoding === undefined || typeof encoding === 'function' || encoding === null
        ? binding.writeText(handle, data)
        : binding.writeText(handle, data, checkOptional(encoding, 'string', 'encoding'));
  } else if (data instanceof Uint8Array) {
    calm = binding.writeData(handle, data.buffer, data.byteOffset, data.byteLength);
  } else {
    throw wrongType('chunk', SENDABLE, data);
  }
  const done = typeof encoding === 'function' ? encoding : callback;
  if (typeof done === 'function') {
    if (calm || this.readyState === 'closed') {
      turns.nextTick(done);
    } else {
      this.once('drain', done);
    }
  }
  return calm;
};

/** Sends what is queued, and `data` before that if there is any, then FIN. */
Stream.prototype.end = function (data, encoding, callback) {
  const done = [data, encoding, callback].find((argument) => typeof argument === 'function');
  if (data !== undefined && data !== null && typeof data !== 'function') {
    this.write(data, typeof encoding === 'function' ? undefined : encoding);
  }
  if (done) {
    this.once('close', () => done());
  }
  binding.end(handleOf(this));
  return this;
};

/** Hands what is gathered to the kernel now. */
Stream.prototype.flush = function () {
  return binding.flush(handleOf(this));
};

/** Ends all activity at once; with an error, 'error' is emitted for it. */
Stream.prototype.destroy = function (error) {
  this._opened = true;
  this._gone = true;
  if (error === undefined || error === null) {
    binding.destroy(handleOf(this));
  } else {
    binding.destroyThrown(handleOf(this), error);
  }
  return this;
};
Stream.prototype.destroySoon = function () {
  return this.end();
};
Stream.prototype.forceClose = Stream.prototype.destroy;

Stream.prototype.pause = function () {
  binding.pause(handleOf(this));
  return this;
};

Stream.prototype.resume = function () {
  binding.resume(handleOf(this));
  return this;
};

Stream.prototype.isPaused = function () {
  return binding.isPaused(handleOf(this));
};

/** Puts bytes back: they are the next 'data'. */
Stream.prototype.unshift = function (data) {
  const { Buffer } = require('buffer');
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  if (!(bytes instanceof Uint8Array)) {
    throw wrongType('chunk', SENDABLE, data);
  }
  binding.unshift(handleOf(this), bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return this;
};

/** Has 'timeout' emitted after so many idle milliseconds; 0 switches that off. */
Stream.prototype.setTimeout = function (millis, callback) {
  const time = checkMillis(millis, 'msecs');
  binding.setIdleTimeout(handleOf(this), Math.min(time, Number.MAX_SAFE_INTEGER));
  if (typeof callback === 'function') {
    if (time === 0) {
      this.removeListener('timeout', callback);
    } else {
      this.once('timeout', callback);
    }
  }
  return this;
};

Stream.prototype.setNoDelay = function (noDelay) {
  binding.setNoDelay(handleOf(this), noDelay === undefined ? true : !!noDelay);
  return this;
};

Stream.prototype.setKeepAlive = function (enable, initialDelay) {
  const delay = initialDelay === undefined ? 0 : checkMillis(initialDelay, 'initialDelay');
  binding.setKeepAlive(handleOf(this), !!enable, delay);
  return this;
};

/** Switches the gathering of a callback's writes off or on. */
Stream.prototype.setGather = function (gather) {
  binding.setGather(handleOf(this), gather === undefined ? true : !!gather);
  return this;
};

/** Limits what may wait to be sent, in bytes; 0 for no limit. */
Stream.prototype.maxBufferSize = function (bytes) {
  const limit = Number(bytes);
  if (!(limit >= 0)) {
    throw errors.argumentType('bytes', 'a number, 0 or more', bytes);
  }
  binding.setMaxBufferSize(handleOf(this), limit);
  return this;
};

Stream.prototype.ref = function () {
  binding.reference(handleOf(this), true);
  return this;
};

Stream.prototype.unref = function () {
  binding.reference(handleOf(this), false);
  return this;
};

Stream.prototype.address = function () {
  return addressObject(binding.localAddress(handleOf(this))) || {};
};

/**
 * Sends what this stream reads to another one, with back-pressure.
 * @param {object} destination anything with write and end
 * @param {object} [options]
 * @param {boolean} [options.end=true] whether to end `destination` with this stream
 */
Stream.prototype.pipe = function (destination, options) {
  const ends = (!options || options.end !== false) && destination !== process_().stdout && destination !== process_().stderr;
  const native =
    destination instanceof Stream &&
    destination.write === Stream.prototype.write &&
    destination.end === Stream.prototype.end &&
    this.emit === plainEmit &&
    this.listenerCount('data') === 0;
  if (native) {
    // The bytes need not come up to JavaScript.
    binding.pipe(handleOf(this), handleOf(destination), ends);
  } else {
    pipeHere(this, destination, ends);
  }
  destination.emit('pipe', this);
  return destination;
};

const process_ = () => require('process');

function pipeHere(source, destination, ends) {
  const onData = (data) => {
    if (destination.write(data) === false) {
      source.pause();
    }
  };
  const onDrain = () => source.resume();
  const onEnd = () => {
    cleanUp();
    if (ends) {
      destination.end();
    }
  };
  const onClose = () => {
    cleanUp();
    if (ends && typeof destination.destroy === 'function' && destination instanceof Stream) {
      destination.destroy();
    }
  };
  const onGone = () => {
    // Whom nobody reads for any more must not hold the peer up for ever.
    cleanUp();
    source.resume();
  };
  function cleanUp() {
    source.removeListener('data', onData);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    source.removeListener('pipe-end', onGone);
    destination.removeListener('drain', onDrain);
    destination.removeListener('close', onGone);
    pipes.get(source).delete(destination);
  }
  if (!pipes.has(source)) {
    pipes.set(source, new Map());
  }
  pipes.get(source).set(destination, cleanUp);
  destination.on('drain', onDrain);
  destination.on('close', onGone);
  source.on('end', onEnd);
  source.on('close', onClose);
  source.on('data', onData);
  source.resume();
}

/** For each source the destinations that it is piped to here, and how to stop that. */
const pipes = new WeakMap();

Stream.prototype.unpipe = function (destination) {
  for (const [to, stop] of Array.from(pipes.get(this) || [])) {
    if (destination === undefined || destination === to) {
      stop();
      to.emit('unpipe', this);
    }
  }
  return this;
};

/** Chunks one after another: `for await (const chunk of stream)`. Leaving the loop destroys the stream. */
Stream.prototype[Symbol.asyncIterator] = async function* () {
  const chunks = [];
  let finished = false;
  let failure = null;
  let wake = () => {};
  const onData = (data) => {
    chunks.push(data);
    this.pause();
    wake();
  };
  const onError = (error) => {
    failure = error;
    wake();
  };
  const onEnd = () => {
    finished = true;
    wake();
  };
  this.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd);
  try {
    for (;;) {
      if (chunks.length > 0) {
        yield chunks.shift();
      } else if (failure !== null) {
        throw failure;
      } else if (finished || this.readyState === 'closed') {
        return;
      } else {
        const woken = new Promise((resolve) => (wake = resolve));
        this.resume();
        await woken;
      }
    }
  } finally {
    this.removeListener('data', onData).removeListener('error', onError);
    this.removeListener('end', onEnd).removeListener('close', onEnd);
    if (!finished) {
      this.destroy();
    }
  }
};


// TLS.

/** Turns the open stream into a TLS stream, in place. */
Stream.prototype.setSecure = function (credentials) {
  const held = credentials === undefined || credentials === null ? null : credentials._credentials;
  if (held === undefined) {
    throw errors.argumentType('credentials', 'what crypto.createCredentials returns', credentials);
  }
  binding.setSecure(handleOf(this), held);
  return this;
};

/** Whether the peer's certificate is valid, and, if a host is named, was issued for that. */
Stream.prototype.verifyPeer = function (host) {
  return binding.verifyPeer(handleOf(this), checkOptional(host, 'string', 'host'));
};

/** The peer's certificate: subject, issuer, valid_from, valid_to and fingerprint; {} if it sent none. */
Stream.prototype.getPeerCertificate = function () {
  const facts = binding.peerCertificate(handleOf(this));
  if (facts === null) {
    return {};
  }
  return {
    subject: facts.subject,
    issuer: facts.issuer,
    valid_from: facts.validFrom,
    valid_to: facts.validTo,
    fingerprint: facts.fingerprint,
  };
};

// State.

function getters(prototype, table) {
  for (const name of Object.keys(table)) {
    Object.defineProperty(prototype, name, {
      get: table[name],
      set(value) {
        // A subclass may keep a property of its own under the name.
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: true,
    });
  }
}

getters(Stream.prototype, {
  readyState() {
    return binding.readyState(handleOf(this));
  },
  // One that is not connected yet may be both: pipes and wrappers ask before that.
  readable() {
    return this._early() || binding.isReadable(handleOf(this));
  },
  writable() {
    return this._early() || binding.isWritable(handleOf(this));
  },
  // Not as soon as both sides have ended, for then 'end' and 'close' are still to come.
  destroyed() {
    return this._gone === true;
  },
  connecting() {
    return this.readyState === 'opening';
  },
  pending() {
    return this.readyState === 'opening' || this.readyState === 'closed';
  },
  remoteAddress() {
    return orUndefined(binding.remoteAddress(handleOf(this)));
  },
  remotePort() {
    const port = binding.remotePort(handleOf(this));
    return port < 0 ? undefined : port;
  },
  remoteFamily() {
    const address = this.remoteAddress;
    return address === undefined ? undefined : address.includes(':') ? 'IPv6' : 'IPv4';
  },
  localAddress() {
    return this.address().address;
  },
  localPort() {
    return this.address().port;
  },
  fd() {
    const fd = binding.descriptor(handleOf(this));
    return fd < 0 ? null : fd;
  },
  server() {
    return binding.serverOf(handleOf(this));
  },
  bytesRead() {
    return binding.bytesRead(handleOf(this));
  },
  bytesWritten() {
    return binding.bytesWritten(handleOf(this));
  },
  bufferSize() {
    return binding.bufferSize(handleOf(this));
  },
  writableLength() {
    return binding.bufferSize(handleOf(this));
  },
});
Object.defineProperty(Stream.prototype, 'allowHalfOpen', {
  get() {
    return binding.isHalfOpen(handleOf(this));
  },
  set(on) {
    binding.setHalfOpen(handleOf(this), !!on);
  },
  enumerable: false,
  configurable: true,
});

function orUndefined(value) {
  return value === null ? undefined : value;
}

/** An address as Java tells it, [address, family, port] or [path], as scripts know it. */
function addressObject(parts) {
  if (parts === null) {
    return null;
  }
  const [address, family, port] = [...parts];
  return family === undefined ? address : { address, family, port };
}

function dropped(parts) {
  const local = addressObject(parts[0]);
  const remote = addressObject(parts[1]);
  const fact = {};
  if (local && local.address) {
    Object.assign(fact, { localAddress: local.address, localPort: local.port, localFamily: local.family });
  }
  if (remote && remote.address) {
    Object.assign(fact, { remoteAddress: remote.address, remotePort: remote.port, remoteFamily: remote.family });
  }
  return fact;
}

// Servers.

/**
 * A TCP or UNIX server. May be called without `new`.
 * @param {object} [options]
 * @param {boolean} [options.allowHalfOpen=false] for its streams
 * @param {boolean} [options.pauseOnConnect=false] whether its streams begin paused
 * @param {Function} [listener] for 'connection'
 */
function Server(options, listener) {
  if (!(this instanceof Server)) {
    return new Server(options, listener);
  }
  EventEmitter.call(this);
  if (turn.context !== null) {
    turn.context.remember(this);
  }
  const settings = typeof options === 'object' && options !== null ? options : {};
  const heard = typeof options === 'function' ? options : listener;
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw wrongType('options', 'Object', options);
  }
  checkOptional(heard, 'function', 'connectionListener');
  Object.defineProperty(this, '_handle', { value: null, writable: true, enumerable: false });
  this._handle = binding.newServer(face, this);
  this.allowHalfOpen = !!settings.allowHalfOpen;
  this._options = settings;
  Object.defineProperty(this, '_options', { enumerable: false });
  if (heard) {
    this.on('connection', heard);
  }
}
Server.prototype = Object.create(EventEmitter.prototype, {
  constructor: { value: Server, writable: true, configurable: true },
});
Object.setPrototypeOf(Server, EventEmitter);

function serverHandle(server) {
  if (server._handle === undefined) {
    Server.call(server);
  }
  return server._handle;
}

function accept(server, handle) {
  accepted = handle;
  const stream = new Stream();
  binding.bindStream(handle, stream);
  const options = server._options;
  if (server.allowHalfOpen) {
    binding.setHalfOpen(handle, true);
  }
  if (options.pauseOnConnect) {
    stream.pause();
  }
  if (options.noDelay) {
    stream.setNoDelay(true);
  }
  if (options.keepAlive) {
    stream.setKeepAlive(true, options.keepAliveInitialDelay);
  }
  server.emit('connection', stream);
}

/** Listens: listen(port, [host], [backlog], [callback]), listen(path, [callback]) or listen([callback]). */
Server.prototype.listen = function (...args) {
  const handle = serverHandle(this);
  const where = endpoint(args, true);
  const backlog = where.backlog === undefined || where.backlog === null ? 0 : Number(where.backlog);
  if (backlog !== 0) {
    nodeErrors().validateInt32(backlog, 'backlog', 0);
  }
  if (where.fd !== undefined) {
    checkDescriptor(where.fd);
    binding.listenFD(handle, where.fd);
  } else if (where.path !== undefined) {
    binding.listenPath(handle, where.path, backlog);
  } else {
    binding.listenPort(handle, where.port === undefined ? 0 : where.port, where.host || '0.0.0.0', backlog);
  }
  if (where.signal) {
    hearSignal(where.signal, this, () => {
      if (this.listening) {
        this.close();
      }
    });
  }
  if (where.callback) {
    this.once('listening', where.callback);
  }
  return this;
};

/** Listens on a descriptor on which bind and listen were called already; its type is found out. */
Server.prototype.listenFD = function (fd, type, callback) {
  checkDescriptor(fd);
  const done = checkOptional(typeof type === 'function' ? type : callback, 'function', 'callback');
  binding.listenFD(serverHandle(this), fd);
  if (done) {
    this.once('listening', done);
  }
  return this;
};

/** Stops accepting at once; 'close' tells when the socket is closed. */
Server.prototype.close = function (callback) {
  binding.closeServer(serverHandle(this));
  if (typeof callback === 'function') {
    this.once('close', callback);
  }
  return this;
};

/** Accepts no connection for a while: milliseconds, 1000 unless said otherwise. */
Server.prototype.pause = function (millis) {
  const time = millis === undefined ? 1000 : checkMillis(millis, 'msecs');
  binding.pauseServer(serverHandle(this), time);
  return this;
};

/** {address, family, port}, or the path of a UNIX socket; null while it is not bound. */
Server.prototype.address = function () {
  return addressObject(binding.serverAddress(serverHandle(this)));
};

Server.prototype.ref = function () {
  binding.referenceServer(serverHandle(this), true);
  return this;
};

Server.prototype.unref = function () {
  binding.referenceServer(serverHandle(this), false);
  return this;
};

Server.prototype.getConnections = function (callback) {
  const count = this.connections;
  turns.nextTick(callback, null, count);
  return this;
};

Object.defineProperties(Server.prototype, {
  maxConnections: {
    get() {
      const limit = binding.maxConnections(serverHandle(this));
      return limit < 0 ? undefined : limit;
    },
    set(limit) {
      if (limit === undefined || limit === null || limit === Infinity) {
        binding.setMaxConnections(serverHandle(this), -1);
      } else if (Number.isInteger(Number(limit)) && Number(limit) >= 0) {
        binding.setMaxConnections(serverHandle(this), Math.min(Number(limit), Number.MAX_SAFE_INTEGER));
      } else {
        throw errors.argumentType('maxConnections', 'a number, 0 or more', limit);
      }
    },
    enumerable: true,
    configurable: true,
  },
  connections: {
    get() {
      return binding.connections(serverHandle(this));
    },
    enumerable: true,
    configurable: true,
  },
  listening: {
    get() {
      return binding.serverAddress(serverHandle(this)) !== null;
    },
    configurable: true,
  },
  fd: {
    get() {
      const fd = binding.serverDescriptor(serverHandle(this));
      return fd < 0 ? null : fd;
    },
    configurable: true,
  },
});

// The module.

exports.Stream = Stream;
exports.Socket = Stream;
exports.Server = Server;

/** Makes a server; `listener` is one for 'connection'. */
exports.createServer = function createServer(options, listener) {
  return new Server(options, listener);
};

/** Makes a stream and connects it: (port, [host], [callback]) or (path, [callback]). */
exports.createConnection = function createConnection(...args) {
  const first = args[0];
  const stream = new Stream(
    typeof first === 'object' && first !== null ? { allowHalfOpen: first.allowHalfOpen } : undefined
  );
  return stream.connect(...args);
};
exports.connect = exports.createConnection;

/** 4 or 6 for the text of an IP address, else 0. */
exports.isIP = function isIP(input) {
  if (typeof input === 'string') {
    return binding.isIP(input);
  }
  try {
    return binding.isIP(`${input}`); // of an object that stands for one
  } catch (error) {
    return 0;
  }
};
exports.isIPv4 = function isIPv4(input) {
  return exports.isIP(input) === 4;
};
exports.isIPv6 = function isIPv6(input) {
  return exports.isIP(input) === 6;
};
