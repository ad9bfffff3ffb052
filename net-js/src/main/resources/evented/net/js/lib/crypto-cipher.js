'use strict';
// Ciphers with one secret key.

const { native, toBuffer, hold, isBytes, checkText } = require('inner/crypto-native');
const { holdSecret } = require('inner/crypto-keys');
const { coded, codes, validateObject, validateString } = require('inner/node-errors');
const { inherit, prepare } = require('inner/crypto-lazy-stream');

/** OpenSSL's numbers of AES, by mode and then by 128, 192 and 256 bits. */
const AES = {
  cbc: [419, 423, 427],
  ccm: [896, 899, 902],
  cfb: [421, 425, 429],
  cfb8: [653, 654, 655],
  ctr: [904, 905, 906],
  ecb: [418, 422, 426],
  gcm: [895, 898, 901],
  ofb: [420, 424, 428],
};
const ARIA = { cbc: [1066, 1071, 1076], ctr: [1069, 1074, 1079], ecb: [1065, 1070, 1075] };
const CAMELLIA = { cbc: [751, 752, 753], ctr: [963, 967, 971], ecb: [754, 755, 756] };

/** By name: the kind, the name for the JCA, bytes of key, start vector and block, the mode and OpenSSL's number. */
const CIPHERS = { __proto__: null };

/** Other names, in lower case. */
const ALIASES = { __proto__: null, des3: 'des-ede3-cbc', sm4: 'sm4-cbc' };

function add(name, jca, mode, nid, keyLength, ivLength, blockSize, kind = 'plain', shown = name) {
  CIPHERS[name] = { name: shown, kind, jca, mode, nid, keyLength, ivLength, blockSize };
}

function addFamily(family, jca, numbers) {
  for (const mode of Object.keys(numbers)) {
    [128, 192, 256].forEach((bits, index) => {
      const authenticates = mode === 'gcm' || mode === 'ccm';
      add(
        `${family}-${bits}-${mode}`,
        `${jca}/${mode === 'cfb' ? 'CFB' : mode.toUpperCase()}`,
        mode === 'cfb8' ? 'cfb' : mode,
        numbers[mode][index],
        bits / 8,
        mode === 'ecb' ? undefined : authenticates ? 12 : 16,
        mode === 'cbc' || mode === 'ecb' ? 16 : 1,
        authenticates ? mode : 'plain',
        authenticates ? `id-${family}${bits}-${mode}` : undefined
      );
      if (authenticates) {
        ALIASES[`id-${family}${bits}-${mode}`] = `${family}-${bits}-${mode}`;
      } else if (mode === 'cbc') {
        ALIASES[`${family}${bits}`] = `${family}-${bits}-${mode}`;
      }
    });
  }
}
addFamily('aes', 'AES', AES);
addFamily('aria', 'ARIA', ARIA);
addFamily('camellia', 'Camellia', CAMELLIA);
add('chacha20', 'ChaCha20', 'stream', 1019, 32, 16, undefined);
add('chacha20-poly1305', '', 'stream', 1018, 32, 12, undefined, 'chacha20-poly1305');
add('des-ede', 'DESede/ECB', 'ecb', 32, 16, undefined, 8);
add('des-ede-cbc', 'DESede/CBC', 'cbc', 43, 16, 8, 8);
add('des-ede3', 'DESede/ECB', 'ecb', 33, 24, undefined, 8);
add('des-ede3-cbc', 'DESede/CBC', 'cbc', 44, 24, 8, 8);
add('des-ede3-cfb', 'DESede/CFB', 'cfb', 61, 24, 8, 1);
add('des-ede3-cfb8', 'DESede/CFB8', 'cfb', 659, 24, 8, 1);
add('des-ede3-ofb', 'DESede/OFB', 'ofb', 63, 24, 8, 1);
add('sm4-cbc', 'SM4/CBC', 'cbc', 1134, 16, 16, 16);
add('sm4-ctr', 'SM4/CTR', 'ctr', 1139, 16, 16, 1);
add('sm4-ecb', 'SM4/ECB', 'ecb', 1133, 16, undefined, 16);
ALIASES['des-ede3-ecb'] = 'des-ede3';

function find(name) {
  const lower = name.toLowerCase();
  return CIPHERS[lower] || CIPHERS[ALIASES[lower]];
}

/** The names that createCipheriv knows. */
exports.getCiphers = () =>
  Object.keys(CIPHERS)
    .concat(Object.keys(ALIASES).map((name) => name.replace(/gcm$|ccm$/, (mode) => mode.toUpperCase())))
    .sort();

/**
 * What is known of a cipher; undefined if there is none, or none with these lengths.
 * @param {string|number} nameOrNid
 * @param {{keyLength: number, ivLength: number}} [options] what it would have to take
 */
