'use strict';
// DOMException: the errors of what browsers define.

/** The codes of old, by name. A null is a code that no one uses any more. */
const NAMES = [
  ...['IndexSizeError', null, 'HierarchyRequestError', 'WrongDocumentError', 'InvalidCharacterError', null],
  ...['NoModificationAllowedError', 'NotFoundError', 'NotSupportedError', 'InUseAttributeError', 'InvalidStateError'],
  ...['SyntaxError', 'InvalidModificationError', 'NamespaceError', 'InvalidAccessError', null, 'TypeMismatchError'],
  ...['SecurityError', 'NetworkError', 'AbortError', 'URLMismatchError', 'QuotaExceededError', 'TimeoutError'],
  ...['InvalidNodeTypeError', 'DataCloneError'],
];
const CONSTANTS = [
  ...['INDEX_SIZE_ERR', 'DOMSTRING_SIZE_ERR', 'HIERARCHY_REQUEST_ERR', 'WRONG_DOCUMENT_ERR', 'INVALID_CHARACTER_ERR'],
  ...['NO_DATA_ALLOWED_ERR', 'NO_MODIFICATION_ALLOWED_ERR', 'NOT_FOUND_ERR', 'NOT_SUPPORTED_ERR'],
  ...['INUSE_ATTRIBUTE_ERR', 'INVALID_STATE_ERR', 'SYNTAX_ERR', 'INVALID_MODIFICATION_ERR', 'NAMESPACE_ERR'],
  ...['INVALID_ACCESS_ERR', 'VALIDATION_ERR', 'TYPE_MISMATCH_ERR', 'SECURITY_ERR', 'NETWORK_ERR', 'ABORT_ERR'],
  ...['URL_MISMATCH_ERR', 'QUOTA_EXCEEDED_ERR', 'TIMEOUT_ERR', 'INVALID_NODE_TYPE_ERR', 'DATA_CLONE_ERR'],
];

const details = new WeakMap();

function detailsOf(object) {
  const found = details.get(object);
  if (found === undefined) {
    throw new (require('inner/node-errors').codes.ERR_INVALID_THIS)('DOMException');
  }
  return found;
}

class DOMException {
  /**
   * @param {string} [message]
   * @param {string|{name: string, cause: *}} [options] the name, such as AbortError
   */
  constructor(message = '', options = 'Error') {
    // An error of the engine's lends its stack: a class that extends Error would have name and message of its own.
    const stack = new Error(`${message}`).stack;
    const isObject = options !== null && typeof options === 'object';
    const name = isObject ? (options.name === undefined ? 'Error' : `${options.name}`) : `${options}`;
    details.set(this, { name, message: `${message}` });
    const head = `${name}${`${message}` === '' ? '' : `: ${message}`}`;
    const at = stack.search(/\n\s+at /);
    const lines = at < 0 ? '' : stack.slice(at).replace(/^\n\s+at new DOMException[^\n]*/, '');
    const hidden = (key, value) =>
      Object.defineProperty(this, key, { value, writable: true, enumerable: false, configurable: true });
    hidden('stack', head + lines);
    if (isObject && 'cause' in options) {
      hidden('cause', options.cause);
    }
  }

  get name() {
    return detailsOf(this).name;
  }

  get message() {
    return detailsOf(this).message;
  }

  get code() {
    const at = NAMES.indexOf(detailsOf(this).name);
    return at + 1;
  }
}
Object.setPrototypeOf(DOMException.prototype, Error.prototype);
for (const key of ['name', 'message', 'code']) {
  Object.defineProperty(DOMException.prototype, key, { enumerable: true });
}
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
CONSTANTS.forEach((name, index) => {
  Object.defineProperty(DOMException, name, { value: index + 1, enumerable: true });
  Object.defineProperty(DOMException.prototype, name, { value: index + 1, enumerable: true });
});

module.exports = DOMException;
