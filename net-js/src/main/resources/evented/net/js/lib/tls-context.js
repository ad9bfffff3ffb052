'use strict';
// tls.createSecureContext: reads what options say of keys, certificates, versions and suites.

const { codes, validateString } = require('inner/node-errors');

/** Versions of TLS in their order. The JDK no longer speaks the first two. */
const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const SPOKEN = ['TLSv1.2', 'TLSv1.3'];

/** What the old secureProtocol names: the lowest and the highest version. */
const METHODS = { __proto__: null, TLS_method: [VERSIONS[0], VERSIONS[3]], SSLv23_method: [VERSIONS[0], VERSIONS[2]] };
for (const version of VERSIONS.slice(0, 3)) {
  METHODS[`${version.replace('.', '_')}_method`] = [version, version];
}

exports.DEFAULT_MIN_VERSION = 'TLSv1.2';
exports.DEFAULT_MAX_VERSION = 'TLSv1.3';

/** What one has to say in `defaults` of tls, which programs may change. */
const defaults = { minVersion: exports.DEFAULT_MIN_VERSION, maxVersion: exports.DEFAULT_MAX_VERSION, ciphers: undefined };
exports.defaults = defaults;

/** An Error in the words that OpenSSL has for it. */
function openSslError(text, library, reason, code) {
  return Object.assign(new Error(text), { library, reason, code });
}

/** Java's words for what cannot be read, and OpenSSL's. */
const REASONS = [
  [/passphrase is wrong|password was incorrect/, '1C800064', 'Provider routines', 'bad decrypt', 'ERR_OSSL_BAD_DECRYPT'],
  [
    /a passphrase is needed/,
    '07880109',
    'common libcrypto routines',
    'interrupted or cancelled',
    'ERR_OSSL_INTERRUPTED_OR_CANCELLED',
  ],
  [
    /^key does not match cert|^cert has the certificate of the key as/,
    '05800074',
    'x509 certificate routines',
    'key values mismatch',
    'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
  ],
  [/cut short/, '04800066', 'PEM routines', 'bad end line', 'ERR_OSSL_PEM_BAD_END_LINE'],
  [/is no PEM|holds no|is empty/, '0480006C', 'PEM routines', 'no start line', 'ERR_OSSL_PEM_NO_START_LINE'],
];

function translated(error) {
  const message = String(error.message);
  for (const [words, number, library, reason, code] of REASONS) {
    if (words.test(message)) {
      return Object.assign(openSslError(`error:${number}:${library}::${reason}`, library, reason, code), { cause: error });
    }
  }
  return error;
}

const NOT_GIVEN = [undefined, null, false, ''];

function isGiven(value) {
  return !NOT_GIVEN.includes(value);
}

/** The bytes of a view, as text of Latin-1; PEM is ASCII. */
function latin1(view) {
  return require('buffer').Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('latin1');
}

function textOf(value, name) {
  if (typeof value === 'string') {
    return value;
  }
  if (ArrayBuffer.isView(value)) {
    return latin1(value);
  }
  if (value !== null && typeof value === 'object' && value.type === 'private' && typeof value.export === 'function') {
    return value.export({ type: 'pkcs8', format: 'pem' });
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
}

/** PEM texts of a value or an array of them, in which `false` and the like count for nothing. */
function texts(value, name) {
  if (!isGiven(value)) {
    return [];
  }
  return (Array.isArray(value) ? value : [value]).filter(isGiven).map((item) => textOf(item, name));
}

/** The private keys, with their passphrases: {text, passphrase}. */
function keys(value, passphrase) {
  if (!isGiven(value)) {
    return [];
  }
  return (Array.isArray(value) ? value : [value]).filter(isGiven).map((item) => {
    const wrapped = item !== null && typeof item === 'object' && item.pem !== undefined && item.pem !== null;
    const own = wrapped && item.passphrase !== undefined && item.passphrase !== null ? item.passphrase : passphrase;
    if (own !== undefined && own !== null) {
      validateString(own, 'options.passphrase');
    }
    return { text: textOf(wrapped ? item.pem : item, 'options.key'), passphrase: own === undefined ? null : own };
  });
}

/** PKCS#12 files: {base64, passphrase}. */
function stores(value, passphrase) {
  if (!isGiven(value)) {
    return [];
  }
  return (Array.isArray(value) ? value : [value]).map((item) => {
    const wrapped = item !== null && typeof item === 'object' && item.buf !== undefined;
    const bytes = wrapped ? item.buf : item;
    const own = wrapped && item.passphrase ? item.passphrase : passphrase;
    if (typeof bytes !== 'string' && !ArrayBuffer.isView(bytes)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.pfx', ['string', 'Buffer', 'TypedArray', 'DataView'], bytes);
    }
    if (own !== undefined && own !== null) {
      validateString(own, 'options.passphrase');
    }
    const { Buffer } = require('buffer');
    const base64 =
      typeof bytes === 'string'
        ? Buffer.from(bytes, 'latin1').toString('base64')
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    return { base64, passphrase: own === undefined ? null : own };
  });
}

function version(value, fallback, name) {
  const wanted = value === undefined || value === null ? fallback : value;
  const at = VERSIONS.indexOf(wanted);
  if (at < 0) {
    throw new codes.ERR_TLS_INVALID_PROTOCOL_VERSION(wanted, name);
  }
  return at;
}

/** The versions of TLS that the options allow and the JDK speaks. */
function protocols(options) {
  let { minVersion, maxVersion } = options;
  const { secureProtocol } = options;
  if (isGiven(secureProtocol)) {
    validateString(secureProtocol, 'secureProtocol');
    for (const given of [minVersion, maxVersion]) {
      if (given !== undefined && given !== null) {
        throw new codes.ERR_TLS_PROTOCOL_VERSION_CONFLICT(given, secureProtocol);
      }
    }
    const range = METHODS[secureProtocol.replace(/_(client|server)_method$/, '_method')];
    if (range === undefined) {
      const error = new TypeError(`Unknown method: ${secureProtocol}`);
      error.code = 'ERR_TLS_INVALID_PROTOCOL_METHOD';
      throw error;
    }
    [minVersion, maxVersion] = range;
  }
  const lowest = version(minVersion, defaults.minVersion, 'minimum');
  const highest = version(maxVersion, defaults.maxVersion, 'maximum');
  const allowed = SPOKEN.filter((name) => VERSIONS.indexOf(name) >= lowest && VERSIONS.indexOf(name) <= highest);
  if (allowed.length === 0) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(
      lowest > highest ? `TLS from ${VERSIONS[lowest]} down to ${VERSIONS[highest]}` : `${VERSIONS[highest]} and older`
    );
  }
  return allowed.reverse();
}