exports.getCipherInfo = function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  let keyLength;
  let ivLength;
  if (options !== undefined) {
    validateObject(options, 'options');
    ({ keyLength, ivLength } = options);
    for (const [name, value] of [['keyLength', keyLength], ['ivLength', ivLength]]) {
      if (value !== undefined) {
        require('inner/node-errors').validateInt32(value, `options.${name}`);
      }
    }
  }
  const found =
    typeof nameOrNid === 'string'
      ? find(nameOrNid)
      : Object.values(CIPHERS).find((cipher) => cipher.nid === nameOrNid);
  if (found === undefined || (keyLength !== undefined && keyLength !== found.keyLength)) {
    return undefined;
  }
  if (ivLength !== undefined && !fits(found, ivLength)) {
    return undefined;
  }
  const info = { mode: found.mode, name: found.name, nid: found.nid };
  if (found.blockSize !== undefined) {
    info.blockSize = found.blockSize;
  }
  if (found.ivLength !== undefined) {
    info.ivLength = ivLength === undefined ? found.ivLength : ivLength;
  }
  info.keyLength = found.keyLength;
  return info;
};

/** Whether a cipher takes a start vector of so many bytes. */
function fits(cipher, length) {
  switch (cipher.kind) {
    case 'gcm':
      return length > 0;
    case 'ccm':
      return length >= 7 && length <= 13;
    case 'chacha20-poly1305':
      return length > 0 && length <= 12;
    default:
      return length === (cipher.ivLength || 0);
  }
}

const STATE = Symbol('state');
const DATA = ['string', 'Buffer', 'TypedArray', 'DataView'];

function isTagLength(cipher, length) {
  if (cipher.kind === 'gcm') {
    return length === 4 || length === 8 || (length >= 12 && length <= 16);
  }
  if (cipher.kind === 'ccm') {
    return length >= 4 && length <= 16 && length % 2 === 0;
  }
  return length >= 0 && length <= 16;
}

function tagError(length) {
  return new codes.ERR_CRYPTO_INVALID_AUTH_TAG(`Invalid authentication tag length: ${length}`);
}

/** What options.authTagLength says; undefined if it says nothing and need not. */
function tagLengthOf(cipher, name, options) {
  const length = options === undefined || options === null ? undefined : options.authTagLength;
  if (length === undefined || length === null) {
    if (cipher.kind === 'ccm') {
      throw new codes.ERR_CRYPTO_INVALID_AUTH_TAG(`authTagLength required for ${name}`);
    }
    return undefined;
  }
  if (length !== length >>> 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.authTagLength', length);
  }
  if (cipher.kind !== 'plain' && !isTagLength(cipher, length)) {
    throw tagError(length);
  }
  return length;
}

function start(object, encrypts, name, key, iv, options) {
  validateString(name, 'cipher');
  const encoding = options === undefined || options === null ? undefined : options.encoding;
  const secret = holdSecret(key, 'key', encoding);
  if (iv !== null && typeof iv !== 'string' && !isBytes(iv)) {
    throw new codes.ERR_INVALID_ARG_TYPE('iv', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], iv);
  }
  const cipher = find(name);
  if (cipher === undefined) {
    throw new codes.ERR_CRYPTO_UNKNOWN_CIPHER();
  }
  if (native.heldSize(secret) !== cipher.keyLength) {
    throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
  }
  const vector = iv === null ? null : hold(iv, 'iv', encoding);
  if (!fits(cipher, vector === null ? 0 : native.heldSize(vector))) {
    throw new codes.ERR_CRYPTO_INVALID_IV();
  }
  const tagLength = tagLengthOf(cipher, name, options);
  prepare(object, options === null ? undefined : options);
  Object.defineProperty(object, STATE, {
    value: {
      cipher,
      encrypts,
      handle: native.cipherStart(cipher.kind, cipher.jca, encrypts, secret, vector, tagLength || 0),
      tagLength,
      tag: null,
      updated: false,
      finished: false,
      decoder: null,
      maxLength: cipher.kind === 'ccm' ? 2 ** (8 * (15 - native.heldSize(vector))) - 1 : Infinity,
    },
  });
}

/** Text of the bytes, which may end within a character; the rest comes with the next. */
function told(state, bytes, encoding, isLast) {
  if (encoding === undefined || encoding === null || encoding === 'buffer') {
    return bytes;
  }
  const { Buffer } = require('buffer');
  const wanted = String(encoding).toLowerCase();
  if (!Buffer.isEncoding(wanted)) {
    throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  }
  const name = wanted === 'utf-8' ? 'utf8' : wanted;
  if (state.decoder === null) {
    const { StringDecoder } = require('string_decoder');
    state.decoder = { name, it: new StringDecoder(name === 'base64url' ? 'base64' : name) };
  } else if (state.decoder.name !== name) {
    throw coded(new Error('Cannot change encoding'), 'ERR_INTERNAL_ASSERTION');
  }
  const text = isLast ? state.decoder.it.end(bytes) : state.decoder.it.write(bytes);
  return name === 'base64url' ? text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '') : text;
}

const invalid = (name) => new codes.ERR_CRYPTO_INVALID_STATE(name);

