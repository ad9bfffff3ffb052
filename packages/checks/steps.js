'use strict';
// How a package is checked: named steps, each on its own, and one line for each.

const fs = require('fs');

/** Milliseconds that a step may take. */
const LIMIT = 60000;

const { env } = process;

exports.ca = fs.readFileSync(env.CA_FILE);
exports.megabyte = Buffer.alloc(1 << 20, 'abcdefghijklmnopqrstuvwxyz0123456789');

/**
 * A port of one of the servers.
 * @param {string} name such as REDIS
 * @returns {number}
 */
exports.port = (name) => Number(env[`${name}_PORT`]);

/**
 * Runs steps one after another; one that fails does not keep the others from being tried.
 * @param {Object<string, function(): Promise>} steps by their names
 */
exports.run = async function run(steps) {
  const chosen = process.argv.slice(2);
  for (const name of Object.keys(steps)) {
    if (chosen.length > 0 && !chosen.includes(name)) {
      continue;
    }
    let timer;
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${name} has not ended within ${LIMIT} ms`)), LIMIT);
    });
    try {
      await Promise.race([steps[name](), late]);
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`FAILED ${name}: ${(error && error.stack) || error}`);
      process.exitCode = 1;
    } finally {
      clearTimeout(timer);
    }
  }
  exports.ended = true;
};

/** Waits for an event; an 'error' before it rejects. */
exports.event = (emitter, name) =>
  new Promise((resolve, reject) => {
    emitter.once(name, resolve);
    emitter.once('error', reject);
  });

/** Calls what takes a callback. */
exports.call = (object, method, ...args) =>
  new Promise((resolve, reject) => {
    object[method](...args, (error, result) => (error ? reject(error) : resolve(result)));
  });

/** Awaits a failure and tests its code, or its message where there is no code. */
exports.fails = async function fails(promise, pattern) {
  let error;
  try {
    await promise;
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined) {
    throw new Error('there was no error');
  }
  const said = `${error.code} ${error.message} ${(error.errors || []).map((one) => one.code)}`;
  if (!pattern.test(said)) {
    throw new Error(`expected ${pattern}, was ${said}`);
  }
};

/** Numbers below `count`. */
exports.range = (count) => Array.from({ length: count }, (_, index) => index);
