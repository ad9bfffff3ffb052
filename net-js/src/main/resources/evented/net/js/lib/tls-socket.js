'use strict';
// tls.TLSSocket: today's net.Socket whose handle speaks TLS in place. What is written before the handshake is done
// waits here, so that nothing leaves before the peer is known to be the right one.

const { Duplex } = require('stream');
const turns = require('inner/turns');
const errors = require('inner/node-errors');
const tlsErrors = require('inner/tls-errors');
const contexts = require('inner/tls-context');
const { Socket } = require('inner/node-net-socket');
const { StreamHandle } = require('inner/node-net-handles');
const { codes } = errors;

function hidden(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}

/** Names of protocols from an array of texts or bytes, or from one with a byte of length before each. */
function protocolNames(value, name) {
  if (Array.isArray(value)) {
    return value.map((item) => {
      const text = typeof item === 'string' ? item : asBuffer(item, name).toString('latin1');
      if (text.length > 255) {
        throw new codes.ERR_OUT_OF_RANGE('The byte length of the protocol at index', '<= 255', text.length);
      }
      return text;
    });
  }
  if (value === undefined || value === null) {
    return [];
  }
  const bytes = asBuffer(value, name);
  const names = [];
  for (let at = 0; at < bytes.length; at += 1 + bytes[at]) {
    names.push(bytes.toString('latin1', at + 1, at + 1 + bytes[at]));
  }
  return names;
}

function asBuffer(value, name) {
  if (!ArrayBuffer.isView(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], value);
  }
  return require('buffer').Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
exports.protocolNames = protocolNames;

/** What stands in a plain socket in place of its handle, which TLS has taken. */
class LentHandle {
  constructor(handle, borrower) {
    this._lent = handle;
    this._borrower = borrower;
    this.reading = false;
    this._started = true;
  }

  readStart() {}

  readStop() {}

  unshift() {}

  write(chunk, encoding, done) {
    done(new codes.ERR_STREAM_DESTROYED('write'));
  }

  writev(chunks, done) {
    done(new codes.ERR_STREAM_DESTROYED('write'));
  }

  shutdown(done) {
    this._borrower.end();
    turns.nextTick(done, null);
  }

  close(done) {
    const borrower = this._borrower;
    if (borrower._closeEmitted) {
      turns.nextTick(() => done && done());
      return;
    }
    borrower.once('close', () => done && done());
    borrower.destroy();
  }

  reset(done) {
    this.close(done);
  }

  getsockname() {
    return this._lent.getsockname();
  }

  getpeername() {
    return this._lent.getpeername();
  }

  setNoDelay(on) {
    return this._lent.setNoDelay(on);
  }

  setKeepAlive(on, seconds) {
    return this._lent.setKeepAlive(on, seconds);
  }

  ref() {
    this._lent.ref();
  }

  unref() {
    this._lent.unref();
  }

  hasRef() {
    return this._lent.hasRef();
  }

  get waiting() {
    return 0;
  }

  get fd() {
    return this._lent.fd;
  }

  get bytesRead() {
    return this._lent.bytesRead;
  }

  get bytesWritten() {
    return this._lent.bytesWritten;
  }
}

/**
 * A secure connection over a net.Socket, or over one that is yet to be connected.
 * @param {net.Socket} [socket] whose connection is taken over
 * @param {object} [options]
 * @param {boolean} [options.isServer=false] which side of the handshake this is
 * @param {SecureContext} [options.secureContext] made of the options unless given
 * @param {boolean} [options.requestCert] whether a server asks for a certificate
 * @param {boolean} [options.rejectUnauthorized] whether a server refuses clients that do not verify
 * @param {string[]|Buffer} [options.ALPNProtocols] application protocols, best first
 * @param {Function} [options.SNICallback] finds the context for a server name
 */
