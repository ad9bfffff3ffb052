'use strict';
// Cipher suites: OpenSSL's names for those that the JDK knows by their standard ones, and OpenSSL's lists of them.

/** OpenSSL's name: ECDHE-RSA-AES128-GCM-SHA256 of TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256. */
function openSslName(standard) {
  const parts = /^TLS_(\w+)_WITH_(\w+)$/.exec(standard);
  if (parts === null) {
    return standard; // of TLS 1.3, which are called the same everywhere
  }
  const exchange = parts[1] === 'RSA' ? '' : `${parts[1].replace(/_/g, '-')}-`;
  const cipher = parts[2]
    .replace(/^AES_(\d+)/, 'AES$1')
    .replace('_CBC', '')
    .replace(/^CHACHA20_POLY1305_SHA256$/, 'CHACHA20-POLY1305')
    .replace(/_/g, '-');
  return exchange + cipher;
}

let known = null;

/** All that there are: {standard, name}, best first. */
function suites() {
  if (known === null) {
    known = [...binding.tlsCipherSuites()]
      .filter((standard) => standard.startsWith('TLS_') && !standard.includes('EMPTY_RENEGOTIATION'))
      .map((standard) => ({ standard, name: openSslName(standard) }));
  }
  return known;
}

/** What a word of a list stands for: a test of OpenSSL's name of a suite. */
const WORDS = {
  __proto__: null,
  ALL: () => true,
  DEFAULT: () => true,
  COMPLEMENTOFDEFAULT: () => false,
  HIGH: (name) => !/RC4|DES|NULL/.test(name),
  ECDHE: (name) => name.startsWith('ECDHE-'),
  DHE: (name) => name.startsWith('DHE-'),
  KRSA: (name) => !/^(TLS_|ECDHE|DHE|ECDH)/.test(name),
  ARSA: (name) => !/^TLS_/.test(name) && !name.includes('ECDSA') && !name.includes('DSS'),
  RSA: (name) => !/^(TLS_|ECDHE|DHE|ECDH)/.test(name),
  ECDSA: (name) => name.includes('ECDSA'),
  AES: (name) => name.includes('AES'),
  AES128: (name) => name.includes('AES128') || name.includes('AES_128'),
  AES256: (name) => name.includes('AES256') || name.includes('AES_256'),
  AESGCM: (name) => name.includes('AES') && name.includes('GCM'),
  CHACHA20: (name) => name.includes('CHACHA20'),
  SHA1: (name) => name.endsWith('-SHA'),
  SHA256: (name) => /[-_]SHA256$/.test(name) && !name.includes('GCM'),
  SHA384: (name) => /[-_]SHA384$/.test(name) && !name.includes('GCM'),
};
const SAME = {
  __proto__: null,
  EECDH: 'ECDHE',
  KECDHE: 'ECDHE',
  KEECDH: 'ECDHE',
  EDH: 'DHE',
  KDHE: 'DHE',
  KEDH: 'DHE',
  AECDSA: 'ECDSA',
  SHA: 'SHA1',
};

function select(expression) {
  const tests = expression.split('+').map((word) => {
    const upper = word.toUpperCase();
    const test = WORDS[SAME[upper] || upper];
    return test || ((name, standard) => name === word || standard === word);
  });
  return suites().filter(({ name, standard }) => tests.every((test) => test(name, standard)));
}

/**
 * Reads a list in OpenSSL's language, such as `ECDHE+AESGCM:!aNULL`.
 * @param {string} text the list
 * @returns {string[]} standard names, best first
 * @throws {Error} ERR_SSL_NO_CIPHER_MATCH if nothing is left of it
 */
exports.parse = function parse(text) {
  const entries = text.split(/[:, ]+/).filter((entry) => entry !== '' && !entry.startsWith('@'));
  const isNew = (suite) => !suite.standard.includes('_WITH_');
  let chosen = [];
  const banned = new Set();
  for (const entry of entries) {
    const sign = /^[!+-]/.test(entry) ? entry[0] : '';
    const matching = select(sign === '' ? entry : entry.slice(1)).filter((suite) => sign === '' || !isNew(suite));
    if (sign !== '') {
      const kept = chosen.filter((suite) => !matching.includes(suite));
      chosen = sign === '+' ? [...kept, ...chosen.filter((suite) => matching.includes(suite))] : kept;
    }
    if (sign === '!') {
      matching.forEach((suite) => banned.add(suite));
    } else if (sign === '') {
      chosen.push(...matching.filter((suite) => !chosen.includes(suite) && !banned.has(suite)));
    }
  }
  const named = entries.some((entry) => entry.startsWith('TLS_'));
  if (chosen.length === 0) {
    throw Object.assign(new Error('error:0A0000B9:SSL routines::no cipher match'), {
      library: 'SSL routines',
      reason: 'no cipher match',
      code: 'ERR_SSL_NO_CIPHER_MATCH',
    });
  }
  // A list of older suites leaves those of TLS 1.3 as they are.
  const all = named ? chosen : [...suites().filter(isNew), ...chosen.filter((suite) => !isNew(suite))];
  return all.map((suite) => suite.standard);
};

/** What getCipher gives for a standard name. */
exports.describe = function describe(standard, version) {
  return { name: openSslName(standard), standardName: standard, version };
};

/** The names of all suites, in lower case and in order. */
exports.names = () => suites().map(({ name }) => name.toLowerCase()).sort();

/** All suites as a list, best first. */
exports.all = () => suites().map(({ name }) => name).join(':');
