'use strict';
// dns: names by the system's own resolver (lookup), and records by asking DNS servers (resolve), off the loop.

const { codes, errno, validateBoolean, validateFunction, validateNumber, validateOneOf, validatePort } = require('inner/node-errors');
const { nextTick, turn } = require('inner/turns');

exports.ADDRCONFIG = 1024;
exports.V4MAPPED = 2048;
exports.ALL = 256;

for (const name of [
  ...['NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY', 'BADRESP'],
  ...['CONNREFUSED', 'TIMEOUT', 'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS'],
  ...['NOTINITIALIZED', 'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS', 'CANCELLED'],
]) {
  exports[name] = `E${name}`;
}

const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];
let defaultOrder = 'verbatim';

/** In which order lookup gives addresses: 'verbatim', 'ipv4first' or 'ipv6first'. */
exports.setDefaultResultOrder = (order) => {
  validateOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
};
exports.getDefaultResultOrder = () => defaultOrder;

const familyOf = (address) => (address.includes(':') ? 6 : 4);

function lookupFailure(hostname) {
  const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
  return Object.assign(error, { errno: errno('ENOTFOUND'), code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname });
}

/** Reads the options of lookup. */
function settingsOf(options) {
  if (typeof options === 'number') {
    validateOneOf(options, 'family', [0, 4, 6]);
    return { family: options, all: false, order: defaultOrder };
  }
  if (options !== undefined && options !== null && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  }
  const { hints, all = false, verbatim, order } = options || {};
  let family = (options || {}).family;
  family = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family;
  if (family !== undefined && family !== null) {
    validateOneOf(family, 'options.family', [0, 4, 6]);
  }
  if (hints !== undefined && hints !== null) {
    validateNumber(hints, 'options.hints');
    if ((hints & ~(exports.ADDRCONFIG | exports.V4MAPPED | exports.ALL)) !== 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('hints', hints);
    }
  }
  if (all !== undefined && all !== null) {
    validateBoolean(all, 'options.all');
  }
  let chosen = defaultOrder;
  if (verbatim !== undefined && verbatim !== null) {
    validateBoolean(verbatim, 'options.verbatim');
    chosen = verbatim ? 'verbatim' : 'ipv4first';
  }
  if (order !== undefined && order !== null) {
    validateOneOf(order, 'options.order', ORDERS);
    chosen = order;
  }
  return { family: family || 0, all: Boolean(all), order: chosen };
}

function ordered(addresses, order) {
  if (order === 'verbatim') {
    return addresses;
  }
  const first = order === 'ipv4first' ? 4 : 6;
  return [...addresses.filter((one) => familyOf(one) === first), ...addresses.filter((one) => familyOf(one) !== first)];
}

/**
 * Finds an address of a host.
 * @param {string} hostname the host
 * @param {object|number} [options] family (0, 4 or 6), all, order, verbatim, hints
 * @param {Function} callback gets (error, address, family), or (error, addresses) with `all`
 */
exports.lookup = function lookup(hostname, options, callback) {
  if (hostname && typeof hostname !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('hostname', 'string', hostname);
  }
  const done = typeof options === 'function' ? options : callback;
  validateFunction(done, 'callback');
  const { family, all, order } = settingsOf(typeof options === 'function' ? undefined : options);
  if (!hostname) {
    nextTick(done, null, ...(all ? [[]] : [null, family === 6 ? 6 : 4]));
    return {};
  }
  const literal = require('net').isIP(hostname);
  if (literal !== 0) {
    nextTick(done, null, ...(all ? [[{ address: hostname, family: literal }]] : [hostname, literal]));
    return {};
  }
  binding.lookup(hostname, family, (error, found) => {
    turn(() => {
      if (error) {
        done(error.code === 'ENOTFOUND' ? lookupFailure(hostname) : error);
        return;
      }
      const addresses = ordered([...found], order);
      if (all) {
        done(null, addresses.map((address) => ({ address, family: familyOf(address) })));
      } else {
        done(null, addresses[0], familyOf(addresses[0]));
      }
    });
  });
  return { family, hostname };
};

/** Finds the names of an address and of a port: callback(error, hostname, service). */
exports.lookupService = function lookupService(address, port, callback) {
  if (arguments.length !== 3) {
    throw new codes.ERR_MISSING_ARGS('address', 'port', 'callback');
  }
  if (require('net').isIP(address) === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  }
  const number = validatePort(port);
  validateFunction(callback, 'callback');
  binding.serviceNames((error, found) => turn(() => (error ? callback(error) : callback(null, ...found))), address, number);
};

const custom = Symbol.for('nodejs.util.promisify.custom');
const lookupLater = (hostname, options) =>
  new Promise((resolve, reject) => {
    const all = typeof options === 'object' && options !== null && options.all;
    exports.lookup(hostname, options, (error, address, family) =>
      error ? reject(error) : resolve(all ? address : { address, family })
    );
  });
const serviceLater = (...args) =>
  new Promise((resolve, reject) => {
    if (args.length !== 2) {
      throw new codes.ERR_MISSING_ARGS('address', 'port');
    }
    exports.lookupService(...args, (error, hostname, service) => (error ? reject(error) : resolve({ hostname, service })));
  });
Object.defineProperty(exports.lookup, custom, { value: lookupLater });
Object.defineProperty(exports.lookupService, custom, { value: serviceLater });

// Records are asked for by a module that is loaded with the first question.

const resolver = () => require('inner/dns-resolver');
const METHODS = [
  ...['resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs'],
  ...['resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTxt', 'reverse', 'getServers', 'setServers'],
];
for (const name of METHODS) {
  exports[name] = (...args) => resolver().common[name](...args);
}
exports.promises = {
  lookup: (hostname, options) => lookupLater(hostname, options),
  lookupService: serviceLater,
  setDefaultResultOrder: exports.setDefaultResultOrder,
  getDefaultResultOrder: exports.getDefaultResultOrder,
};
for (const name of METHODS) {
  exports.promises[name] = (...args) => resolver().commonPromises[name](...args);
}
for (const name of Object.keys(exports)) {
  if (typeof exports[name] === 'string' && /^[A-Z]+$/.test(name)) {
    exports.promises[name] = exports[name];
  }
}
Object.defineProperty(exports, 'Resolver', { get: () => resolver().Resolver, enumerable: true });
Object.defineProperty(exports.promises, 'Resolver', { get: () => resolver().PromisesResolver, enumerable: true });
