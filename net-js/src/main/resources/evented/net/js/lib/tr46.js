'use strict';
// What whatwg-url asks of tr46. The package's tables are large, and no plain name needs them.

const PLAIN = /^[\x00-\x7f]*$/;
const ENCODED = /(^|\.)xn--/i;

/** As the URL standard has it: an ASCII name without an encoded label only becomes lower case. */
exports.toASCII = (name, options) =>
  PLAIN.test(name) && !ENCODED.test(name) ? name.toLowerCase() : require('npm/tr46').toASCII(name, options);

exports.toUnicode = (name, options) => require('npm/tr46').toUnicode(name, options);
