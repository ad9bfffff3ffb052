'use strict';
// crypto, as far as net needs it: credentials for stream.setSecure, and random bytes.

const { argumentType, checkWhole } = require('inner/errors');

/** What createCredentials returns; opaque. */
class Credentials {
  constructor(handle) {
    Object.defineProperty(this, '_credentials', { value: handle });
  }
}

function handleOf(credentials, name) {
  if (!(credentials instanceof Credentials)) {
    throw argumentType(name, 'what createCredentials returns', credentials);
  }
  return credentials._credentials;
}

/** PEM texts from a text, a Buffer, or an array of either. */
function texts(value, name) {
  if (value === undefined || value === null) {
    return [];
  }
  return (Array.isArray(value) ? value : [value]).map((item) => {
    if (typeof item === 'string') {
      return item;
    }
    if (item instanceof Uint8Array) {
      return require('buffer').Buffer.from(item).toString('latin1');
    }
    throw argumentType(name, 'PEM text, a Buffer, or an array of these', item);
  });
}

/**
 * Makes credentials for stream.setSecure.
 * @param {object|Function} [details] or a function that returns what createCredentials has made: it is
 *     called for each handshake, so that a certificate can be replaced while a server runs. It should return
 *     the same object while nothing has changed. If it throws, the last good credentials stay in use.
 * @param {string|string[]} [details.key] the private key, PEM
 * @param {string|string[]} [details.cert] the certificate and what leads to its CA, PEM
 * @param {string|string[]} [details.ca] whom to trust, PEM; asks the peer for a certificate
 * @param {string} [details.passphrase] of the key
 * @param {boolean} [details.rejectUnauthorized] true: a bad peer is refused; false: it is taken;
 *     unless said: a listener for 'secure' asks about it, or the stream fails with CERT_UNVERIFIED
 * @param {number} [details.handshakeTimeout=10000] milliseconds, after which a handshake has failed
 * @param {object} [details.serverNames] other credentials for clients that ask for a host by its name (SNI):
 *     { 'a.example': credentials, '*.b.example': credentials }
 */
exports.createCredentials = function createCredentials(details = {}) {
  if (typeof details === 'function') {
    return new Credentials(binding.supplyCredentials(() => handleOf(details(), 'what the function returns')));
  }
  if (typeof details !== 'object' || details === null) {
    throw argumentType('details', 'an object', details);
  }
  if (details.passphrase !== undefined && details.passphrase !== null && typeof details.passphrase !== 'string') {
    throw argumentType('passphrase', 'a string', details.passphrase);
  }
  const { handshakeTimeout = 0 } = details;
  checkWhole('handshakeTimeout', 'milliseconds', handshakeTimeout);
  const { serverNames = {} } = details;
  if (typeof serverNames !== 'object' || serverNames === null) {
    throw argumentType('serverNames', 'an object', serverNames);
  }
  const named = Object.keys(serverNames);
  return new Credentials(
    binding.createCredentials(
      texts(details.key, 'key').join('\n'),
      texts(details.cert, 'cert').join('\n'),
      texts(details.ca, 'ca').join('\n'),
      details.passphrase === undefined ? null : details.passphrase,
      details.rejectUnauthorized === undefined || details.rejectUnauthorized === null ? null : !!details.rejectUnauthorized,
      handshakeTimeout,
      named,
      named.map((name) => handleOf(serverNames[name], 'serverNames'))
    )
  );
};
exports.createSecureContext = exports.createCredentials;

/** Random bytes, fit for keys. */
exports.randomBytes = function randomBytes(size, callback) {
  checkWhole('size', 'a number, 0 or more', size);
  const bytes = require('buffer').wrap(binding.randomBytes(size));
  if (callback === undefined) {
    return bytes;
  }
  require('inner/turns').nextTick(callback, null, bytes);
  return undefined;
};

exports.randomUUID = () => {
  const hex = exports.randomBytes(16);
  hex[6] = (hex[6] & 0x0f) | 0x40;
  hex[8] = (hex[8] & 0x3f) | 0x80;
  return hex.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