function TLSSocket(socket, options) {
  if (!(this instanceof TLSSocket)) {
    return new TLSSocket(socket, options);
  }
  const settings = { ...options };
  if (settings.ALPNCallback) {
    errors.validateFunction(settings.ALPNCallback, 'options.ALPNCallback');
    if (settings.ALPNProtocols) {
      throw new codes.ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
    }
  }
  if (settings.SNICallback) {
    errors.validateFunction(settings.SNICallback, 'options.SNICallback');
  }
  if (settings.enableTrace) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('enableTrace');
  }
  if (settings.pskCallback) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('pskCallback');
  }
  const plain = socket === undefined || socket === null ? null : socket;
  checkPlain(plain);
  hidden(this, '_tlsOptions', settings);
  hidden(this, '_context', settings.secureContext || contexts.createSecureContext(settings));
  if (!contexts.isSecureContext(this._context)) {
    throw new codes.ERR_TLS_INVALID_CONTEXT('context');
  }
  hidden(this, '_protocols', protocolNames(settings.ALPNProtocols, 'options.ALPNProtocols'));
  for (const [name, value] of [
    ['_tlsBegun', false],
    ['_secureEstablished', false],
    ['_controlReleased', false],
    ['_closeEmitted', false],
    ['_held', null],
    ['_heldEnd', null],
    ['_session', null],
    ['_sessionKey', null],
    ['_use', null],
    ['_serverName', typeof settings.servername === 'string' && !settings.isServer ? settings.servername : null],
    ['_sniError', null],
    ['_handshakeTimer', null],
    ['_given', settings.session || null],
  ]) {
    hidden(this, name, value);
  }
  Socket.call(this, {
    allowHalfOpen: plain ? plain.allowHalfOpen : settings.allowHalfOpen,
    highWaterMark: settings.highWaterMark,
    readableHighWaterMark: settings.readableHighWaterMark,
    writableHighWaterMark: settings.writableHighWaterMark,
    onread: settings.onread,
    signal: settings.signal,
  });
  this.secureConnecting = true;
  this.encrypted = true;
  this.authorized = false;
  this.authorizationError = null;
  this.alpnProtocol = null;
  this.servername = null;
  if (settings.server) {
    this.server = settings.server;
  }
  this.prependListener('close', () => {
    this._closeEmitted = true;
  });
  if (plain) {
    wrapPlain(this, plain, settings);
    if (settings.isServer && !settings.pauseOnConnect) {
      // A client begins by _start; the server's side waits for it, with no call of the program's.
      turns.nextTick(() => this.destroyed || this._start());
    }
  }
}
Object.setPrototypeOf(TLSSocket.prototype, Socket.prototype);
Object.setPrototypeOf(TLSSocket, Socket);

/** Whether a value is a stream of the specification's net, which has a handle of Java's itself. */
function isOfSpecification(plain) {
  return typeof plain === 'object' && plain instanceof require('net').Stream;
}

function checkPlain(plain) {
  if (plain === null || plain instanceof Socket || isOfSpecification(plain)) {
    if (plain instanceof TLSSocket) {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('TLS within TLS');
    }
    return;
  }
  if (plain instanceof Duplex || (typeof plain === 'object' && typeof plain.pipe === 'function')) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('TLS over a stream that is no net.Socket');
  }
  throw new codes.ERR_INVALID_ARG_TYPE('socket', 'net.Socket', plain);
}

/** Takes the connection of a plain socket over, now or as soon as there is one. */
function wrapPlain(tls, plain, settings) {
  tls._parent = plain instanceof Socket ? plain : null;
  hidden(tls, '_plain', plain);
  const opens = plain instanceof Socket ? plain.connecting || plain._handle === null : plain.connecting || plain.readyState === 'closed';
  plain.on('error', (error) => tls.destroy(error));
  plain.on('close', () => {
    if (!tls.destroyed) {
      tls.destroy(settings.isServer ? undefined : tlsErrors.disconnected(tls._connectOptions));
    }
  });
  if (!(plain instanceof Socket)) {
    tls.on('close', (hadError) => plain.emit('close', hadError)); // it hears of nothing itself any more
  }
  if (!opens) {
    takeOver(tls, plain);
    return;
  }
  if (plain.destroyed && !plain.connecting) {
    tls.connecting = false;
    return;
  }
  tls.connecting = true;
  plain.once('connect', () => {
    takeOver(tls, plain);
    tls.connecting = false;
    tls.emit('connect');
    tls.emit('ready');
    begin(tls);
  });
}

function takeOver(tls, plain) {
  const chunks = [];
  let handle;
  if (plain instanceof Socket) {
    handle = plain._handle;
    const encoding = plain.readableEncoding || 'utf8';
    for (let chunk = plain.read(); chunk !== null; chunk = plain.read()) {
      chunks.push(typeof chunk === 'string' ? require('buffer').Buffer.from(chunk, encoding) : chunk);
    }
    plain._handle = new LentHandle(handle, tls);
  } else {
    handle = StreamHandle.takenOver(plain._handle, plain._hasData);
  }
  handle.owner = tls;
  tls._handle = handle;
  if (chunks.length > 0) {
    handle.unshift(require('buffer').Buffer.concat(chunks));
  }
  if (!tls._tlsOptions.pauseOnConnect && tls._tlsOptions.isServer) {
    tls.read(0);
  }
}

