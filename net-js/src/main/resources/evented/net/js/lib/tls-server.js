'use strict';
// tls.Server: today's net.Server whose connections become TLS sockets.

const errors = require('inner/node-errors');
const tlsErrors = require('inner/tls-errors');
const contexts = require('inner/tls-context');
const { Server: NetServer } = require('inner/node-net-server');
const { TLSSocket, protocolNames } = require('inner/tls-socket');
const { codes } = errors;

/** How long a handshake may take unless said otherwise, in milliseconds. */
const HANDSHAKE_TIMEOUT = 120000;

/**
 * A server of TLS. May be called without `new`.
 * @param {object} [options] those of createSecureContext and of net.Server, and
 * @param {boolean} [options.requestCert=false] whether clients are asked for a certificate
 * @param {boolean} [options.rejectUnauthorized=true] whether those without a good one are refused
 * @param {number} [options.handshakeTimeout=120000] milliseconds
 * @param {string[]|Buffer} [options.ALPNProtocols] application protocols, best first
 * @param {Function} [options.ALPNCallback] chooses one: ({servername, protocols})
 * @param {Function} [options.SNICallback] finds the context for a server name: (name, callback)
 * @param {Function} [listener] for 'secureConnection'
 */
function Server(options, listener) {
  if (!(this instanceof Server)) {
    return new Server(options, listener);
  }
  let settings = options;
  let heard = listener;
  if (typeof options === 'function') {
    heard = options;
    settings = undefined;
  } else if (options !== undefined && options !== null && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  settings = { ...settings };
  const { handshakeTimeout, SNICallback, ALPNCallback, ALPNProtocols } = settings;
  if (handshakeTimeout !== undefined && handshakeTimeout !== 0) {
    errors.validateNumber(handshakeTimeout, 'options.handshakeTimeout');
  }
  if (SNICallback) {
    errors.validateFunction(SNICallback, 'options.SNICallback');
  }
  if (ALPNCallback) {
    errors.validateFunction(ALPNCallback, 'options.ALPNCallback');
    if (ALPNProtocols) {
      throw new codes.ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
    }
  }
  for (const name of ['pskCallback', 'enableTrace']) {
    if (settings[name]) {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`tls.createServer({ ${name} })`);
    }
  }
  Object.defineProperty(this, '_tls', {
    value: {
      shared: settings.secureContext || contexts.createSecureContext(settings),
      named: [], // contexts by the pattern of their name, the latest first
      settings,
      protocols: protocolNames(ALPNProtocols, 'options.ALPNProtocols'),
    },
    enumerable: false,
  });
  this.requestCert = settings.requestCert === true;
  this.rejectUnauthorized = settings.rejectUnauthorized !== false;
  this.ALPNProtocols = ALPNProtocols;
  NetServer.call(this, settings, onConnection);
  if (heard) {
    this.on('secureConnection', heard);
  }
}
Object.setPrototypeOf(Server.prototype, NetServer.prototype);
Object.setPrototypeOf(Server, NetServer);

function onConnection(plain) {
  const { shared, named, settings, protocols } = this._tls;
  const { ALPNCallback, SNICallback, handshakeTimeout, pauseOnConnect, highWaterMark } = settings;
  const findsNamed = named.length > 0 ? (name, done) => done(null, contextFor(named, name)) : undefined;
  const socket = new TLSSocket(plain, {
    secureContext: shared,
    isServer: true,
    server: this,
    requestCert: this.requestCert,
    rejectUnauthorized: this.rejectUnauthorized,
    ALPNProtocols: ALPNCallback ? undefined : protocols,
    ALPNCallback,
    SNICallback: SNICallback || findsNamed,
    pauseOnConnect,
    highWaterMark,
  });
  let told = false;
  socket.on('_tlsError', (error) => {
    told = true;
    this.emit('tlsClientError', error, socket);
  });
  socket.on('secure', () => announce(this, socket));
  socket.on('close', () => {
    if (!socket._controlReleased && !told) {
      told = true;
      this.emit('tlsClientError', tlsErrors.hungUp(), socket);
    }
  });
  // Until it is announced no one can hear what fails, but the server's own listeners.
  socket.on('error', (error) => {
    if (!socket._controlReleased && !told) {
      told = true;
      this.emit('tlsClientError', error, socket);
    }
  });
  socket._limitHandshake(handshakeTimeout === undefined ? HANDSHAKE_TIMEOUT : handshakeTimeout);
  socket._start();
}

function contextFor(named, name) {
  const lower = name.toLowerCase();
  const found = named.find(({ pattern }) => pattern.test(lower));
  return found === undefined ? undefined : found.context;
}

/** The handshake is done: looks at the client's certificate, and tells the program of the connection. */
function announce(server, socket) {
  if (server.requestCert) {
    const problem = socket._verifyError();
    if (problem === null) {
      socket.authorized = true;
    } else {
      socket.authorizationError = problem.code;
      if (server.rejectUnauthorized) {
        socket.destroy();
        return;
      }
    }
  }
  socket.secureConnecting = false;
  if (!socket.destroyed && socket._releaseControl()) {
    socket.removeAllListeners('error');
    socket._release();
    server.emit('secureConnection', socket);
  }
}

/**
 * Has clients that ask for a host by this name shown another certificate. The latest that fits counts.
 * @param {string} servername a name, or a pattern such as *.example.org
 * @param {SecureContext|object} context or options of createSecureContext
 */
Server.prototype.addContext = function (servername, context) {
  if (!servername) {
    throw new codes.ERR_TLS_REQUIRED_SERVER_NAME();
  }
  const pattern = `${servername}`
    .toLowerCase()
    .replace(/[.^$+?()[\]{}|\\/-]/g, '\\$&')
    .replace(/\*/g, '[^.]*');
  this._tls.named.unshift({
    pattern: new RegExp(`^${pattern}$`),
    context: contexts.isSecureContext(context) ? context : contexts.createSecureContext(context),
  });
};

/** Replaces key, certificate and authorities; connections that there are keep theirs. */
Server.prototype.setSecureContext = function (options) {
  errors.validateObject(options, 'options');
  this._tls.shared = contexts.createSecureContext(options);
};

for (const name of ['getTicketKeys', 'setTicketKeys']) {
  Server.prototype[name] = function () {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`tls.Server.${name}`);
  };
}

exports.Server = Server;
