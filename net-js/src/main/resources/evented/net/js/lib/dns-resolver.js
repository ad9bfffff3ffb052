'use strict';
// dns.Resolver: records of each type, in the shape that Node gives them.

const { codes, validateArray, validateFunction, validateInteger, validateString } = require('inner/node-errors');
const { nextTick, turn } = require('inner/turns');

const net = () => require('net');
const bare = (name) => name.replace(/\.$/, '');

/** Words of a record, of which some are in quotes. */
const words = (text) =>
  Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/gs), ([, quoted, plain]) =>
    quoted === undefined ? plain : quoted.replace(/\\(.)/gs, '$1')
  );

function caa(text) {
  const { Buffer } = require('buffer');
  const bytes = Buffer.from(text, 'base64');
  const tag = bytes.toString('latin1', 2, 2 + bytes[1]);
  return { critical: bytes[0], [tag]: bytes.toString('utf8', 2 + bytes[1]) };
}

/** How a record's text is read. */
const READERS = {
  A: (text) => text,
  AAAA: (text) => text,
  CNAME: bare,
  NS: bare,
  PTR: bare,
  TXT: words,
  MX(text) {
    const [priority, exchange] = text.split(' ');
    return { exchange: bare(exchange), priority: Number(priority) };
  },
  SRV(text) {
    const [priority, weight, port, name] = text.split(' ');
    return { name: bare(name), port: Number(port), priority: Number(priority), weight: Number(weight) };
  },
  SOA(text) {
    const [nsname, hostmaster, ...numbers] = text.split(' ');
    const [serial, refresh, retry, expire, minttl] = numbers.map(Number);
    return { nsname: bare(nsname), hostmaster: bare(hostmaster), serial, refresh, retry, expire, minttl };
  },
  NAPTR(text) {
    const [order, preference, flags, service, regexp, replacement] = words(text);
    const bared = bare(replacement);
    return { flags, service, regexp, replacement: bared, order: Number(order), preference: Number(preference) };
  },
  257: caa,
};

/** What resolveAny calls a record's parts. */
const ANY = {
  A: (address) => ({ type: 'A', address }),
  AAAA: (address) => ({ type: 'AAAA', address }),
  CNAME: (value) => ({ type: 'CNAME', value }),
  NS: (value) => ({ type: 'NS', value }),
  PTR: (value) => ({ type: 'PTR', value }),
  TXT: (entries) => ({ type: 'TXT', entries }),
};

function failure(code, syscall, hostname) {
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  return Object.assign(error, { errno: undefined, code, syscall, hostname });
}