function begin(tls) {
  if (tls._startDue) {
    tls._startDue = false;
    tls._start();
  }
}

// The handshake.

/** Begins the handshake, as soon as there is a connection. */
TLSSocket.prototype._start = function () {
  if (this.connecting) {
    if (this._plain) {
      hidden(this, '_startDue', true);
    } else {
      this.once('connect', this._start);
    }
    return;
  }
  const handle = this._handle;
  if (handle === null || this._tlsBegun) {
    return;
  }
  this._tlsBegun = true;
  const { isServer, requestCert, rejectUnauthorized, ALPNCallback, SNICallback } = this._tlsOptions;
  const asks = Boolean(isServer && requestCert);
  const negotiates = isServer && (ALPNCallback || this._protocols.length > 0);
  const offered = isServer ? [] : this._protocols;
  this._use = contexts.useOf(this._context, asks, asks && rejectUnauthorized !== false, offered);
  const use = isServer ? this._use : resumable(this);
  binding.idleStream(handle.native, false);
  try {
    binding.tlsStart(
      handle.native,
      use,
      Boolean(isServer),
      this._serverName,
      isServer ? null : this._sessionKey,
      isServer && SNICallback ? (name, done) => askForContext(this, name, done) : null,
      negotiates ? (name, protocols) => chooseProtocol(this, name, [...protocols]) : null
    );
  } catch (error) {
    const closed = /not open/.test(error.message);
    turns.nextTick(() => this._tlsError(closed ? earlyEnd(this) : error));
  }
  if (!this.isPaused()) {
    this.read(0);
  }
};

/** Asks the program for the context of a server name. */
function askForContext(tls, name, done) {
  let answered = false;
  const answer = (error, context) => {
    if (answered) {
      if (!error) {
        throw new codes.ERR_MULTIPLE_CALLBACK();
      }
      return;
    }
    answered = true;
    const failure =
      error || (context && !contexts.isSecureContext(context) ? new TypeError('Invalid SNI context') : null);
    if (failure) {
      tls._sniError = failure;
      done(true);
    } else if (context) {
      const { requestCert, rejectUnauthorized } = tls._tlsOptions;
      tls._use = contexts.useOf(context, Boolean(requestCert), Boolean(requestCert) && rejectUnauthorized !== false, []);
      done(tls._use);
    } else {
      done(null);
    }
  };
  inTurn(() => {
    tls.servername = name;
    tls._tlsOptions.SNICallback.call(tls, name, answer);
  });
}

function inTurn(callback) {
  if (turns.state.inTurn) {
    callback();
  } else {
    turns.turn(callback);
  }
}

function chooseProtocol(tls, name, protocols) {
  const { ALPNCallback } = tls._tlsOptions;
  if (!ALPNCallback) {
    const found = tls._protocols.find((protocol) => protocols.includes(protocol));
    return found === undefined ? null : found;
  }
  const chosen = ALPNCallback.call(tls, { servername: name || '', protocols });
  if (chosen === undefined) {
    return null;
  }
  if (!protocols.includes(chosen)) {
    tls._sniError = new codes.ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(chosen, protocols);
    return null;
  }
  return chosen;
}

/** Called by the handle. */
TLSSocket.prototype._handleSecure = function () {
  const handle = this._handle;
  if (handle === null) {
    return;
  }
  const facts = binding.tlsSession(handle.native);
  this._session = {
    protocol: facts.protocol,
    cipherSuite: facts.cipherSuite,
    resumed: facts.resumed,
    hasPeer: facts.hasPeer,
  };
  this._secureEstablished = true;
  this._unrefTimer();
  clearHandshakeTimer(this);
  this.alpnProtocol = facts.alpnProtocol || false;
  this.servername = facts.serverName || false;
  if (!handle.reading && this._held === null) {
    binding.idleStream(handle.native, true);
  }
  this.emit('secure');
  this._release();
  if (!this._tlsOptions.isServer && this.listenerCount('session') > 0) {
    require('timers').setImmediate(() => this.destroyed || this.emit('session', this.getSession()));
  }
};

/** Lets go what was written before the peer was known. */
TLSSocket.prototype._release = function () {
  if (this.destroyed) {
    return;
  }
  const held = this._held;
  this._held = null;
  if (held !== null) {
    Socket.prototype._writeGeneric.call(this, held.many, held.data, held.encoding, held.callback);
  }
  const end = this._heldEnd;
  this._heldEnd = null;
  if (end !== null) {
    Socket.prototype._final.call(this, end);
  }
};

