'use strict';
// Errors as today's Node makes them: the class, the code and the words of each.

const { Error, TypeError, RangeError, Object, Array, Number, String, Symbol } = globalThis;

/** What a wrong value is called in a message. */
function received(value) {
  if (value === null || value === undefined) {
    return `Received ${value}`;
  }
  if (typeof value === 'function') {
    return `Received function ${value.name}`;
  }
  if (typeof value === 'object') {
    const maker = value.constructor && value.constructor.name;
    return maker ? `Received an instance of ${maker}` : `Received ${require('inner/inspect').inspect(value, { depth: -1 })}`;
  }
  const shown = require('inner/inspect').inspect(value, { colors: false });
  return `Received type ${typeof value} (${shown.length > 28 ? `${shown.slice(0, 25)}...` : shown})`;
}

const PRIMITIVES = ['string', 'function', 'number', 'object', 'boolean', 'bigint', 'symbol'];

function list(words, last) {
  if (words.length < 3) {
    return words.join(` ${last} `);
  }
  return `${words.slice(0, -1).join(', ')}, ${last} ${words[words.length - 1]}`;
}

/** What a value was to be: types by their name in lower case, classes by theirs, and anything else. */
function expectation(expected) {
  const wanted = Array.isArray(expected) ? expected : [expected];
  const types = [];
  const classes = [];
  const others = [];
  for (const one of wanted) {
    if (PRIMITIVES.includes(one) || one === 'Function' || one === 'Object') {
      types.push(one.toLowerCase());
    } else if (/^[A-Z]\w*$/.test(one)) {
      classes.push(one);
    } else {
      others.push(one);
    }
  }
  const asObject = classes.length > 0 && types.includes('object');
  if (asObject) {
    types.splice(types.indexOf('object'), 1);
    classes.push('Object');
  }
  const parts = [];
  if (types.length > 0) {
    parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${list(types, 'or')}`);
  }
  if (classes.length > 0) {
    parts.push(`an instance of ${list(classes, 'or')}`);
  }
  if (others.length > 0) {
    if (others.length > 1) {
      parts.push(`one of ${list(others, 'or')}`);
    } else {
      parts.push(`${others[0].toLowerCase() === others[0] ? '' : 'an '}${others[0]}`);
    }
  }
  return parts.join(' or ');
}

/** `The "port" argument`, or `The "options.port" property`. */
function subject(name) {
  if (name.endsWith(' argument')) {
    return `The ${name}`;
  }
  return `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

/** A number with an underscore between thousands. */
function grouped(value) {
  const text = String(value);
  const sign = text.startsWith('-') ? '-' : '';
  return sign + text.slice(sign.length).replace(/\B(?=(\d{3})+(?!\d))/g, '_');
}

function shownNumber(value) {
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) {
    return grouped(value);
  }
  if (typeof value === 'bigint') {
    return `${value > 2n ** 32n || value < -(2n ** 32n) ? grouped(value) : value}n`;
  }
  return require('inner/inspect').inspect(value);
}

/** Who asked for a module, in a message about it. */
const importer = (file) => (file ? ` imported from ${file}` : '');

/** The class and the words of each code: a text, or a function of the arguments. */
const DEFINITIONS = {
  ERR_AMBIGUOUS_ARGUMENT: [TypeError, (name, reason) => `The "${name}" argument is ambiguous. ${reason}`],
  ERR_ARG_NOT_ITERABLE: [TypeError, (name) => `${name} must be iterable`],
  ERR_ASSERTION: [Error, (text) => text],
  ERR_ASYNC_CALLBACK: [TypeError, (name) => `${name} must be a function`],
  ERR_ASYNC_TYPE: [TypeError, (type) => `Invalid name for async "type": ${type}`],
  ERR_BUFFER_OUT_OF_BOUNDS: [
    RangeError,
    (name) => (name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds'),
  ],
  ERR_BUFFER_TOO_LARGE: [RangeError, (size) => `Cannot create a Buffer larger than ${size} bytes`],
  ERR_CHILD_CLOSED_BEFORE_REPLY: [Error, 'Child closed before reply received'],
  ERR_CONSOLE_WRITABLE_STREAM: [TypeError, (name) => `Console expects a writable stream instance for ${name}`],
  ERR_CONSTRUCT_CALL_INVALID: [TypeError, 'Constructor cannot be called'],
  ERR_CONSTRUCT_CALL_REQUIRED: [TypeError, (name) => `Class constructor ${name} cannot be invoked without \`new\``],
  ERR_DLOPEN_FAILED: [Error, (file) => `Native addons cannot be loaded on the JVM: ${file}`],
  ERR_DIR_CLOSED: [Error, 'Directory handle was closed'],
  ERR_DNS_SET_SERVERS_FAILED: [Error, (reason, servers) => `c-ares failed to set servers: "${reason}" [${servers}]`],
  ERR_ENCODING_INVALID_ENCODED_DATA: [
    TypeError,
    (encoding) => `The encoded data was not valid for encoding ${encoding}`,
  ],
  ERR_ENCODING_NOT_SUPPORTED: [RangeError, (encoding) => `The "${encoding}" encoding is not supported`],
  ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED: [Error, 'Custom engines not supported by this OpenSSL'],
  ERR_CRYPTO_ECDH_INVALID_FORMAT: [TypeError, (format) => `Invalid ECDH format: ${format}`],
  ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY: [Error, 'Public key is not valid for specified curve'],
  ERR_CRYPTO_HASH_FINALIZED: [Error, 'Digest already called'],
  ERR_CRYPTO_HASH_UPDATE_FAILED: [Error, 'Hash update failed'],
  ERR_CRYPTO_INCOMPATIBLE_KEY: [Error, (name, text) => `Incompatible ${name}: ${text}`],
  ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS: [Error, (option, reason) => `The selected key encoding ${option} ${reason}.`],
  ERR_CRYPTO_INVALID_AUTH_TAG: [TypeError, (text = 'Invalid authentication tag') => text],
  ERR_CRYPTO_INVALID_COUNTER: [TypeError, 'Invalid counter'],
  ERR_CRYPTO_INVALID_CURVE: [TypeError, (text = 'Invalid EC curve name') => text],
  ERR_CRYPTO_INVALID_DIGEST: [TypeError, (name) => `Invalid digest: ${name}`],
  ERR_CRYPTO_INVALID_IV: [TypeError, 'Invalid initialization vector'],
  ERR_CRYPTO_INVALID_JWK: [TypeError, (text = 'Invalid JWK') => text],
  ERR_CRYPTO_INVALID_KEYLEN: [RangeError, (text = 'Invalid key length') => text],
  ERR_CRYPTO_INVALID_KEYPAIR: [RangeError, 'Invalid key pair'],
  ERR_CRYPTO_INVALID_KEYTYPE: [RangeError, 'Invalid key type'],
  ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE: [
    TypeError,
    (actual, expected) => `Invalid key object type ${actual}, expected ${expected}.`,
  ],
  ERR_CRYPTO_INVALID_MESSAGELEN: [RangeError, 'Invalid message length'],
  ERR_CRYPTO_INVALID_SCRYPT_PARAMS: [RangeError, (reason) => `Invalid scrypt params${reason === undefined ? '' : `: ${reason}`}`],
  ERR_CRYPTO_INVALID_STATE: [Error, (name) => `Invalid state for operation ${name}`],
  ERR_CRYPTO_INVALID_TAG_LENGTH: [RangeError, 'Invalid taglength'],
  ERR_CRYPTO_JWK_UNSUPPORTED_CURVE: [Error, (name) => `Unsupported JWK EC curve: ${name}.`],
  ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE: [Error, 'Unsupported JWK Key Type.'],
  ERR_CRYPTO_SCRYPT_INVALID_PARAMETER: [Error, 'Invalid scrypt parameter'],
  ERR_CRYPTO_SIGN_KEY_REQUIRED: [Error, 'No key provided to sign'],
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: [RangeError, 'Input buffers must have the same byte length'],
  ERR_CRYPTO_UNKNOWN_CIPHER: [Error, 'Unknown cipher'],
  ERR_CRYPTO_UNKNOWN_DH_GROUP: [Error, 'Unknown DH group'],
  ERR_CRYPTO_UNSUPPORTED_OPERATION: [Error, (text = 'Unsupported crypto operation') => text],
  ERR_EVENT_RECURSION: [Error, (type) => `The event "${type}" is already being dispatched`],
  ERR_FALSY_VALUE_REJECTION: [
    Error,
    'Promise was rejected with falsy value',
    (error, [reason]) => Object.assign(error, { reason }),
  ],
  ERR_FEATURE_UNAVAILABLE_ON_PLATFORM: [
    TypeError,
    (name) => `The feature ${name} is unavailable on the current platform, which is being used to run Node.js`,
  ],
  ERR_FS_EISDIR: [Error, (path) => `Path is a directory: rm returned EISDIR (is a directory) ${path}`],
  ERR_HTTP_INVALID_STATUS_CODE: [RangeError, (code) => `Invalid status code: ${code}`],
  ERR_ILLEGAL_CONSTRUCTOR: [TypeError, 'Illegal constructor'],
  ERR_INCOMPATIBLE_OPTION_PAIR: [
    TypeError,
    (one, other) => `Option "${one}" cannot be used in combination with option "${other}"`,
  ],
  ERR_INVALID_ADDRESS: [Error, 'Invalid address'],
  ERR_INVALID_ADDRESS_FAMILY: [
    RangeError,
    (family, host, port) => `Invalid address family: ${family} ${host}:${port}`,
    (error, [, host, port]) => Object.assign(error, { host, port }),
  ],
  ERR_INVALID_ARG_TYPE: [
    TypeError,
    (name, expected, actual) => `${subject(name)} must be ${expectation(expected)}. ${received(actual)}`,
  ],
  ERR_INVALID_ARG_VALUE: [
    TypeError,
    (name, value, reason = 'is invalid') => {
      const shown = require('inner/inspect').inspect(value);
      const short = shown.length > 128 ? `${shown.slice(0, 128)}...` : shown;
      return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${short}`;
    },
  ],
  ERR_INVALID_ASYNC_ID: [RangeError, (name, value) => `Invalid ${name} value: ${value}`],
  ERR_INVALID_CALLBACK: [TypeError, (value) => `Callback must be a function. ${received(value)}`],
  ERR_INVALID_FD: [RangeError, (value) => `"fd" must be a positive integer: ${value}`],
  ERR_INVALID_FD_TYPE: [TypeError, (type) => `Unsupported fd type: ${type}`],
  ERR_INVALID_FILE_URL_HOST: [TypeError, (platform) => `File URL host must be "localhost" or empty on ${platform}`],
  ERR_INVALID_FILE_URL_PATH: [TypeError, (reason) => `File URL path ${reason}`],
  ERR_INVALID_HANDLE_TYPE: [TypeError, 'This handle type cannot be sent'],
  ERR_INVALID_IP_ADDRESS: [TypeError, (address) => `Invalid IP address: ${address}`],
  ERR_INVALID_OBJECT_DEFINE_PROPERTY: [TypeError, (text) => text],
  ERR_INVALID_MODULE_SPECIFIER: [
    TypeError,
    (name, reason, from) => `Invalid module "${name}" ${reason}${importer(from)}`,
  ],
  ERR_INVALID_PACKAGE_CONFIG: [
    Error,
    (file, from, reason) => `Invalid package config ${file}${from ? ` while importing ${from}` : ''}.${reason ? ` ${reason}` : ''}`,
  ],
  ERR_INVALID_PACKAGE_TARGET: [
    Error,
    (file, field, key, target, from) => {
      const hint = typeof target === 'string' && field === 'exports' && !target.startsWith('./');
      const what = key === '.' ? '"exports" main target' : `"${field}" target`;
      const where = key === '.' ? 'defined' : `defined for '${key}'`;
      return (
        `Invalid ${what} ${JSON.stringify(target)} ${where} in the package config ${file}${importer(from)}` +
        (hint ? '; targets must start with "./"' : '')
      );
    },
  ],
  ERR_INVALID_MIME_SYNTAX: [
    TypeError,
    (production, text, at) =>
      `The MIME syntax for a ${production} in ${JSON.stringify(text)} is invalid${at === -1 ? '' : ` at ${at}`}`,
  ],
  ERR_INVALID_RETURN_PROPERTY_VALUE: [
    TypeError,
    (input, name, property, value) =>
      `Expected ${input} to be returned for the "${property}" from the "${name}" function but got ${kind(value)}.`,
  ],
  ERR_INVALID_RETURN_VALUE: [
    TypeError,
    (input, name, value) => `Expected ${input} to be returned from the "${name}" function but got ${kind(value)}.`,
  ],
  ERR_INVALID_STATE: [Error, (text) => `Invalid state: ${text}`],
  ERR_INVALID_THIS: [TypeError, (name) => `Value of "this" must be of type ${name}`],
  ERR_INVALID_URI: [URIError, 'URI malformed'],
  ERR_INVALID_URL: [TypeError, 'Invalid URL', (error, [input, base]) => Object.assign(error, base === undefined ? { input } : { input, base })],
  ERR_INVALID_URL_SCHEME: [TypeError, (scheme) => `The URL must be of scheme ${scheme}`],
  ERR_IP_BLOCKED: [Error, (address) => `IP(${address}) is blocked by net.BlockList`],
  ERR_METHOD_NOT_IMPLEMENTED: [Error, (name) => `The ${name} method is not implemented`],
  ERR_MISSING_ARGS: [
    TypeError,
    (...names) => {
      const words = names.map((name) => (Array.isArray(name) ? name.map((one) => `"${one}"`).join(' or ') : `"${name}"`));
      return `The ${list(words, 'and')} argument${words.length > 1 ? 's' : ''} must be specified`;
    },
  ],
  ERR_MODULE_NOT_FOUND: [
    Error,
    (what, name, from) => `Cannot find ${what} '${name}'${importer(from)}`,
    (error, [, , , url]) => (url === undefined ? error : Object.assign(error, { url })),
  ],
  ERR_MULTIPLE_CALLBACK: [Error, 'Callback called multiple times'],
  ERR_OPERATION_FAILED: [Error, (reason) => `Operation failed: ${reason}`],
  ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH: [
    Error,
    'error:030000B2:digital envelope routines::not XOF or invalid length',
    (error) => Object.assign(error, { library: 'digital envelope routines', reason: 'not XOF or invalid length' }),
  ],
  ERR_OUT_OF_RANGE: [
    RangeError,
    (name, range, value) => `The value of "${name}" is out of range. It must be ${range}. Received ${shownNumber(value)}`,
  ],
  ERR_PACKAGE_IMPORT_NOT_DEFINED: [
    TypeError,
    (name, file, from) =>
      `Package import specifier "${name}" is not defined${file ? ` in package ${file}` : ''}${importer(from)}`,
  ],
  ERR_PACKAGE_PATH_NOT_EXPORTED: [
    Error,
    (file, subpath, from) =>
      (subpath === '.' ? 'No "exports" main defined' : `Package subpath '${subpath}' is not defined by "exports"`) +
      ` in ${file}${importer(from)}`,
  ],
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: [TypeError, (text) => text],
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: [TypeError, (text) => text],
  ERR_PARSE_ARGS_UNKNOWN_OPTION: [TypeError, (text) => text],
  ERR_PERFORMANCE_INVALID_TIMESTAMP: [TypeError, (value) => `${value} is not a valid timestamp`],
  ERR_REQUIRE_ASYNC_MODULE: [
    Error,
    (file) => `${file} is an ES module that waits for something at its top level: load it with import()`,
  ],
  ERR_SCRIPT_EXECUTION_INTERRUPTED: [Error, 'Script execution was interrupted by `SIGINT`'],
  ERR_SERVER_ALREADY_LISTEN: [Error, 'Listen method has been called more than once without closing.'],
  ERR_SERVER_NOT_RUNNING: [Error, 'Server is not running.'],
  ERR_SOCKET_BAD_PORT: [
    RangeError,
    (name, port, allowZero = true) =>
      `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. ${received(port)}.`,
  ],
  ERR_SOCKET_CLOSED: [Error, 'Socket is closed'],
  ERR_SOCKET_CLOSED_BEFORE_CONNECTION: [Error, 'Socket closed before the connection was established'],
  ERR_SOCKET_CONNECTION_TIMEOUT: [Error, 'Socket connection timeout'],
  ERR_STREAM_ALREADY_FINISHED: [Error, (name) => `Cannot call ${name} after a stream was finished`],
  ERR_STREAM_CANNOT_PIPE: [Error, 'Cannot pipe, not readable'],
  ERR_STREAM_DESTROYED: [Error, (name) => `Cannot call ${name} after a stream was destroyed`],
  ERR_STREAM_NULL_VALUES: [TypeError, 'May not write null values to stream'],
  ERR_STREAM_PREMATURE_CLOSE: [Error, 'Premature close'],
  ERR_STREAM_PUSH_AFTER_EOF: [Error, 'stream.push() after EOF'],
  ERR_STREAM_UNABLE_TO_PIPE: [Error, 'Cannot pipe to a closed or destroyed stream'],
  ERR_STREAM_UNSHIFT_AFTER_END_EVENT: [Error, 'stream.unshift() after end event'],
  ERR_STREAM_WRAP: [Error, 'Stream has StringDecoder set or is in objectMode'],
  ERR_STREAM_WRITE_AFTER_END: [Error, 'write after end'],
  ERR_TLS_ALPN_CALLBACK_INVALID_RESULT: [
    TypeError,
    (value, protocols) =>
      `ALPN callback returned a value (${value}) that did not match any of the client's offered protocols (${protocols.join(', ')})`,
  ],
  ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS: [TypeError, 'The ALPNCallback and ALPNProtocols TLS options are mutually exclusive'],
  ERR_TLS_CERT_ALTNAME_FORMAT: [SyntaxError, 'Invalid subject alternative name string'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    Error,
    (reason) => `Hostname/IP does not match certificate's altnames: ${reason}`,
    (error, [reason, host, cert]) => Object.assign(error, { reason, host, cert }),
  ],
  ERR_TLS_HANDSHAKE_TIMEOUT: [Error, 'TLS handshake timeout'],
  ERR_TLS_INVALID_CONTEXT: [TypeError, (name) => `${name} must be a SecureContext`],
  ERR_TLS_INVALID_PROTOCOL_VERSION: [
    TypeError,
    (value, name) => `${JSON.stringify(value)} is not a valid ${name} TLS protocol version`,
  ],
  ERR_TLS_PROTOCOL_VERSION_CONFLICT: [
    TypeError,
    (version, method) => `TLS protocol version ${version} conflicts with secureProtocol ${method}`,
  ],
  ERR_TLS_RENEGOTIATION_DISABLED: [Error, 'TLS session renegotiation disabled for this socket'],
  ERR_TLS_REQUIRED_SERVER_NAME: [Error, '"servername" is required parameter for Server.addContext'],
  ERR_TLS_SNI_FROM_SERVER: [Error, 'Cannot issue SNI from a TLS server-side socket'],
  ERR_UNAVAILABLE_DURING_EXIT: [Error, 'Cannot call function in process exit handler'],
  ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET: [
    Error,
    '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active',
  ],
  ERR_UNESCAPED_CHARACTERS: [TypeError, (name) => `${name} contains unescaped characters`],
  ERR_UNHANDLED_ERROR: [
    Error,
    (value) => (value === undefined ? 'Unhandled error.' : `Unhandled error. (${value})`),
  ],
  ERR_UNKNOWN_BUILTIN_MODULE: [Error, (name) => `No such built-in module: ${name}`],
  ERR_UNKNOWN_ENCODING: [TypeError, (name) => `Unknown encoding: ${name}`],
  ERR_UNKNOWN_FILE_EXTENSION: [TypeError, (extension, file) => `Unknown file extension "${extension}" for ${file}`],
  ERR_UNKNOWN_MODULE_FORMAT: [RangeError, (format, url) => `Unknown module format: ${format} for URL ${url}`],
  ERR_UNKNOWN_SIGNAL: [TypeError, (name) => `Unknown signal: ${name}`],
  ERR_UNSUPPORTED_DIR_IMPORT: [
    Error,
    (folder, from) => `Directory import '${folder}' is not supported resolving ES modules${importer(from)}`,
    (error, [, , url]) => Object.assign(error, { url }),
  ],
  ERR_UNSUPPORTED_ESM_URL_SCHEME: [
    Error,
    (scheme) =>
      'Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. ' +
      `Received protocol '${scheme}'`,
  ],
  ERR_USE_AFTER_CLOSE: [Error, (name) => `${name} was closed`],
  ERR_ZLIB_INITIALIZATION_FAILED: [Error, 'Initialization failed'],
};

/** What a returned value is called. */
const kind = (value) => received(value).slice('Received '.length);

/** The frames of an error's stack: the engine leaves them out for the classes of this folder. */
function framed(error) {
  const { stack } = error;
  if (typeof stack !== 'string' || stack.includes('\n    at ')) {
    return stack;
  }
  const frames = String(new Error().stack).split('\n').slice(1);
  return frames.length === 0 ? stack : `${stack}\n${frames.join('\n')}`;
}
exports.framed = framed;

/**
 * Gives an error its code: in `code`, and in its stack behind the class, but not in its name.
 * @param {Error} error a new one
 * @param {string} code such as ERR_INVALID_ARG_TYPE
 * @returns {Error} the same
 */
function coded(error, code) {
  const { name } = error;
  Object.defineProperty(error, 'name', { value: `${name} [${code}]`, configurable: true, writable: true, enumerable: false });
  const shown = framed(error);
  if (typeof shown === 'string' && shown.startsWith(name) && !shown.startsWith(`${name} [`)) {
    const stack = `${name} [${code}]${shown.slice(name.length)}`;
    Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true, enumerable: false });
  }
  delete error.name;
  Object.defineProperty(error, 'code', { value: code, configurable: true, writable: true, enumerable: true });
  return error;
}

function define(code, [Base, words, complete]) {
  class NodeError extends Base {
    constructor(...args) {
      super(typeof words === 'function' ? words(...args) : words);
      coded(this, code);
      if (complete) {
        complete(this, args);
      }
    }

    toString() {
      return `${this.name} [${code}]: ${this.message}`;
    }
  }
  Object.defineProperty(NodeError, 'name', { value: Base.name });
  Object.defineProperty(NodeError.prototype, 'constructor', { value: Base, writable: true, configurable: true });
  return NodeError;
}

/** Constructors of errors by their code; each is made when it is first used. */
const codes = { __proto__: null };
for (const code of Object.keys(DEFINITIONS)) {
  Object.defineProperty(codes, code, {
    get() {
      const value = define(code, DEFINITIONS[code]);
      Object.defineProperty(codes, code, { value, enumerable: true });
      return value;
    },
    configurable: true,
    enumerable: true,
  });
}

exports.codes = codes;
exports.coded = coded;
exports.received = received;

/** What an operation that was aborted ends with. */
class AbortError extends Error {
  /**
   * @param {string} [message]
   * @param {{cause: *}} [options] with the reason of the signal
   */
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}
exports.AbortError = AbortError;

/** The numbers of Linux that stand behind the codes of failed system calls. */
const ERRNO = {
  __proto__: null,
  EPERM: 1, ENOENT: 2, ESRCH: 3, EINTR: 4, EIO: 5, EBADF: 9, EAGAIN: 11, ENOMEM: 12, EACCES: 13, EBUSY: 16, EEXIST: 17,
  EXDEV: 18, ENODEV: 19, ENOTDIR: 20, EISDIR: 21, EINVAL: 22, ENFILE: 23, EMFILE: 24, ETXTBSY: 26, EFBIG: 27,
  ENOSPC: 28, ESPIPE: 29, EROFS: 30, EMLINK: 31, EPIPE: 32, ENAMETOOLONG: 36, ENOSYS: 38, ENOTEMPTY: 39, ELOOP: 40,
  EPROTO: 71, ENOTSOCK: 88, EDESTADDRREQ: 89, EMSGSIZE: 90, EPROTOTYPE: 91, ENOPROTOOPT: 92, EPROTONOSUPPORT: 93,
  EOPNOTSUPP: 95, ENOTSUP: 95, EAFNOSUPPORT: 97, EADDRINUSE: 98, EADDRNOTAVAIL: 99, ENETDOWN: 100, ENETUNREACH: 101,
  ECONNABORTED: 103, ECONNRESET: 104, ENOBUFS: 105, EISCONN: 106, ENOTCONN: 107, ETIMEDOUT: 110, ECONNREFUSED: 111,
  EHOSTDOWN: 112, EHOSTUNREACH: 113, EALREADY: 114, ECANCELED: 125,
  EOF: 4095, EAI_AGAIN: 3001, ENOTFOUND: 3008,
};

/** What the codes mean, in the words that Node's users search for. */
const MEANING = {
  __proto__: null,
  EACCES: 'permission denied',
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'address not available',
  EBADF: 'bad file descriptor',
  EINVAL: 'invalid argument',
  EMFILE: 'too many open files',
  ENOENT: 'no such file or directory',
  ENOTCONN: 'socket is not connected',
  ENOTSOCK: 'socket operation on non-socket',
  ENOTSUP: 'operation not supported on socket',
};

/**
 * The errno of a code, negative as in Node.
 * @param {string} code such as ECONNRESET
 * @returns {number|undefined}
 */
exports.errno = (code) => (ERRNO[code] === undefined ? undefined : -ERRNO[code]);
exports.ERRNO = ERRNO;
exports.MEANING = MEANING;

/** What a code means, where Node says that behind it; else undefined. */
exports.meaning = (code) => (code === null ? undefined : MEANING[code]);

/**
 * The error of a failed system call that concerns an address: `connect ECONNREFUSED 127.0.0.1:1`.
 * @param {string} code such as ECONNREFUSED
 * @param {string} syscall such as connect
 * @param {?string} [address] an IP address or a path
 * @param {?number} [port]
 * @param {string} [more] what stands behind the address
 */
exports.systemError = function systemError(code, syscall, address, port, more) {
  const meaning = syscall === 'listen' ? MEANING[code] : undefined;
  let message = `${syscall} ${code}${meaning === undefined ? '' : `: ${meaning}`}`;
  if (address !== undefined && address !== null) {
    message += port > 0 ? ` ${address}:${port}` : ` ${address}`;
  }
  if (more) {
    message += ` - Local (${more})`;
  }
  const error = new Error(message);
  error.errno = exports.errno(code);
  error.code = code;
  error.syscall = syscall;
  if (address !== undefined && address !== null) {
    error.address = address;
  }
  if (port) {
    error.port = port;
  }
  return error;
};

// Checks of arguments: each returns nothing and throws what Node throws.

const check = (type) => (value, name) => {
  if (typeof value !== type) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, type, value);
  }
};

