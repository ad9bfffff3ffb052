'use strict';
// atob and btoa, as the HTML standard has them.

const { Buffer } = require('buffer');
const { codes } = require('inner/node-errors');

function invalid(message) {
  const DOMException = require('inner/dom-exception');
  return new DOMException(message, 'InvalidCharacterError');
}

/**
 * Decodes base64 to a text of bytes.
 * @param {string} input
 * @returns {string} a character of 0 to 255 for each byte
 */
exports.atob = function atob(input) {
  if (arguments.length === 0) {
    throw new codes.ERR_MISSING_ARGS('input');
  }
  const text = `${input}`.replace(/[\t\n\f\r ]/g, '');
  const body = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  if (/[^A-Za-z0-9+/]/.test(body)) {
    throw invalid('Invalid character');
  }
  if (body.length % 4 === 1) {
    throw invalid('The string to be decoded is not correctly encoded.');
  }
  return Buffer.from(body, 'base64').toString('latin1');
};

/**
 * Encodes a text of bytes.
 * @param {string} input of characters of 0 to 255
 */
exports.btoa = function btoa(input) {
  if (arguments.length === 0) {
    throw new codes.ERR_MISSING_ARGS('input');
  }
  const text = `${input}`;
  if (/[^\0-\xff]/.test(text)) {
    throw invalid('Invalid character');
  }
  return Buffer.from(text, 'latin1').toString('base64');
};
