'use strict';
// util.parseArgs: the options and positionals of a command line.

const { codes, validateArray, validateBoolean, validateObject, validateString } = require('inner/node-errors');

const isObject = (value) => typeof value === 'object' && value !== null;

function checkOptions(options) {
  for (const name of Object.keys(options)) {
    const option = options[name];
    validateObject(option, `options.${name}`);
    if (!Object.hasOwn(option, 'type') || !['string', 'boolean'].includes(option.type)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}.type`, "('string|boolean')", option.type);
    }
    if (Object.hasOwn(option, 'short')) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) {
        throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
      }
    }
    if (Object.hasOwn(option, 'multiple')) {
      validateBoolean(option.multiple, `options.${name}.multiple`);
    }
    if (option.default !== undefined) {
      checkDefault(name, option);
    }
  }
}

function checkDefault(name, { type, multiple, default: value }) {
  const check = type === 'string' ? validateString : validateBoolean;
  const label = `options.${name}.default`;
  if (multiple) {
    validateArray(value, label);
    value.forEach((item, i) => check(item, `${label}[${i}]`));
  } else {
    check(value, label);
  }
}

/** Splits the arguments into what each of them says. */
function tokensOf(args, options) {
  const tokens = [];
  const byShort = (letter) => Object.keys(options).find((name) => options[name].short === letter) || letter;
  const takesValue = (name) => Object.hasOwn(options, name) && options[name].type === 'string';
  const queue = args.slice();
  let index = -1;
  let grouped = 0; // letters that came from one argument
  while (queue.length > 0) {
    const arg = queue.shift();
    if (grouped > 0) {
      grouped--;
    } else {
      index++;
    }
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      queue.forEach((value) => tokens.push({ kind: 'positional', index: ++index, value }));
      break;
    }
    if (/^-[^-]$/.test(arg)) {
      const name = byShort(arg[1]);
      const isNext = takesValue(name) && queue.length > 0;
      const token = { kind: 'option', name, rawName: arg, index, value: undefined, inlineValue: undefined };
      if (isNext) {
        Object.assign(token, { value: queue.shift(), inlineValue: false });
        index++;
      }
      tokens.push(token);
    } else if (/^-[^-]/.test(arg) && !takesValue(byShort(arg[1]))) {
      const expanded = [];
      for (let i = 1; i < arg.length; i++) {
        const takes = takesValue(byShort(arg[i]));
        expanded.push(takes && i < arg.length - 1 ? `-${arg.slice(i)}` : `-${arg[i]}`);
        if (takes) {
          break;
        }
      }
      queue.unshift(...expanded);
      grouped = expanded.length;
      index -= grouped > 0 ? 0 : 1;
    } else if (/^-[^-]/.test(arg)) {
      const name = byShort(arg[1]);
      tokens.push({ kind: 'option', name, rawName: `-${arg[1]}`, index, value: arg.slice(2), inlineValue: true });
    } else if (/^--[^=]+$/.test(arg)) {
      const name = arg.slice(2);
      const token = { kind: 'option', name, rawName: arg, index, value: undefined, inlineValue: undefined };
      if (takesValue(name) && queue.length > 0) {
        Object.assign(token, { value: queue.shift(), inlineValue: false });
        index++;
      }
      tokens.push(token);
    } else if (/^--[^=]+=/.test(arg)) {
      const at = arg.indexOf('=');
      const name = arg.slice(2, at);
      tokens.push({ kind: 'option', name, rawName: `--${name}`, index, value: arg.slice(at + 1), inlineValue: true });
    } else {
      tokens.push({ kind: 'positional', index, value: arg });
    }
  }
  return tokens;
}

function checkToken(token, { options, allowPositionals, allowNegative }) {
  const { name, rawName, value, inlineValue } = token;
  if (!Object.hasOwn(options, name)) {
    const plain = allowNegative && name.startsWith('no-') ? name.slice(3) : name;
    if (plain !== name && Object.hasOwn(options, plain) && options[plain].type === 'boolean') {
      return;
    }
    const hint = allowPositionals
      ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${rawName}"`
      : '';
    throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(`Unknown option '${rawName}'${hint}`);
  }
  const { type, short } = options[name];
  const shown = `${short ? `-${short}, ` : ''}--${name}`;
  if (type === 'string' && typeof value !== 'string') {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  }
  if (type === 'boolean' && value !== undefined && value !== null) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
  }
  if (inlineValue === false && /^-./.test(value)) {
    const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
      `Option '${rawName}' argument is ambiguous.\n` +
        `Did you forget to specify the option argument for '${rawName}'?\n` +
        `To specify an option argument starting with a dash use ${example}.`
    );
  }
}

/**
 * Reads a command line.
 * @param {object} [config] args (process.argv without the program), options, strict (true), allowPositionals (!strict),
 *     allowNegative, tokens
 * @returns {{values: object, positionals: string[]}}
 */
exports.parseArgs = function parseArgs(config = {}) {
  validateObject(config, 'config');
  const { strict = true, options = {}, tokens: wantsTokens = false, allowNegative = false } = config;
  const { args = require('process').argv.slice(2), allowPositionals = !strict } = config;
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(wantsTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  checkOptions(options);
  const tokens = tokensOf(args, options);
  const result = { values: { __proto__: null }, positionals: [] };
  if (wantsTokens) {
    result.tokens = tokens;
  }
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) {
        checkToken(token, { options, allowPositionals, allowNegative });
      }
      store(result.values, token, options, allowNegative);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) {
        throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(
          `Unexpected argument '${token.value}'. This command does not take positional arguments`
        );
      }
      result.positionals.push(token.value);
    }
  }
  for (const name of Object.keys(options)) {
    if (options[name].default !== undefined && result.values[name] === undefined) {
      result.values[name] = options[name].default;
    }
  }
  return result;
};

function store(values, token, options, allowNegative) {
  let { name } = token;
  let value = token.value === undefined ? true : token.value;
  if (name === '__proto__') {
    return;
  }
  if (allowNegative && token.value === undefined && name.startsWith('no-') && isObject(options[name.slice(3)]) && !options[name]) {
    name = name.slice(3);
    value = false;
  }
  if (Object.hasOwn(options, name) && options[name].multiple) {
    (values[name] = values[name] || []).push(value);
  } else {
    values[name] = value;
  }
}