/** What stands for the end of a connection within the handshake. */
function earlyEnd(tls) {
  return tls._tlsOptions.isServer ? tlsErrors.hungUp() : tlsErrors.disconnected(tls._connectOptions);
}

TLSSocket.prototype._handleEnd = function () {
  if (!this._secureEstablished) {
    this._tlsError(earlyEnd(this));
    return;
  }
  Socket.prototype._handleEnd.call(this);
};

TLSSocket.prototype._handleFailure = function (error) {
  if (this._sniError !== null) {
    this._tlsError(this._sniError);
  } else if (error.syscall === 'handshake' && error.code === 'ECONNRESET') {
    this._tlsError(earlyEnd(this));
  } else {
    const told = tlsErrors.translate(error);
    const asWrite = this._held !== null && told !== error; // Node tells it of the write that waits
    this._tlsError(asWrite ? tlsErrors.ofWrite(told) : told);
  }
};

/** Ends the connection with an error; a server's goes to the server, until the connection is announced. */
TLSSocket.prototype._tlsError = function (error) {
  if (this.listenerCount('_tlsError') > 0 && !this._controlReleased) {
    this.emit('_tlsError', error);
    this.destroy();
    return;
  }
  this.destroy(error);
};

TLSSocket.prototype._releaseControl = function () {
  if (this._controlReleased) {
    return false;
  }
  this._controlReleased = true;
  return true;
};

/** Has a handshake that takes longer than so many milliseconds fail. */
TLSSocket.prototype._limitHandshake = function (millis) {
  if (millis > 0 && millis !== Infinity) {
    this._handshakeTimer = require('timers').setTimeout(() => {
      this._handshakeTimer = null;
      this._tlsError(new codes.ERR_TLS_HANDSHAKE_TIMEOUT());
    }, millis);
  }
};

function clearHandshakeTimer(tls) {
  if (tls._handshakeTimer !== null) {
    require('timers').clearTimeout(tls._handshakeTimer);
    tls._handshakeTimer = null;
  }
}

// Writing and closing.

TLSSocket.prototype._writeGeneric = function (many, data, encoding, callback) {
  if (this._secureEstablished && this._held === null) {
    Socket.prototype._writeGeneric.call(this, many, data, encoding, callback);
    return;
  }
  this._pendingData = data;
  this._pendingEncoding = encoding;
  this._held = { many, data, encoding, callback };
};

TLSSocket.prototype._final = function (callback) {
  if (this._secureEstablished && this._held === null) {
    Socket.prototype._final.call(this, callback);
  } else {
    this._heldEnd = callback;
  }
};

TLSSocket.prototype._destroy = function (error, callback) {
  clearHandshakeTimer(this);
  const held = this._held;
  const heldEnd = this._heldEnd;
  this._held = null;
  this._heldEnd = null;
  this.secureConnecting = false;
  Socket.prototype._destroy.call(this, error, callback);
  const failure = error || new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION();
  if (held !== null) {
    turns.nextTick(held.callback, failure);
  }
  if (heldEnd !== null) {
    turns.nextTick(heldEnd, failure);
  }
  const plain = this._plain;
  if (plain && !plain.destroyed) {
    plain.destroy();
  }
};

// Sessions.

/** What getSession has given: the use and the context behind each key, the oldest first. */
const sessions = new Map();
const MAX_SESSIONS = 1000;
const TOKEN = 'evented-tls-session:';
let lastSession = 0;

/** The use to begin with: that of the session to resume, if there is one and it fits. */
function resumable(tls) {
  const token = tls._given === null ? '' : wrapToken(tls._given);
  const known = token.startsWith(TOKEN) ? sessions.get(token.slice(TOKEN.length)) : undefined;
  if (known && contexts.areAlike(known.context, tls._context) && String(known.protocols) === String(tls._protocols)) {
    tls._sessionKey = token.slice(TOKEN.length);
    tls._use = known.use;
  } else {
    tls._sessionKey = `session-${++lastSession}`;
  }
  return tls._use;
}

function wrapToken(session) {
  return typeof session === 'string' ? session : asBuffer(session, 'session').toString('latin1');
}

/** A token for the option `session` of a later connection in this program; undefined before the handshake is done. */
TLSSocket.prototype.getSession = function () {
  if (this._session === null || this._handle === null) {
    return undefined;
  }
  const key = this._sessionKey || 'server';
  if (this._sessionKey !== null) {
    sessions.delete(key);
    sessions.set(key, { use: this._use, context: this._context, protocols: this._protocols });
    if (sessions.size > MAX_SESSIONS) {
      sessions.delete(sessions.keys().next().value);
    }
  }
  return require('buffer').Buffer.from(TOKEN + key, 'latin1');
};

