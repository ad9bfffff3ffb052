'use strict';
// vm: code run in the one context that there is. Contexts of their own are absent at the call.

const { codes, validateArray, validateString } = require('inner/node-errors');

const runGlobally = globalThis.eval;

function fileOf(options) {
  const file = typeof options === 'string' ? options : options && options.filename;
  return file === undefined || file === null ? 'evalmachine.<anonymous>' : String(file);
}

const named = (code, file) => `${code}\n//# sourceURL=${file.replace(/\s/g, '%20')}`;

/** A piece of code; what is wrong with its syntax is found when it runs. */
class Script {
  /**
   * @param {string} code
   * @param {object|string} [options] filename
   */
  constructor(code, options) {
    this.sourceMapURL = undefined;
    const text = String(code);
    Object.defineProperty(this, '_text', { value: named(text, fileOf(options)) });
  }

  runInThisContext() {
    return runGlobally(this._text);
  }

  runInContext() {
    return absent('Script.runInContext');
  }

  runInNewContext() {
    return absent('Script.runInNewContext');
  }

  createCachedData() {
    return absent('Script.createCachedData');
  }
}

function absent(name) {
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`vm.${name}`);
}

exports.Script = Script;

/** Runs code among the global names; gives the value of its last statement. */
exports.runInThisContext = (code, options) => {
  validateString(code, 'code');
  return new Script(code, options).runInThisContext();
};

/** Makes a function of a text and the names of its parameters. */
exports.compileFunction = (code, params = [], options = {}) => {
  validateString(code, 'code');
  validateArray(params, 'params');
  if (options.parsingContext !== undefined || (options.contextExtensions && options.contextExtensions.length > 0)) {
    absent('compileFunction with a context');
  }
  return new Function(...params, named(code, fileOf(options)));
};

/** Whether an object is a context: none can be made. */
exports.isContext = (object) => {
  if (typeof object !== 'object' || object === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('object', 'Object', object);
  }
  return false;
};
for (const name of ['createContext', 'createScript', 'measureMemory', 'runInContext', 'runInNewContext']) {
  exports[name] = name === 'createScript' ? (code, options) => new Script(code, options) : () => absent(name);
}
for (const name of ['Module', 'SourceTextModule', 'SyntheticModule']) {
  exports[name] = class {
    constructor() {
      absent(name);
    }
  };
}
exports.constants = { __proto__: null, USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default') };
