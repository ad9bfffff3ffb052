'use strict';
// What Web Cryptography allows with the keys of each algorithm, and what it says where it does not.

const { codes } = require('inner/node-errors');

const fail = (message, name) => new (require('inner/dom-exception'))(message, name);

/** All uses, in the order in which keys name them. */
const USES = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

const CIPHER = { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] };
const SIGNATURE = { public: ['verify'], private: ['sign'] };
const AGREEMENT = { public: [], private: ['deriveKey', 'deriveBits'] };
const DERIVATION = { secret: ['deriveKey', 'deriveBits'] };

/** The uses of an algorithm's keys, by their type. */
const ALLOWED = {
  __proto__: null,
  'AES-CBC': CIPHER,
  'AES-CTR': CIPHER,
  'AES-GCM': CIPHER,
  'AES-KW': { secret: ['wrapKey', 'unwrapKey'] },
  ECDH: AGREEMENT,
  ECDSA: SIGNATURE,
  Ed25519: SIGNATURE,
  HKDF: DERIVATION,
  HMAC: { secret: ['sign', 'verify'] },
  PBKDF2: DERIVATION,
  'RSA-OAEP': { public: ['encrypt', 'wrapKey'], private: ['decrypt', 'unwrapKey'] },
  'RSA-PSS': SIGNATURE,
  'RSASSA-PKCS1-v1_5': SIGNATURE,
  X25519: AGREEMENT,
};

/** The kind of key of a pair that an algorithm has. */
const PAIRS = { __proto__: null, ECDH: 'ec', ECDSA: 'ec', Ed25519: 'ed25519', X25519: 'x25519' };

const named = (name) => `a${/^(HMAC|RSA|AES|E|HKDF)/.test(name) && name !== 'HKDF' ? 'n' : ''} ${name}`;

/** Whether any key of an algorithm has that use. */
exports.supports = (name, usage) =>
  ALLOWED[name] !== undefined && Object.values(ALLOWED[name]).some((usages) => usages.includes(usage));

/** Uses without repetition, in the order of USES. */
exports.sorted = (usages) => USES.filter((usage) => usages.includes(usage));

function checkNames(usages) {
  if (usages === null || usages === undefined || typeof usages[Symbol.iterator] !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('keyUsages', 'Array', usages);
  }
  for (const usage of usages) {
    if (!USES.includes(usage)) {
      throw new codes.ERR_INVALID_ARG_VALUE('keyUsages', usage);
    }
  }
}

function checkUses(name, allowed, usages) {
  if (usages.some((usage) => !allowed.includes(usage))) {
    throw fail(`Unsupported key usage for ${named(name)} key`, 'SyntaxError');
  }
}

/** Checks what is wanted of a key that is to be imported. */
exports.checkImported = function checkImported(algorithm, object, extractable, usages) {
  checkNames(usages);
  const { name } = algorithm;
  const wanted = ALLOWED[name];
  if (wanted === undefined || wanted[object.type] === undefined) {
    throw fail(`Unable to import ${named(name)} key of that type`, wanted === undefined ? 'NotSupportedError' : 'DataError');
  }
  checkUses(name, wanted[object.type], usages);
  const isDerivation = wanted === DERIVATION;
  if (isDerivation && extractable) {
    throw fail(`${name} keys are not extractable`, 'SyntaxError');
  }
  if (object.type !== 'public' && usages.length === 0) {
    throw fail(`Usages cannot be empty when importing a ${object.type} key.`, 'SyntaxError');
  }
  if (object.type !== 'secret') {
    const kind = name.startsWith('RSA') ? 'rsa' : PAIRS[name];
    if (object.asymmetricKeyType !== kind) {
      throw fail('Invalid key type', 'DataError');
    }
    if (kind === 'ec') {
      const curve = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' }[algorithm.namedCurve];
      if (curve === undefined) {
        throw fail('Unrecognized namedCurve', 'NotSupportedError');
      }
      if (curve !== object.asymmetricKeyDetails.namedCurve) {
        throw fail('Named curve mismatch', 'DataError');
      }
    }
  } else if (name.startsWith('AES') && ![16, 24, 32].includes(object.symmetricKeySize)) {
    throw fail('Invalid key length', 'DataError');
  }
};