/** Sets the session to resume; before the handshake. */
TLSSocket.prototype.setSession = function (session) {
  this._given = session;
};

TLSSocket.prototype.isSessionReused = function () {
  return this._session !== null && this._session.resumed;
};

TLSSocket.prototype.getTLSTicket = function () {
  return undefined;
};

/** Sets the name that is sent to the server (SNI); before the handshake. */
TLSSocket.prototype.setServername = function (name) {
  errors.validateString(name, 'name');
  if (this._tlsOptions.isServer) {
    throw new codes.ERR_TLS_SNI_FROM_SERVER();
  }
  this._serverName = name;
};

// What is known of the connection.

function native(tls) {
  return tls._secureEstablished && tls._handle !== null ? tls._handle.native : null;
}

/** Why the peer is not to be trusted: an Error with OpenSSL's code; null if it is. */
TLSSocket.prototype._verifyError = function () {
  const stream = native(this);
  const code = stream === null ? null : binding.tlsProblem(stream, this._use, !this._tlsOptions.isServer);
  return code === null ? null : require('inner/tls-certificates').verifyError(code);
};

/**
 * The peer's certificate: {} if it has shown none, null if the socket is closed.
 * @param {boolean} [detailed] with those that lead to a root, in issuerCertificate
 */
TLSSocket.prototype.getPeerCertificate = function (detailed) {
  if (this._handle === null) {
    return null;
  }
  const stream = native(this);
  if (stream === null) {
    return {};
  }
  return require('inner/tls-certificates').link(binding.tlsPeer(stream, Boolean(detailed), this._use), detailed);
};

/** The certificate that was shown to the peer: {} if there is none, null if the socket is closed. */
TLSSocket.prototype.getCertificate = function () {
  if (this._handle === null) {
    return null;
  }
  const stream = native(this);
  return stream === null ? {} : require('inner/tls-certificates').link(binding.tlsLocal(stream), false);
};

function asX509(cert) {
  const { X509Certificate } = require('crypto');
  if (cert === null || cert.raw === undefined) {
    return undefined;
  }
  if (X509Certificate === undefined) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('crypto.X509Certificate');
  }
  return new X509Certificate(cert.raw);
}

TLSSocket.prototype.getPeerX509Certificate = function () {
  return asX509(this.getPeerCertificate());
};

TLSSocket.prototype.getX509Certificate = function () {
  return asX509(this.getCertificate());
};

/** {name, standardName, version} of the cipher suite; undefined before the handshake is done. */
TLSSocket.prototype.getCipher = function () {
  const session = this._session;
  return session === null || this._handle === null
    ? undefined
    : require('inner/tls-ciphers').describe(session.cipherSuite, session.protocol);
};

/** TLSv1.2 or TLSv1.3; null when there is no connection. */
TLSSocket.prototype.getProtocol = function () {
  return this._session === null || this._handle === null ? null : this._session.protocol;
};

/** The JDK does not tell which group the keys were agreed on in: {} for a client, null for a server. */
TLSSocket.prototype.getEphemeralKeyInfo = function () {
  return this._handle === null || this._tlsOptions.isServer ? null : {};
};

TLSSocket.prototype.getSharedSigalgs = function () {
  return [];
};

for (const name of ['getFinished', 'getPeerFinished', 'exportKeyingMaterial', 'enableTrace']) {
  TLSSocket.prototype[name] = function () {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`tlsSocket.${name}`);
  };
}

/** Renegotiation is refused: the callback gets ERR_TLS_RENEGOTIATION_DISABLED. */
TLSSocket.prototype.renegotiate = function (options, callback) {
  errors.validateObject(options, 'options');
  if (callback !== undefined) {
    errors.validateFunction(callback, 'callback');
    turns.nextTick(callback, new codes.ERR_TLS_RENEGOTIATION_DISABLED());
  }
  return false;
};

TLSSocket.prototype.disableRenegotiation = function () {};

/** Records have the engine's size: says false for any other than the usual one. */
TLSSocket.prototype.setMaxSendFragment = function (size) {
  errors.validateInt32(size, 'size', 512, 16384);
  return size === 16384;
};

/** The handle, which packages of old ask whether the peer has verified. */
Object.defineProperty(TLSSocket.prototype, 'ssl', {
  get() {
    const handle = this._handle;
    if (handle !== null && handle.verifyError === undefined) {
      hidden(handle, 'verifyError', () => this._verifyError());
    }
    return handle;
  },
  enumerable: false,
  configurable: true,
});

exports.TLSSocket = TLSSocket;
