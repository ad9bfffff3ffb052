'use strict';
// The npm packages: url for the old functions, whatwg-url for the class URL, loaded when that is used.

const legacy = require('npm/url');
const { codes, validateString } = require('inner/node-errors');

Object.assign(exports, legacy);

let standard = () => {
  const whatwg = require('npm/whatwg-url');

  /** An absolute URL, by the URL standard. */
  class URL extends whatwg.URL {
    constructor(...args) {
      try {
        super(...args);
      } catch (error) {
        if (args.length > 0) {
          error.message = 'Invalid URL';
          Object.assign(error, { code: 'ERR_INVALID_URL', input: String(args[0]) });
        }
        throw error;
      }
    }
  }
  const { URLSearchParams } = whatwg;

  // What console.log shows.
  const custom = Symbol.for('nodejs.util.inspect.custom');
  const define = (type, value) => Object.defineProperty(type.prototype, custom, { value, configurable: true, writable: true });
  define(URL, function (depth, options, inspect) {
    return `URL ${inspect(Object.fromEntries(FACTS.map((name) => [name, this[name]])), options)}`;
  });
  define(URLSearchParams, function (depth, options, inspect) {
    const items = Array.from(this, ([name, value]) => `${inspect(name)} => ${inspect(value)}`);
    return items.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${items.join(', ')} }`;
  });

  standard = () => ({ URL, URLSearchParams });
  return standard();
};
for (const name of ['URL', 'URLSearchParams']) {
  Object.defineProperty(exports, name, { get: () => standard()[name], enumerable: true });
}

/** Takes a URL apart in the old way. */
exports.parse = function parse(url, ...options) {
  if (!(url instanceof legacy.Url)) {
    validateString(url, 'url');
  }
  return legacy.parse(url, ...options);
};

const FACTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash'];

const isStandard = (url) => typeof url === 'object' && url !== null && !(url instanceof legacy.Url) && url instanceof exports.URL;

/** The text of a URL: of either kind, or of the parts of one. */
exports.format = function format(url, options) {
  if (!isStandard(url)) {
    return legacy.format(url);
  }
  const copy = new exports.URL(url.href);
  const { auth = true, fragment = true, search = true } = options || {};
  if (!auth) {
    copy.username = '';
    copy.password = '';
  }
  if (!fragment) {
    copy.hash = '';
  }
  if (!search) {
    copy.search = '';
  }
  return copy.href;
};

exports.domainToASCII = (name) => require('tr46').toASCII(String(name), {}) || '';
exports.domainToUnicode = (name) => require('tr46').toUnicode(String(name), {}).domain;

/** The path that a file: URL stands for. */
exports.fileURLToPath = function fileURLToPath(url) {
  const parsed = typeof url === 'string' ? new exports.URL(url) : url;
  if (!isStandard(parsed)) {
    throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], url);
  }
  if (parsed.protocol !== 'file:') {
    throw new codes.ERR_INVALID_URL_SCHEME('file');
  }
  if (parsed.hostname !== '') {
    throw new codes.ERR_INVALID_FILE_URL_HOST(require('process').platform);
  }
  if (/%2f/i.test(parsed.pathname)) {
    throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
  }
  return decodeURIComponent(parsed.pathname);
};

/** The file: URL of a path. */
exports.pathToFileURL = function pathToFileURL(path) {
  const url = new exports.URL('file:///');
  const { isAbsolute, resolve } = require('path');
  const absolute = isAbsolute(path) ? path : resolve(path);
  url.pathname = absolute.replace(/%/g, '%25').replace(/\\/g, '%5C').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/\t/g, '%09');
  url.pathname = url.pathname.replace(/#/g, '%23').replace(/\?/g, '%3F');
  return url;
};

/** A URL as the options that Node's http takes. */
exports.urlToHttpOptions = (url) => {
  const options = { __proto__: null, protocol: url.protocol, hostname: url.hostname.replace(/^\[|\]$/g, '') };
  Object.assign(options, { hash: url.hash, search: url.search, pathname: url.pathname, path: url.pathname + url.search, href: url.href });
  if (url.port !== '') {
    options.port = Number(url.port);
  }
  if (url.username || url.password) {
    options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  }
  return options;
};
