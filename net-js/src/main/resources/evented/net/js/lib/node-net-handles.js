'use strict';
// What lies between today's net and the engine in Java: a handle for each stream and each listening socket, with the
// methods of Node's own handles, as far as they are known outside. Java calls them by dispatch(), on the loop thread.

const turns = require('inner/turns');
const turn = turns.state;
const { systemError } = require('inner/node-errors');

const { CONNECT, END, DRAIN, ERROR, CLOSE, SECURE, LISTENING, CONNECTION, wrapBuffer } =
  require('inner/engine-events');

/** How much may wait in memory of what was written before the connection is open on Java's side, in bytes. */
const EARLY = 64 * 1024;

const NOTHING = new Uint8Array(0);

function dispatch(handle, event, a, b, c, d, e) {
  turn.inTurn = true;
  try {
    handle.told(event, a, b, c, d, e);
  } finally {
    turn.inTurn = false;
  }
  if (turn.waiting) {
    turns.drain();
  }
}

function dispatchThrown() {} // no error of the script's own is ever given to Java here

function dispatchText() {} // nor is a text asked for

function dispatchBytes(handle, bytes) {
  turn.inTurn = true;
  try {
    handle.owner._handleBytes(wrapBuffer(bytes));
  } finally {
    turn.inTurn = false;
  }
  if (turn.waiting) {
    turns.drain();
  }
}

const face = binding.netFace(dispatch, dispatchThrown, dispatchText, dispatchBytes, false);

/** Whom a handle tells of what happens, as long as no one else has it. */
const NOBODY = {
  _handleBytes() {},
  _handleEnd() {},
  _handleFailure() {},
  _handleSecure() {},
  _handleListening() {},
  _handleConnection() {},
};

/** System calls whose errors name an address. */
const WITH_ADDRESS = ['connect', 'bind', 'listen'];

/** System calls whose errors name none. */
const WITHOUT_ADDRESS = ['read', 'write', 'shutdown', 'accept'];

/** The error that Java describes; what is no system call's keeps its words. */
function failure(message, code, syscall, address, port) {
  if (WITH_ADDRESS.includes(syscall) && code !== null) {
    return systemError(code, syscall, address, port > 0 ? port : undefined);
  }
  if (WITHOUT_ADDRESS.includes(syscall) && code !== null && code !== 'EPROTO') {
    return systemError(code, syscall);
  }
  if (syscall === 'getaddrinfo' && code !== null) {
    return notFound(address, code);
  }
  const error = new Error(message);
  if (code !== null) {
    error.code = code;
  }
  if (syscall !== null) {
    error.syscall = syscall;
  }
  return error;
}

/**
 * A stream of the engine's. Its owner has _handleBytes(buffer), _handleEnd(), _handleFailure(error) and, if it begins
 * TLS in place, _handleSecure().
 */
class StreamHandle {
  /** @param {*} [native] the stream in Java: one that a server has accepted, or was adopted */
  constructor(native) {
    this.owner = NOBODY;
    this.reading = false;
    this.closed = false; // by the engine
    Object.defineProperty(this, 'native', { value: undefined, writable: true, enumerable: false });
    this._started = false; // bytes may come
    this._closing = false;
    this._failure = null;
    this._connected = null; // callbacks
    this._written = null;
    this._closedCallback = null;
    this._mapped = false; // IPv4 addresses are shown as IPv6 ones
    if (turn.context !== null && (native === undefined || native === null)) {
      turn.context.remember(this); // one that was accepted belongs to no one's context, as in Node
    }
    if (native === undefined) {
      this.native = binding.newStream(face, this);
    } else {
      this.native = native;
    }
  }

  /** Takes over a connected descriptor: done(error). */
  static adopt(fd, done) {
    const handle = new Pipe(null);
    handle._connected = done;
    handle.native = binding.adoptStream(face, handle, fd);
    return handle;
  }

  /** Takes over what a server has accepted; `start` is to follow. */
  static accepted(native, isPipe, mapped) {
    const handle = isPipe ? new Pipe(native) : new TCP(native);
    handle._mapped = mapped;
    binding.bindStream(native, handle);
    return handle;
  }

  /**
   * Takes the stream of an object of the specification's net, which hears nothing of it any more.
   * @param {*} native the stream
   * @param {boolean} started whether that object has heard data
   */
  static takenOver(native, started) {
    const handle = new TCP(native);
    binding.tlsTakeOver(native, face, handle);
    handle._started = started;
    handle.start();
    return handle;
  }

  // Opening.

  /**
   * Connects to an address: done(error).
   * @param {*} resolved what Java has found for a name, of which `index` says which address; or an address as text
   */
  connect(resolved, index, port, localAddress, localPort, done) {
    this._connected = done;
    if (typeof resolved === 'string') {
      binding.connectAddress(this.native, port, resolved, localAddress || null, localPort || 0);
    } else {
      binding.connectResolved(this.native, port, resolved, localAddress || null, localPort || 0, index);
    }
  }

  /** Connects to a UNIX path: done(error). */
  connectPath(path, done) {
    this._connected = done;
    binding.connectPath(this.native, path);
  }

