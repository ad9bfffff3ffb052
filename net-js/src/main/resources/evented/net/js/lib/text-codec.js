'use strict';
// TextEncoder and TextDecoder: text from bytes and back, by Java's charsets.

const { codes, validateObject } = require('inner/node-errors');
const { ArrayBuffer, Uint8Array } = require('inner/intrinsics');
const { types } = require('inner/types');

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text whose lone surrogates are replaced by U+FFFD. */
exports.toUSVString = (text) => `${text}`.replace(LONE, '\ufffd');

/** UTF-8 from text. */
class TextEncoder {
  get encoding() {
    return 'utf-8';
  }

  encode(text = '') {
    const bytes = require('buffer').wrap(binding.encode(exports.toUSVString(text), 'utf8'));
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Writes as much as fits into an array; gives how many units were read and bytes written. */
  encodeInto(text, target) {
    if (typeof text !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('src', 'string', text);
    }
    if (!types.isUint8Array(target)) {
      throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', target);
    }
    let read = 0;
    let written = 0;
    for (const char of text) {
      const code = char.codePointAt(0);
      const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (written + size > target.length) {
        break;
      }
      read += char.length;
      written += size;
    }
    target.set(this.encode(text.slice(0, read)));
    return { read, written };
  }
}

/** Labels of the Encoding Standard whose encoding is not the one that Java knows by that name. */
const LABELS = { __proto__: null };
for (const [name, labels] of [
  ['utf-8', 'utf8 utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8'],
  ['utf-16le', 'utf-16le utf-16 ucs-2 csunicode iso-10646-ucs-2 unicode unicodefeff'],
  ['utf-16be', 'utf-16be unicodefffe'],
  ['windows-1252', 'ascii us-ascii ansi_x3.4-1968 cp1252 cp819 ibm819 iso-8859-1 iso8859-1 iso88591 iso_8859-1 l1 latin1'],
  ['windows-1254', 'iso-8859-9 latin5 l5 iso8859-9 cp1254'],
  ['gbk', 'gbk gb2312 chinese csgb2312 gb_2312 gb_2312-80 x-gbk'],
  ['shift_jis', 'shift_jis shift-jis sjis ms_kanji csshiftjis windows-31j x-sjis ms932'],
  ['euc-kr', 'euc-kr cseuckr korean ks_c_5601-1987 ksc5601 windows-949'],
]) {
  for (const label of labels.split(' ')) {
    LABELS[label] = name;
  }
}

/** Text from UTF-8, or any other encoding that the JVM has. */
class TextDecoder {
  #decoder = null;
  #encoding;
  #fatal;
  #ignoreBOM;
  #isBegun = false;

  /**
   * @param {string} [label] the encoding (utf-8)
   * @param {object} [options] fatal: throw at bytes that are none of the encoding; ignoreBOM: keep the byte order mark
   */
  constructor(label = 'utf-8', options = {}) {
    validateObject(options === null ? {} : options, 'options', { allowArray: true, allowFunction: true });
    const plain = `${label}`.trim().toLowerCase();
    const encoding = LABELS[plain] || binding.charset(plain);
    if (encoding === null) {
      throw new codes.ERR_ENCODING_NOT_SUPPORTED(label);
    }
    this.#encoding = encoding;
    this.#fatal = Boolean(options && options.fatal);
    this.#ignoreBOM = Boolean(options && options.ignoreBOM);
  }

  get encoding() {
    return this.#encoding;
  }

  get fatal() {
    return this.#fatal;
  }

  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  /** Decodes a piece; with `stream`, what is not whole waits for the next one. */
  decode(input = new Uint8Array(0), options = {}) {
    let view = input;
    if (types.isAnyArrayBuffer(input)) {
      view = new Uint8Array(input);
    } else if (!ArrayBuffer.isView(input)) {
      throw new codes.ERR_INVALID_ARG_TYPE('input', ['SharedArrayBuffer', 'ArrayBuffer', 'ArrayBufferView'], input);
    }
    const isLast = !(options && options.stream);
    if (this.#decoder === null) {
      this.#decoder = binding.textDecoder(this.#encoding, this.#fatal);
    }
    let text;
    try {
      text = binding.decodeText(this.#decoder, isLast, view.buffer, view.byteOffset, view.byteLength);
    } catch (error) {
      this.#decoder = null;
      this.#isBegun = false;
      throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding);
    }
    if (!this.#isBegun && text !== '') {
      this.#isBegun = true;
      if (!this.#ignoreBOM && text[0] === '\ufeff' && this.#encoding.startsWith('utf-')) {
        text = text.slice(1);
      }
    }
    if (isLast) {
      this.#isBegun = false;
    }
    return text;
  }
}

for (const [Type, tag] of [
  [TextEncoder, 'TextEncoder'],
  [TextDecoder, 'TextDecoder'],
]) {
  Object.defineProperty(Type.prototype, Symbol.toStringTag, { value: tag, configurable: true });
}
exports.TextEncoder = TextEncoder;
exports.TextDecoder = TextDecoder;