exports.validateString = check('string');
exports.validateBoolean = check('boolean');
exports.validateSymbol = check('symbol');

exports.validateFunction = function validateFunction(value, name) {
  if (typeof value !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Function', value);
  }
};

/** Checks for a number from `min` to `max`. */
exports.validateNumber = function validateNumber(value, name, min, max) {
  if (typeof value !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  }
  const tooSmall = min !== undefined && min !== null && value < min;
  const tooLarge = max !== undefined && max !== null && value > max;
  const bounded = (min !== undefined && min !== null) || (max !== undefined && max !== null);
  if (tooSmall || tooLarge || (bounded && Number.isNaN(value))) {
    const range = [];
    if (min !== undefined && min !== null) {
      range.push(`>= ${min}`);
    }
    if (max !== undefined && max !== null) {
      range.push(`<= ${max}`);
    }
    throw new codes.ERR_OUT_OF_RANGE(name, range.join(' && '), value);
  }
};

/** Checks for a whole number from `min` to `max`. */
exports.validateInteger = function validateInteger(
  value,
  name,
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER
) {
  if (typeof value !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  }
  if (!Number.isInteger(value)) {
    throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  }
  if (value < min || value > max) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
  }
};

exports.validateInt32 = (value, name, min = -2147483648, max = 2147483647) =>
  exports.validateInteger(value, name, min, max);