  /** Lets bytes come if they are wanted by now. */
  start() {
    if (!this._started && !this._closing) {
      this._started = true;
      binding.hearData(this.native);
      if (!this.reading) {
        binding.readStop(this.native, this._written === null);
      }
    }
  }

  /** Called by dispatch. */
  told(event, a, b, c, d, e) {
    switch (event) {
      case CONNECT:
        this._settleConnect(null);
        break;
      case END:
        this.owner._handleEnd();
        break;
      case DRAIN:
        this._settleWrite(null);
        break;
      case ERROR:
        this._fail(failure(a, b, c, d, e));
        break;
      case SECURE:
        this.owner._handleSecure();
        break;
      case CLOSE:
        this.closed = true;
        this._settleClose();
        break;
    }
  }

  _settleConnect(error) {
    const done = this._connected;
    this._connected = null;
    if (done !== null) {
      try {
        done(error);
      } finally {
        if (error === null) {
          this.start();
        }
      }
    }
  }

  _settleWrite(error) {
    const done = this._written;
    if (done !== null) {
      this._written = null;
      if (!this.reading && !this.closed) {
        binding.idleStream(this.native, true);
      }
      done(error);
    }
  }

  _fail(error) {
    this._failure = error;
    if (this._closing) {
      return;
    }
    if (this._connected !== null) {
      this._settleConnect(error);
    } else if (this._written !== null) {
      this._settleWrite(error);
    } else {
      this.owner._handleFailure(error);
    }
  }

  // Reading.

  readStart() {
    if (!this.reading) {
      this.reading = true;
      if (this._started && !this.closed) {
        binding.readStart(this.native);
      }
    }
  }

  readStop() {
    if (this.reading) {
      this.reading = false;
      if (this._started && !this.closed) {
        binding.readStop(this.native, this._written === null);
      }
    }
  }