/** Checks what is wanted of a key that is to be made. */
exports.checkCreated = function checkCreated(algorithm, usages) {
  checkNames(usages);
  const wanted = ALLOWED[algorithm.name];
  if (wanted === undefined || wanted === DERIVATION) {
    throw fail('Unrecognized algorithm name', 'NotSupportedError');
  }
  checkUses(algorithm.name, wanted.secret || wanted.public.concat(wanted.private), usages);
  const needed = wanted.secret || wanted.private;
  if (!usages.some((usage) => needed.includes(usage))) {
    throw fail('Usages cannot be empty when creating a key.', 'SyntaxError');
  }
};

/** Checks that a key can be had in a format. */
exports.checkExport = function checkExport(format, key) {
  const { name } = key.algorithm;
  const { type } = key;
  const isRight =
    format === 'jwk' ||
    (format === 'spki' && type === 'public') ||
    (format === 'pkcs8' && type === 'private') ||
    (format === 'raw' && (type === 'secret' || (type === 'public' && !name.startsWith('RSA'))));
  if (!isRight && ['spki', 'pkcs8', 'raw'].includes(format)) {
    throw fail(`Unable to export a ${format === 'pkcs8' ? 'pkcs8' : 'raw'} ${name} ${type} key`, 'InvalidAccessError');
  }
};

const RSA_LETTERS = { 'RSASSA-PKCS1-v1_5': 'RS', 'RSA-PSS': 'PS' };

/** What a JWK calls the algorithm of a key; nothing where it has no name for it. */
function algorithmName(algorithm, size) {
  const { name, hash } = algorithm;
  const bits = hash === undefined ? '' : (typeof hash === 'string' ? hash : hash.name).slice(4);
  if (name === 'HMAC') {
    return `HS${bits}`;
  }
  if (name.startsWith('AES')) {
    return `A${size}${name.slice(4)}`;
  }
  if (name === 'RSA-OAEP') {
    return bits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${bits}`;
  }
  return RSA_LETTERS[name] === undefined ? undefined : `${RSA_LETTERS[name]}${bits}`;
}

exports.jwkAlgorithm = function jwkAlgorithm(key) {
  const alg = algorithmName(key.algorithm, key.algorithm.length);
  return alg === undefined ? {} : { alg };
};

const KTY = { __proto__: null, ECDH: 'EC', ECDSA: 'EC', Ed25519: 'OKP', X25519: 'OKP' };

/** Checks that a JWK says nothing against what is wanted of it. */
exports.checkJwk = function checkJwk(jwk, algorithm, extractable) {
  if (jwk === null || typeof jwk !== 'object') {
    throw fail('Invalid keyData', 'DataError');
  }
  const kty = algorithm.name.startsWith('RSA') ? 'RSA' : KTY[algorithm.name] || 'oct';
  if (jwk.kty !== kty) {
    throw fail('Invalid JWK "kty" Parameter', 'DataError');
  }
  if (jwk.ext === false && extractable) {
    throw fail('JWK "ext" Parameter and extractable mismatch', 'DataError');
  }
  if (kty === 'oct' && typeof jwk.k !== 'string') {
    throw fail('Invalid keyData', 'DataError');
  }
  const size = kty === 'oct' ? require('buffer').Buffer.from(jwk.k, 'base64url').length * 8 : 0;
  const alg = algorithmName(algorithm, size);
  if (jwk.alg !== undefined && alg !== undefined && jwk.alg !== alg) {
    throw fail('JWK "alg" does not match the requested algorithm', 'DataError');
  }
};