/** What both directions share. */
const METHODS = {
  /**
   * Takes a piece of the input.
   * @param {string|ArrayBufferView} data
   * @param {string} [inputEncoding] of a text
   * @param {string} [outputEncoding] of the result, a Buffer unless said
   */
  update(data, inputEncoding, outputEncoding) {
    const state = this[STATE];
    let view = data;
    if (typeof data === 'string') {
      checkText(data, inputEncoding);
      view = require('buffer').Buffer.from(data, inputEncoding === 'buffer' ? undefined : inputEncoding);
    } else if (!ArrayBuffer.isView(data)) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', DATA, data);
    }
    if (state.finished) {
      throw new Error('Trying to add data in unsupported state');
    }
    if (view.byteLength > state.maxLength) {
      throw new codes.ERR_CRYPTO_INVALID_MESSAGELEN();
    }
    state.updated = true;
    const bytes = toBuffer(native.cipherUpdate(state.handle, view.buffer, view.byteOffset, view.byteLength));
    return told(state, bytes, outputEncoding, false);
  },

  /** Ends it, and gives the rest. */
  final(outputEncoding) {
    const state = this[STATE];
    if (state.finished) {
      throw coded(new Error('Invalid state'), 'ERR_CRYPTO_INVALID_STATE');
    }
    state.finished = true;
    const bytes = toBuffer(native.cipherFinish(state.handle));
    if (state.encrypts && state.cipher.kind !== 'plain') {
      state.tag = toBuffer(native.cipherTag(state.handle)).subarray(0, state.tagLength === undefined ? 16 : state.tagLength);
    }
    return told(state, bytes, outputEncoding, true);
  },

  /** Whether the last block is filled up (PKCS#7), and that is taken off again; it is unless said. */
  setAutoPadding(on) {
    const state = this[STATE];
    if (state.finished) {
      throw invalid('setAutoPadding');
    }
    native.cipherPadding(state.handle, on === undefined || !!on);
    return this;
  },

  /**
   * Data to be authenticated, and not encrypted.
   * @param {{plaintextLength: number}} [options] the length of the text, which CCM must know
   */
  setAAD(data, options) {
    const encoding = options === undefined || options === null ? undefined : options.encoding;
    const length = options === undefined || options === null ? undefined : options.plaintextLength;
    const held = hold(data, 'aadbuf', encoding);
    const state = this[STATE];
    if (state.cipher.kind === 'ccm' && (length === undefined || length === null)) {
      throw coded(new TypeError('options.plaintextLength required for CCM mode with AAD'), 'ERR_MISSING_ARGS');
    }
    if (state.cipher.kind === 'plain' || state.finished || state.updated) {
      throw invalid('setAAD');
    }
    native.cipherAddData(state.handle, held, length === undefined || length === null ? -1 : length);
    return this;
  },

  _transform(chunk, encoding, callback) {
    this.push(this.update(chunk, encoding === 'buffer' ? undefined : encoding));
    callback();
  },

  _flush(callback) {
    try {
      this.push(this.final());
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },
};

/** Encrypts; a stream too. */
function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) {
    return new Cipheriv(cipher, key, iv, options);
  }
  start(this, true, cipher, key, iv, options);
  return undefined;
}
inherit(Cipheriv);
Object.assign(Cipheriv.prototype, METHODS);

/** What the other side needs to see that nothing was changed; once it has ended. */
Cipheriv.prototype.getAuthTag = function getAuthTag() {
  const { tag } = this[STATE];
  if (tag === null) {
    throw invalid('getAuthTag');
  }
  return tag;
};

/** Decrypts; a stream too. */
function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) {
    return new Decipheriv(cipher, key, iv, options);
  }
  start(this, false, cipher, key, iv, options);
  return undefined;
}
inherit(Decipheriv);
Object.assign(Decipheriv.prototype, METHODS);

/** What getAuthTag gave; final throws if it does not fit. */
Decipheriv.prototype.setAuthTag = function setAuthTag(tag, encoding) {
  const held = hold(tag, 'buffer', encoding);
  const state = this[STATE];
  if (state.cipher.kind === 'plain' || state.finished || state.tag !== null) {
    throw invalid('setAuthTag');
  }
  const length = native.heldSize(held);
  if (!isTagLength(state.cipher, length) || (state.tagLength !== undefined && state.tagLength !== length)) {
    throw tagError(length);
  }
  state.tag = held;
  native.cipherExpect(state.handle, held);
  return this;
};

exports.Cipheriv = Cipheriv;
exports.Decipheriv = Decipheriv;

/**
 * @param {string} cipher a name of getCiphers
 * @param {string|ArrayBufferView|KeyObject} key
 * @param {?string|ArrayBufferView} iv the start vector; null for ECB
 * @param {object} [options] authTagLength, and those of a stream
 * @returns {Cipheriv}
 */
exports.createCipheriv = (cipher, key, iv, options) => new Cipheriv(cipher, key, iv, options);

/** The way back. */
exports.createDecipheriv = (cipher, key, iv, options) => new Decipheriv(cipher, key, iv, options);
