'use strict';
// util.MIMEType: a media type with its parameters, by the MIME Sniffing Standard.

const { codes } = require('inner/node-errors');

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const NOT_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

function checkToken(production, text, allText = text) {
  const at = text.search(NOT_TOKEN);
  if (text === '' || at !== -1) {
    throw new codes.ERR_INVALID_MIME_SYNTAX(production, allText, at);
  }
  return text;
}

/** The parameters of a media type: a map of names to values. */
class MIMEParams {
  #data = new Map();

  delete(name) {
    this.#data.delete(`${name}`);
  }

  get(name) {
    const key = `${name}`;
    return this.#data.has(key) ? this.#data.get(key) : null;
  }

  has(name) {
    return this.#data.has(`${name}`);
  }

  set(name, value) {
    const key = checkToken('parameter name', `${name}`);
    const text = `${value}`;
    if (!VALUE.test(text)) {
      throw new codes.ERR_INVALID_MIME_SYNTAX('parameter value', text, text.search(NOT_VALUE));
    }
    this.#data.set(key, text);
  }

  *entries() {
    yield* this.#data.entries();
  }

  *keys() {
    yield* this.#data.keys();
  }

  *values() {
    yield* this.#data.values();
  }

  toString() {
    return Array.from(this.#data, ([name, value]) => {
      return TOKEN.test(value) ? `${name}=${value}` : `${name}="${value.replace(/["\\]/g, '\\$&')}"`;
    }).join(';');
  }

  toJSON() {
    return this.toString();
  }

  [Symbol.iterator]() {
    return this.entries();
  }
}

/** Reads ;name=value pairs; what is not one is left out. */
function readParameters(text) {
  const params = new MIMEParams();
  const pair = /;[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\.)*)(?:"[^;]*|$)|([^;]*)))?/gs;
  for (const [, rawName, quoted, plain] of text.matchAll(pair)) {
    const name = rawName.toLowerCase();
    const value = quoted === undefined ? (plain || '').replace(/[\t\n\r ]+$/, '') : quoted.replace(/\\(.)/gs, '$1');
    if (TOKEN.test(name) && VALUE.test(value) && (quoted !== undefined || value !== '') && !params.has(name)) {
      params.set(name, value);
    }
  }
  return params;
}

/** A media type such as text/html;charset=utf-8. */
class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(input) {
    const text = `${input}`.trim();
    const slash = text.indexOf('/');
    if (slash === -1) {
      throw new codes.ERR_INVALID_MIME_SYNTAX('type', text, -1);
    }
    this.#type = checkToken('type', text.slice(0, slash), text).toLowerCase();
    const rest = text.slice(slash + 1);
    const semicolon = rest.indexOf(';');
    const subtype = (semicolon === -1 ? rest : rest.slice(0, semicolon)).replace(/[\t\n\r ]+$/, '');
    this.#subtype = checkToken('subtype', subtype, text).toLowerCase();
    this.#params = readParameters(semicolon === -1 ? '' : rest.slice(semicolon));
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    this.#type = checkToken('type', `${value}`).toLowerCase();
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    this.#subtype = checkToken('subtype', `${value}`).toLowerCase();
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const parameters = this.#params.toString();
    return parameters === '' ? this.essence : `${this.essence};${parameters}`;
  }

  toJSON() {
    return this.toString();
  }
}

exports.MIMEParams = MIMEParams;
exports.MIMEType = MIMEType;