/** The name under which an address is found: 4.3.2.1.in-addr.arpa. */
function reverseName(address) {
  if (net().isIPv4(address)) {
    return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  }
  const [head, tail] = address.replace(/%.*/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? before : [...before, ...new Array(8 - before.length - after.length).fill('0'), ...after];
  const digits = groups.map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}

/** A server's address and port, from a text as setServers takes it. */
function serverOf(text) {
  validateString(text, 'servers');
  const bracketed = /^\[([^[\]]*)\](?::(\d+))?$/.exec(text);
  const plain = /^([^:]+)(?::(\d+))?$/.exec(text);
  const [, host, port] = bracketed || plain || [undefined, text, undefined];
  if (net().isIP(host) === 0) {
    throw new codes.ERR_INVALID_IP_ADDRESS(text);
  }
  return { host, port: port === undefined ? 53 : Number(port) };
}

const urlOf = ({ host, port }) => `dns://${host.includes(':') ? `[${host}]` : host}:${port}`;
const shown = ({ host, port }) => (port === 53 ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`);

/** Asks DNS servers of its own choice, or those of the system. */
class Resolver {
  #servers = null;
  #timeout;
  #tries;
  #waiting = new Set();

  /** @param {object} [options] timeout of the first try in milliseconds, tries (4) */
  constructor(options = {}) {
    const { timeout = -1, tries = 4 } = options || {};
    validateInteger(timeout, 'options.timeout', -1, 2 ** 31 - 1);
    validateInteger(tries, 'options.tries', 1, 1000);
    this.#timeout = timeout < 0 ? 2000 : Math.max(1, timeout);
    this.#tries = tries;
  }

  getServers() {
    return this.#servers === null ? [...binding.dnsServers()] : this.#servers.map(shown);
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    this.#servers = servers.map(serverOf);
  }

  /** Has all that is asked end with ECANCELLED. */
  cancel() {
    this.#waiting.forEach((end) => end('ECANCELLED'));
  }

  /** What c-ares does with it, the JVM decides by itself. */
  setLocalAddress() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('dns.Resolver.setLocalAddress');
  }

  /** Asks; done(code) or done(null, records). */
  _query(name, type, done) {
    let isOver = false;
    const end = (code, records) => {
      if (!isOver) {
        isOver = true;
        this.#waiting.delete(end);
        done(code, records);
      }
    };
    this.#waiting.add(end);
    const answered = (error, records) =>
      turn(() => (error ? end(error.code === 'ERR_ACCESS_DENIED' ? error : error.message) : end(null, [...records].map((one) => [...one]))));
    const servers = this.#servers === null ? '' : this.#servers.map(urlOf).join(' ');
    binding.dnsQuery(answered, name, type, servers, this.#timeout, this.#tries);
  }
}

function define(method, type, syscall, convert = (records) => records) {
  Resolver.prototype[method] = function (name, options, callback) {
    const done = typeof options === 'function' ? options : callback;
    validateString(name, 'name');
    validateFunction(done, 'callback');
    if (typeof options === 'object' && options !== null && options.ttl) {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`dns.${method} with ttl`);
    }
    ask(this, name, type, { syscall, hostname: name, done, convert });
    return {};
  };
}

function ask(resolver, name, type, { syscall, hostname, done, convert }) {
  resolver._query(name, type === 'ANY' ? '*' : type, (code, records) => {
    if (code !== null) {
      nextTick(done, typeof code === 'string' ? failure(code, syscall, hostname) : code);
      return;
    }
    const wanted = records.filter(([id]) => READERS[id] !== undefined && (type === 'ANY' || id === type));
    if (wanted.length === 0) {
      nextTick(done, failure('ENODATA', syscall, hostname));
      return;
    }
    nextTick(done, null, convert(wanted.map(([id, text]) => [READERS[id](text), id])));
  });
}

const values = (records) => records.map(([value]) => value);
for (const [method, type, syscall] of [
  ['resolve4', 'A', 'queryA'],
  ['resolve6', 'AAAA', 'queryAaaa'],
  ['resolveCaa', '257', 'queryCaa'],
  ['resolveCname', 'CNAME', 'queryCname'],
  ['resolveMx', 'MX', 'queryMx'],
  ['resolveNaptr', 'NAPTR', 'queryNaptr'],
  ['resolveNs', 'NS', 'queryNs'],
  ['resolvePtr', 'PTR', 'queryPtr'],
  ['resolveSrv', 'SRV', 'querySrv'],
  ['resolveTxt', 'TXT', 'queryTxt'],
]) {
  define(method, type, syscall, values);
}
define('resolveSoa', 'SOA', 'querySoa', (records) => records[0][0]);
define('resolveAny', 'ANY', 'queryAny', (records) =>
  records.map(([value, id]) => (ANY[id] ? ANY[id](value) : { type: id === '257' ? 'CAA' : id, ...value }))
);

const BY_TYPE = {
  __proto__: null,
  ...{ A: 'resolve4', AAAA: 'resolve6', ANY: 'resolveAny', CAA: 'resolveCaa', CNAME: 'resolveCname', MX: 'resolveMx' },
  ...{ NAPTR: 'resolveNaptr', NS: 'resolveNs', PTR: 'resolvePtr', SOA: 'resolveSoa', SRV: 'resolveSrv', TXT: 'resolveTxt' },
};

Resolver.prototype.resolve = function resolve(name, type, callback) {
  const kind = typeof type === 'function' ? 'A' : type;
  validateString(kind, 'rrtype');
  if (BY_TYPE[kind] === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('rrtype', kind);
  }
  return this[BY_TYPE[kind]](name, typeof type === 'function' ? type : callback);
};

Resolver.prototype.reverse = function reverse(address, callback) {
  validateString(address, 'name');
  validateFunction(callback, 'callback');
  if (net().isIP(address) === 0) {
    throw failure('EINVAL', 'getHostByAddr', address);
  }
  ask(this, reverseName(address), 'PTR', { syscall: 'getHostByAddr', hostname: address, done: callback, convert: values });
  return {};
};

const ASKING = ['resolve', 'reverse', ...Object.values(BY_TYPE)];

/** The same with promises. */
class PromisesResolver {
  #resolver;

  constructor(options) {
    this.#resolver = new Resolver(options);
  }

  getServers() {
    return this.#resolver.getServers();
  }

  setServers(servers) {
    this.#resolver.setServers(servers);
  }

  cancel() {
    this.#resolver.cancel();
  }

  setLocalAddress() {
    this.#resolver.setLocalAddress();
  }

  static of(resolver) {
    const made = new PromisesResolver();
    made.#resolver = resolver;
    return made;
  }

  static {
    for (const name of ASKING) {
      PromisesResolver.prototype[name] = function (...args) {
        const given = name === 'resolve' && args.length === 1 ? [args[0], 'A'] : args;
        return new Promise((resolve, reject) => {
          this.#resolver[name](...given, (error, value) => (error ? reject(error) : resolve(value)));
        });
      };
    }
  }
}

/** Those of the module's own functions. */
const common = new Resolver();
const commonPromises = PromisesResolver.of(common);

module.exports = { Resolver, PromisesResolver, common, commonPromises };
