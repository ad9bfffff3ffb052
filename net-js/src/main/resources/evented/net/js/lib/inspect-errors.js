'use strict';
// util.inspect of errors: the stack, under the name that the error really has.

const { prefix } = require('inner/inspect-objects');
const { types } = require('inner/types');
const { unwrapped } = require('inner/errors');
const FRAMES = '\n    at';

function stackText(error) {
  return error.stack ? unwrapped(String(error.stack)) : Error.prototype.toString.call(error);
}

/** What is shown of an error before its properties; takes from `keys` what that says already. */
exports.errorBase = (context, error, constructor, tag, keys) => {
  const name = error.name === undefined || error.name === null ? 'Error' : String(error.name);
  let stack = stackText(error);
  dropSaid(context, error, keys, stack);
  if ('cause' in error && !keys.includes('cause')) {
    keys.push('cause');
  }
  if (Array.isArray(error.errors) && !keys.includes('errors')) {
    keys.push('errors');
  }
  stack = renamed(stack, constructor, name, tag);
  const message = typeof error.message === 'string' && error.message !== '' ? stack.indexOf(error.message) : -1;
  const start = stack.indexOf(FRAMES, message === -1 ? 0 : message + error.message.length);
  if (start === -1) {
    stack = `[${stack}]`;
  } else {
    const frames = framesOf(context, error, stack.slice(start + 1));
    const shown = context.colors ? frames.map((frame) => highlighted(context, frame)) : frames;
    stack = `${stack.slice(0, start)}\n${shown.join('\n')}`;
  }
  return context.indentation === 0 ? stack : stack.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
};

function dropSaid(context, error, keys, stack) {
  if (context.showHidden) {
    return;
  }
  for (const name of ['name', 'message', 'stack']) {
    const at = keys.indexOf(name);
    if (at !== -1 && (typeof error[name] !== 'string' || stack.includes(error[name]))) {
      keys.splice(at, 1);
    }
  }
}

/** Puts the constructor's name where the stack has another one. */
function renamed(stack, constructor, name, tag) {
  let length = name.length;
  const begins =
    constructor === null ||
    (name.endsWith('Error') &&
      stack.startsWith(name) &&
      (stack.length === length || stack[length] === ':' || stack[length] === '\n'));
  if (!begins) {
    return stack;
  }
  let fallback = 'Error';
  if (constructor === null) {
    const found = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) || /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = (found && found[1]) || '';
    length = fallback.length;
    fallback = fallback || 'Error';
  }
  const shown = prefix(constructor, tag, fallback).slice(0, -1);
  if (name === shown) {
    return stack;
  }
  if (shown.includes(name)) {
    return length === 0 ? `${shown}: ${stack}` : `${shown}${stack.slice(length)}`;
  }
  return `${shown} [${name}]${stack.slice(length)}`;
}

/** The lines of a stack, without those that the cause's stack ends in too. */
function framesOf(context, error, text) {
  const frames = text.split('\n');
  let cause;
  try {
    ({ cause } = error);
  } catch (failure) {
    return frames; // a getter that throws shows up as a property
  }
  if (cause === undefined || !(types.isNativeError(cause) || cause instanceof Error)) {
    return frames;
  }
  const causeText = stackText(cause);
  const start = causeText.indexOf(FRAMES);
  if (start !== -1) {
    const { length, offset } = overlap(frames, causeText.slice(start + 1).split('\n'));
    if (length > 3) {
      const left = length - 2;
      frames.splice(offset + 1, left, context.stylize(`    ... ${left} lines matching cause stack trace ...`, 'undefined'));
    }
  }
  return frames;
}

/** Where, and how long, two stacks run alike. */
function overlap(frames, others) {
  for (let i = 0; i < frames.length - 3; i++) {
    const at = others.indexOf(frames[i]);
    if (at === -1 || others.length - at <= 3) {
      continue;
    }
    let length = 1;
    const most = Math.min(frames.length - i, others.length - at);
    while (length < most && frames[i + length] === others[at + length]) {
      length++;
    }
    if (length > 3) {
      return { length, offset: i };
    }
  }
  return { length: 0, offset: 0 };
}

/** In colours: what is not the script's own is grey, and packages are underlined. */
function highlighted(context, frame) {
  if (/ \(?(?:node|evented):|\(native\)/.test(frame)) {
    return context.stylize(frame, 'undefined');
  }
  return frame.replace(/([/\\]node_modules[/\\])((?:@[^/\\]+[/\\])?[^/\\]+)/g, (all, folder, name) => {
    return `${folder}${context.stylize(name, 'module')}`;
  });
}
