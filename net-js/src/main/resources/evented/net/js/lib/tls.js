'use strict';
// tls: secure connections, as in today's Node, over the engine's TLS in place. The JDK's (or BoringSSL's) engine
// shakes hands; what it has nothing for throws ERR_FEATURE_UNAVAILABLE_ON_PLATFORM. The events 'keylog',
// 'OCSPRequest', 'OCSPResponse', and of a server 'newSession' and 'resumeSession', are never emitted.

const errors = require('inner/node-errors');
const contexts = require('inner/tls-context');
const { normalizeArgs } = require('inner/node-net-options');
const { TLSSocket, protocolNames } = require('inner/tls-socket');
const { checkServerIdentity } = require('inner/tls-names');

/** Looks at the server when the handshake is done. */
function onSecure(socket, options) {
  let problem = socket._verifyError();
  if (problem === null && !socket.isSessionReused()) {
    const plain = options.socket;
    const host = options.servername || options.host || (plain && plain._host) || 'localhost';
    problem = options.checkServerIdentity(host, socket.getPeerCertificate(true));
  }
  if (problem) {
    socket.authorized = false;
    socket.authorizationError = problem.code || problem.message;
    if (options.rejectUnauthorized !== false) {
      socket.destroy(problem);
      return;
    }
  } else {
    socket.authorized = true;
  }
  socket.secureConnecting = false;
  socket._release();
  socket.emit('secureConnect');
}

let warned = false;

/** NODE_TLS_REJECT_UNAUTHORIZED=0 has every server accepted, as in Node. */
function acceptsAll() {
  const process = require('process');
  const accepts = Boolean(process.env) && process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0';
  if (accepts && !warned) {
    warned = true;
    process.emitWarning(
      "Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS requests " +
        'insecure by disabling certificate verification.'
    );
  }
  return accepts;
}

/** Sorts (options), (port, [host], [options]) and (path, [options]), each with a callback at the end. */
function sort(args) {
  const list = Array.from(args);
  const callback = typeof list[list.length - 1] === 'function' ? list.pop() : null;
  const [given] = normalizeArgs(list.filter((item) => item !== undefined));
  const extra = list.slice(1).find((item) => item !== null && typeof item === 'object');
  return [typeof list[0] === 'object' || extra === undefined ? given : { ...given, ...extra }, callback];
}

/**
 * Makes a secure connection: connect(options), connect(port, [host], [options]) or connect(path, [options]), each with
 * a listener for 'secureConnect' at the end. With `options.socket` an open connection goes on with TLS.
 * @returns {TLSSocket}
 */
exports.connect = function connect(...args) {
  const [given, callback] = sort(args);
  const options = { rejectUnauthorized: !acceptsAll(), checkServerIdentity: exports.checkServerIdentity, ...given };
  if (options.checkServerIdentity === undefined || options.checkServerIdentity === null) {
    options.checkServerIdentity = exports.checkServerIdentity;
  }
  errors.validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  const { path, host, port, localAddress, timeout, servername, session } = options;
  const socket = new TLSSocket(options.socket, {
    secureContext: options.secureContext || exports.createSecureContext(options),
    isServer: false,
    allowHalfOpen: Boolean(options.allowHalfOpen),
    ALPNProtocols: options.ALPNProtocols,
    enableTrace: options.enableTrace,
    pskCallback: options.pskCallback,
    highWaterMark: options.highWaterMark,
    onread: options.onread,
    signal: options.signal,
    session,
  });
  Object.defineProperty(socket, '_connectOptions', {
    value: { path, host, port, localAddress },
    enumerable: false,
    configurable: true,
  });
  if (servername) {
    if (binding.isIP(`${servername}`)) {
      require('process').emitWarning(
        'Setting the TLS ServerName to an IP address is not permitted by RFC 6066. This will be ignored in a future version.',
        'DeprecationWarning',
        'DEP0123'
      );
    }
    socket.setServername(servername);
  }
  socket.on('secure', () => onSecure(socket, options));
  if (callback !== null) {
    socket.once('secureConnect', callback);
  }
  if (options.socket) {
    socket._releaseControl();
    socket._start();
    return socket;
  }
  if (timeout) {
    socket.setTimeout(timeout);
  }
  socket._releaseControl();
  socket.connect({ ...options, onread: undefined }, socket._start);
  return socket;
};

/**
 * Makes a server of TLS.
 * @param {object} [options]
 * @param {Function} [listener] for 'secureConnection'
 * @returns {Server}
 */
exports.createServer = function createServer(options, listener) {
  return new exports.Server(options, listener);
};

exports.TLSSocket = TLSSocket;
exports.createSecureContext = contexts.createSecureContext;
exports.SecureContext = contexts.SecureContext;
exports.checkServerIdentity = checkServerIdentity;
exports.CLIENT_RENEG_LIMIT = 3;
exports.CLIENT_RENEG_WINDOW = 600;
exports.DEFAULT_ECDH_CURVE = 'auto';

/** The names of all cipher suites that can be used, in lower case. */
exports.getCiphers = () => require('inner/tls-ciphers').names();

/**
 * Writes names of protocols into `out.ALPNProtocols`, each behind a byte of its length.
 * @param {string[]|Buffer} protocols
 * @param {object} out
 */
exports.convertALPNProtocols = function convertALPNProtocols(protocols, out) {
  const { Buffer } = require('buffer');
  const names = protocolNames(protocols, 'protocols');
  out.ALPNProtocols = Buffer.concat(
    names.map((name) => Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1')]))
  );
};

exports.createSecurePair = function createSecurePair() {
  throw new errors.codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('tls.createSecurePair');
};

function lazy(name, make) {
  Object.defineProperty(exports, name, {
    get() {
      const value = make();
      Object.defineProperty(exports, name, { value, enumerable: true, configurable: true, writable: false });
      return value;
    },
    enumerable: true,
    configurable: true,
  });
}

lazy('Server', () => require('inner/tls-server').Server);
lazy('rootCertificates', () => Object.freeze([...binding.tlsRoots()]));

for (const [name, key] of [
  ['DEFAULT_MIN_VERSION', 'minVersion'],
  ['DEFAULT_MAX_VERSION', 'maxVersion'],
]) {
  Object.defineProperty(exports, name, {
    get: () => contexts.defaults[key],
    set(value) {
      contexts.defaults[key] = value;
    },
    enumerable: true,
    configurable: true,
  });
}
Object.defineProperty(exports, 'DEFAULT_CIPHERS', {
  get: () => contexts.defaults.ciphers || require('inner/tls-ciphers').all(),
  set(value) {
    contexts.defaults.ciphers = value;
  },
  enumerable: true,
  configurable: true,
});
