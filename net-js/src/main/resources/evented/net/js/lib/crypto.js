'use strict';
// crypto: credentials for stream.setSecure, and what today's Node has, in parts that are loaded when they are asked for.

const { argumentType, checkWhole } = require('inner/errors');
const { late } = require('inner/late');

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

/** What the parts give, by the file; each is loaded when one of its names is first asked for. */
const PARTS = {
  'inner/crypto-primes': ['checkPrime', 'checkPrimeSync', 'generatePrime', 'generatePrimeSync'],
  'inner/crypto-cipher': [
    ...['createCipheriv', 'createDecipheriv', 'getCiphers', 'getCipherInfo', 'Cipheriv', 'Decipheriv'],
  ],
  'inner/crypto-dh': [
    ...['createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH', 'diffieHellman', 'getCurves', 'getDiffieHellman'],
    ...['DiffieHellman', 'DiffieHellmanGroup', 'ECDH'],
  ],
  'inner/crypto-hash': ['createHash', 'createHmac', 'getHashes', 'hash', 'Hash', 'Hmac'],
  'inner/crypto-keys': ['createPrivateKey', 'createPublicKey', 'createSecretKey', 'KeyObject'],
  'inner/crypto-sign': [
    ...['createSign', 'createVerify', 'sign', 'verify', 'Sign', 'Verify'],
    ...['privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt'],
  ],
  'inner/crypto-kdf': ['hkdf', 'hkdfSync', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync'],
  'inner/crypto-generate': ['generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync'],
  'inner/crypto-random': ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'pseudoRandomBytes'],
  'inner/crypto-x509': ['X509Certificate'],
  'inner/crypto-more': [
    ...['Certificate', 'constants', 'getFips', 'secureHeapUsed', 'setEngine', 'setFips', 'timingSafeEqual'],
  ],
  'inner/webcrypto': ['webcrypto', 'subtle', 'getRandomValues'],
};
for (const file of Object.keys(PARTS)) {
  for (const name of PARTS[file]) {
    late(exports, name, () => require(file)[name]);
  }
}
Object.defineProperty(exports, 'fips', {
  get: () => exports.getFips() === 1,
  set: (on) => exports.setFips(on),
  enumerable: false,
  configurable: true,
});