exports.validateUint32 = (value, name, positive = false) =>
  exports.validateInteger(value, name, positive ? 1 : 0, 4294967295);

/** Checks for an object that is neither null, nor an array, nor a function. */
exports.validateObject = function validateObject(value, name, options = {}) {
  const fits =
    (value !== null || options.allowNull) &&
    (typeof value === 'object' || (options.allowFunction && typeof value === 'function')) &&
    (options.allowArray || !Array.isArray(value));
  if (!fits) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Object', value);
  }
};

exports.validateArray = function validateArray(value, name, minLength = 0) {
  if (!Array.isArray(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Array', value);
  }
  if (value.length < minLength) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be longer than ${minLength}`);
  }
};

exports.validateBuffer = function validateBuffer(value, name = 'buffer') {
  if (!ArrayBuffer.isView(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], value);
  }
};

exports.validateOneOf = function validateOneOf(value, name, allowed) {
  if (!allowed.includes(value)) {
    const shown = allowed.map((one) => (typeof one === 'string' ? `'${one}'` : String(one))).join(', ');
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be one of: ${shown}`);
  }
};

/** Checks for an AbortSignal; undefined passes. */
exports.validateAbortSignal = function validateAbortSignal(value, name) {
  if (value !== undefined && (value === null || typeof value !== 'object' || !('aborted' in value))) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'AbortSignal', value);
  }
};

/**
 * Checks for a port: a whole number of 0 to 65535, or a text of one.
 * @returns {number} it
 */
exports.validatePort = function validatePort(port, name = 'Port', allowZero = true) {
  const isText = typeof port === 'string' && port.trim().length > 0;
  const fits =
    (typeof port === 'number' || isText) && Number(port) === Number(port) >>> 0 && Number(port) <= 65535 && (port !== 0 || allowZero);
  if (!fits) {
    throw new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero);
  }
  return Number(port) | 0;
};

Object.defineProperty(exports, 'DOMException', { get: () => require('inner/dom-exception'), enumerable: true });
