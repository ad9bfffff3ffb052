'use strict';
// dns.lookup: names by the system's own resolver, off the loop.

const { argumentType } = require('inner/errors');
const { turn } = require('inner/turns');

/**
 * Finds an address of a host.
 * @param {string} name the host
 * @param {object|number} [options] family (0, 4 or 6) and all
 * @param {Function} callback gets (error, address, family), or (error, addresses) with `all`
 */
exports.lookup = function lookup(name, options, callback) {
  const done = typeof options === 'function' ? options : callback;
  const settings = typeof options === 'number' ? { family: options } : typeof options === 'object' && options ? options : {};
  if (typeof name !== 'string') {
    throw argumentType('hostname', 'a string', name);
  }
  if (typeof done !== 'function') {
    throw argumentType('callback', 'a function', done);
  }
  binding.lookup(name, Number(settings.family) || 0, (error, found) => {
    turn(() => {
      if (error) {
        done(error);
        return;
      }
      const all = [...found].map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      if (settings.all) {
        done(null, all);
      } else {
        done(null, all[0].address, all[0].family);
      }
    });
  });
};

exports.promises = {
  lookup: (name, options = {}) =>
    new Promise((resolve, reject) => {
      exports.lookup(name, options, (error, address, family) =>
        error ? reject(error) : resolve(options.all ? address : { address, family })
      );
    }),
};