/** Options that would change what is sent, and that the JDK has nothing for. */
const ABSENT = ['crl', 'dhparam', 'engine', 'clientCertEngine', 'privateKeyEngine', 'privateKeyIdentifier', 'ticketKeys'];

/** The handle of each context, and its uses by what differs in them. */
const contexts = new WeakMap();

/** Keys, certificates and settings, to be shared by many sockets. */
class SecureContext {
  constructor(options) {
    this.context = {};
    Object.defineProperty(this, 'singleUse', { value: false, writable: true, enumerable: false });
    contexts.set(this, { ...make(options), uses: { __proto__: null } });
  }
}

/** Keys and certificates in their pairs. Each may come in its own order: RSA beside an elliptic curve. */
function make(options) {
  for (const name of ABSENT) {
    if (isGiven(options[name]) && !(name === 'dhparam' && options[name] === 'auto')) {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`tls.createSecureContext({ ${name} })`);
    }
  }
  const { ciphers } = options;
  if (ciphers !== undefined && ciphers !== null) {
    validateString(ciphers, 'options.ciphers');
  }
  const { passphrase } = options;
  const authorities = texts(options.ca, 'options.ca');
  const certs = texts(options.cert, 'options.cert');
  const own = keys(options.key, passphrase);
  const files = stores(options.pfx, passphrase);
  const list = ciphers || defaults.ciphers;
  extraRoots();
  const material = {
    __proto__: null,
    ca: authorities,
    certs,
    keys: own.map((key) => key.text),
    keyPassphrases: own.map((key) => key.passphrase),
    pfx: files.map((file) => file.base64),
    pfxPassphrases: files.map((file) => file.passphrase),
    protocols: protocols(options),
    ciphers: list ? require('inner/tls-ciphers').parse(list) : null,
  };
  try {
    return { handle: binding.tlsContext(material), material: JSON.stringify(material) };
  } catch (error) {
    throw translated(error);
  }
}

let extraRead = false;

/** NODE_EXTRA_CA_CERTS names a file of authorities to trust beside the platform's; one that is bad is warned of. */
function extraRoots() {
  if (extraRead) {
    return;
  }
  extraRead = true;
  const process = require('process');
  const file = process.env && process.env.NODE_EXTRA_CA_CERTS;
  if (file) {
    try {
      binding.tlsExtraRoots(file);
    } catch (error) {
      process.emitWarning(`Ignoring extra certs from \`${file}\`, load failed: ${error.message}`);
    }
  }
}

/**
 * Makes what sockets and servers need of keys and certificates.
 * @param {object} [options] key, cert, ca, pfx, passphrase, ciphers, minVersion, maxVersion, secureProtocol
 * @returns {SecureContext}
 */
exports.createSecureContext = function createSecureContext(options) {
  return new SecureContext(options || {});
};

exports.SecureContext = function (options) {
  return new SecureContext(options || {});
};
exports.SecureContext.prototype = SecureContext.prototype;

/** Whether a value is what createSecureContext returns. */
exports.isSecureContext = (value) => contexts.has(value);

/**
 * What Java makes TLS of.
 * @param {SecureContext} context
 * @param {boolean} requestCert whether a server asks for a certificate
 * @param {boolean} requireCert whether a client without one is refused
 * @param {string[]} protocols for ALPN, best first
 */
exports.useOf = function useOf(context, requestCert, requireCert, protocols) {
  const { handle, uses } = contexts.get(context);
  const key = `${requestCert} ${requireCert} ${JSON.stringify(protocols)}`;
  if (uses[key] === undefined) {
    uses[key] = binding.tlsUse(handle, requestCert, requireCert, protocols);
  }
  return uses[key];
};

/** Whether two contexts were made of the same. */
exports.areAlike = (one, other) => one === other || contexts.get(one).material === contexts.get(other).material;