  /** Puts bytes back: they are the next to come. */
  unshift(bytes) {
    if (!this.closed) {
      binding.unshift(this.native, bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
  }

  // Writing.

  /** Bytes that wait for the kernel. */
  get waiting() {
    return binding.bufferSize(this.native);
  }

  /**
   * Writes text or bytes.
   * @param {Function} done called with an error or null when the kernel has it, perhaps at once
   */
  write(chunk, encoding, done) {
    if (this.closed || this._failure !== null) {
      done(systemError('EPIPE', 'write'));
      return;
    }
    let calm;
    if (typeof chunk === 'string') {
      if (encoding === 'utf8' || encoding === 'utf-8') {
        calm = binding.writeText(this.native, chunk, 'utf8');
        this._wait(calm, done);
        return;
      }
      chunk = require('buffer').Buffer.from(chunk, encoding);
    }
    calm = binding.writeData(this.native, chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this._wait(calm, done);
  }

  /** Writes several chunks of text or bytes together. */
  writev(chunks, done) {
    let left = chunks.length;
    let failed = null;
    const one = (error) => {
      failed = failed || error || null;
      if (--left === 0) {
        done(failed);
      }
    };
    // All but the last may be on their way when the next is handed over: Java keeps their order.
    for (let i = 0; i < chunks.length; i++) {
      const { chunk, encoding } = chunks[i];
      if (i === chunks.length - 1) {
        this.write(chunk, encoding, one);
      } else {
        this._handOver(chunk, encoding, one);
      }
    }
  }

  _handOver(chunk, encoding, done) {
    if (this.closed || this._failure !== null) {
      done(systemError('EPIPE', 'write'));
      return;
    }
    const bytes = typeof chunk === 'string' ? require('buffer').Buffer.from(chunk, encoding) : chunk;
    binding.writeData(this.native, bytes.buffer, bytes.byteOffset, bytes.byteLength);
    done(null);
  }

  _wait(calm, done) {
    if (calm || (!this._started && binding.bufferSize(this.native) <= EARLY)) {
      done(null);
      return;
    }
    this._written = turn.context === null ? done : turn.context.bind(done);
    if (!this.reading && this._started) {
      binding.idleStream(this.native, false);
    }
  }

  /** Sends FIN behind what was written: done(error). */
  shutdown(done) {
    if (this.closed || this._failure !== null) {
      turns.nextTick(done, null);
      return;
    }
    this.getsockname(); // the engine may close the stream with that
    const end = (error) => {
      if (!error) {
        binding.end(this.native);
      }
      done(error);
    };
    if (!this._started || binding.flush(this.native)) {
      turns.nextTick(() => end(null));
    } else {
      // The kernel is full: nothing more is written, but that asks for the news that it is not.
      this._wait(binding.writeData(this.native, NOTHING.buffer, 0, 0), end);
    }
  }

  // Closing.

  /** Ends all at once; what is written goes to the kernel before: done() later. */
  close(done) {
    this._close(done, () => {
      binding.flush(this.native);
      binding.destroy(this.native);
    });
  }

  /** Ends all at once with RST. */
  reset(done) {
    this._close(done, () => binding.resetStream(this.native));
  }

  _close(done, end) {
    if (this._closing) {
      return;
    }
    this._closing = true;
    this.owner = NOBODY;
    this._closedCallback = done || null;
    const pending = this._written;
    this._written = null;
    this._connected = null;
    if (pending !== null) {
      pending(systemError('ECANCELED', 'write'));
    }
    if (this.closed) {
      require('timers').setImmediate(() => this._settleClose());
    } else {
      end();
    }
  }

  _settleClose() {
    const done = this._closedCallback;
    this._closedCallback = null;
    if (done !== null) {
      done();
    } else if (!this._closing && this._failure === null) {
      this._settleWrite(systemError('EPIPE', 'write'));
    }
  }

  // What is known of it.

  /** This end's address; {} if there is none. */
  getsockname() {
    if (this._sockname === undefined) {
      const parts = binding.localAddress(this.native);
      if (parts === null) {
        return {};
      }
      Object.defineProperty(this, '_sockname', { value: this._shown(parts), enumerable: false });
    }
    return this._sockname;
  }

  /** The peer's address; {} if there is none. */
  getpeername() {
    const address = binding.remoteAddress(this.native);
    const port = binding.remotePort(this.native);
    if (address === null || port < 0) {
      return {};
    }
    return this._shown([address, address.indexOf(':') < 0 ? 'IPv4' : 'IPv6', port]);
  }

  _shown(parts) {
    const [address, family, port] = [...parts];
    if (family === undefined) {
      return {};
    }
    if (this._mapped && family === 'IPv4') {
      return { address: `::ffff:${address}`, family: 'IPv6', port };
    }
    return { address, family, port };
  }

  get fd() {
    return binding.descriptor(this.native);
  }

  get bytesRead() {
    return binding.bytesRead(this.native);
  }

  get bytesWritten() {
    return binding.bytesWritten(this.native);
  }

  setNoDelay(on) {
    binding.setNoDelay(this.native, on);
    return 0;
  }

  setKeepAlive(on, seconds) {
    binding.setKeepAlive(this.native, on, seconds * 1000);
    return 0;
  }

  ref() {
    this._referenced = true;
    binding.reference(this.native, true);
  }

  unref() {
    this._referenced = false;
    binding.reference(this.native, false);
  }

  hasRef() {
    return this._referenced;
  }
}
StreamHandle.prototype._referenced = true;
StreamHandle.prototype._sockname = undefined;

class TCP extends StreamHandle {}

class Pipe extends StreamHandle {}

/** A listening socket. Its owner has _handleListening(), _handleConnection(native) and _handleFailure(error). */
class ListeningHandle {
  constructor() {
    if (turn.context !== null) {
      turn.context.remember(this);
    }
    this.owner = NOBODY;
    this.announced = false; // 'listening' is emitted, or will be
    Object.defineProperty(this, 'native', { value: binding.newServer(face, this), enumerable: false });
  }

  /** Says whether it listens by now; if not it tells later. */
  listen({ port, host, ipv6Only, reusePort }, backlog) {
    binding.listenPort(this.native, port, host, backlog, ipv6Only, reusePort);
    return this.address() !== null;
  }

  listenPath(path, backlog) {
    binding.listenPath(this.native, path, backlog);
    return this.address() !== null;
  }

  listenFD(fd) {
    binding.listenFD(this.native, fd);
    return this.address() !== null;
  }

  told(event, a, b, c, d, e) {
    if (event === LISTENING) {
      this.owner._handleListening();
    } else if (event === CONNECTION) {
      this.owner._handleConnection(a);
    } else if (event === ERROR) {
      this.owner._handleFailure(failure(a, b, c, d, e));
    }
  }

  close() {
    this.owner = NOBODY;
    binding.closeServer(this.native);
  }

  /** The address, the path of a UNIX socket, or null while there is none. */
  address() {
    const parts = binding.serverAddress(this.native);
    if (parts === null) {
      return null;
    }
    const [address, family, port] = [...parts];
    return family === undefined ? address : { address, family, port };
  }

  get fd() {
    return binding.serverDescriptor(this.native);
  }

  ref() {
    this._referenced = true;
    binding.referenceServer(this.native, true);
  }

  unref() {
    this._referenced = false;
    binding.referenceServer(this.native, false);
  }

  hasRef() {
    return this._referenced;
  }
}
ListeningHandle.prototype._referenced = true;

/** The error of a name that no address was found for. */
function notFound(host, code = 'ENOTFOUND') {
  const error = systemError(code, 'getaddrinfo', host);
  delete error.address;
  error.hostname = host;
  return error;
}

/**
 * Finds all addresses of a host: callback(error, resolved), where resolved.native is for `connect`.
 * @param {string} host a name
 * @param {number} port where the host is to be connected to: what a script may look up depends on that
 */
function resolve(host, port, callback) {
  binding.resolveHost(host, port, (error, found) => {
    turns.turn(() => {
      if (error) {
        callback(notFound(host, error.code || 'ENOTFOUND'));
        return;
      }
      const [native, ...addresses] = [...found];
      callback(null, { native, addresses });
    });
  });
}

module.exports = { StreamHandle, TCP, Pipe, ListeningHandle, notFound, resolve };
