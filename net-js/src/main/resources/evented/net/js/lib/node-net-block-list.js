'use strict';
// net.BlockList and net.SocketAddress.

const errors = require('inner/node-errors');
const { codes, validateInt32, validateObject, validateString, validateUint32 } = errors;

const inspect = Symbol.for('nodejs.util.inspect.custom');

/** ipv4 or ipv6, whatever the case. */
function familyOf(value, name) {
  validateString(value, name);
  const family = value.toLowerCase();
  if (family !== 'ipv4' && family !== 'ipv6') {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value);
  }
  return family;
}

/**
 * The bytes of an address; null if the text is none of that family.
 * @returns {?number[]} 4 or 16 of them
 */
function bytesOf(text, family) {
  const plain = text.split('%')[0];
  if (binding.isIP(plain) !== (family === 'ipv4' ? 4 : 6)) {
    return null;
  }
  return family === 'ipv4' ? plain.split('.').map(Number) : bytesOfSix(plain);
}

function bytesOfSix(text) {
  let whole = text;
  const last = whole.slice(whole.lastIndexOf(':') + 1);
  if (last.includes('.')) {
    const [a, b, c, d] = last.split('.').map(Number);
    whole = whole.slice(0, -last.length) + `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const [head, tail] = whole.split('::');
  const groups = (part) => (part ? part.split(':').map((group) => parseInt(group, 16)) : []);
  const before = groups(head);
  const behind = groups(tail);
  const zeros = tail === undefined ? 0 : 8 - before.length - behind.length;
  const all = [...before, ...new Array(zeros).fill(0), ...behind];
  return all.flatMap((group) => [group >> 8, group & 0xff]);
}

/** Less than, equal to or more than 0, as `a` lies before, at or behind `b`. */
function compare(a, b) {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) {
      return a[i] - b[i];
    }
  }
  return 0;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** An IPv4 address that is written as an IPv6 one, as the former; null if it is none. */
function unmapped(bytes) {
  return bytes.length === 16 && MAPPED.every((byte, i) => byte === bytes[i]) ? bytes.slice(12) : null;
}

const made = new WeakSet();
const addresses = new WeakMap();

/** An IP address with a port. */
class SocketAddress {
  #facts;

  /**
   * @param {object} [options]
   * @param {string} [options.address] 127.0.0.1 or :: unless given
   * @param {string} [options.family='ipv4'] or ipv6
   * @param {number} [options.port=0]
   * @param {number} [options.flowlabel=0] of IPv6
   */
  constructor(options = {}) {
    validateObject(options, 'options');
    const family = familyOf(options.family === undefined ? 'ipv4' : options.family, 'options.family');
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    validateString(address, 'options.address');
    const number = errors.validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel');
    const bytes = bytesOf(address, family);
    if (bytes === null) {
      throw new codes.ERR_INVALID_ADDRESS();
    }
    const label = family === 'ipv6' ? flowlabel : 0;
    this.#facts = { address: shown(bytes, address), port: number, family, flowlabel: label };
    made.add(this);
    addresses.set(this, bytes);
  }

  get address() {
    return this.#facts.address;
  }

  get port() {
    return this.#facts.port;
  }

  get family() {
    return this.#facts.family;
  }

  get flowlabel() {
    return this.#facts.flowlabel;
  }

  toJSON() {
    return { ...this.#facts };
  }

  [inspect](depth, options, inspectValue) {
    return depth < 0 ? this : `SocketAddress ${(inspectValue || require('util').inspect)(this.toJSON(), options)}`;
  }

  /** Whether a value is one. */
  static isSocketAddress(value) {
    return made.has(Object(value));
  }

  /**
   * Reads `1.2.3.4:80` or `[::1]:80`; the port may be missing.
   * @returns {SocketAddress|undefined} undefined if it is neither
   */
  static parse(input) {
    validateString(input, 'input');
    const match = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([^\]]+)\])(?::(\d{1,5}))?$/.exec(input);
    if (match === null || Number(match[3] || 0) > 65535) {
      return undefined;
    }
    const family = match[1] === undefined ? 'ipv6' : 'ipv4';
    const address = match[1] === undefined ? match[2] : match[1];
    const port = Number(match[3] || 0);
    return bytesOf(address, family) === null ? undefined : new SocketAddress({ address, family, port });
  }
}

/** The shortest text of an IPv6 address; that of IPv4 is what was given. */
function shown(bytes, text) {
  if (bytes.length === 4) {
    return text;
  }
  const four = unmapped(bytes);
  if (four !== null) {
    return `::ffff:${four.join('.')}`;
  }
  const groups = [];
  for (let i = 0; i < 16; i += 2) {
    groups.push(((bytes[i] << 8) | bytes[i + 1]).toString(16));
  }
  let start = -1;
  let length = 1; // a single zero is written out
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === '0') {
      end++;
    }
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  if (start < 0) {
    return groups.join(':');
  }
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** An address as an argument: a text of a family, or a SocketAddress. */
function addressOf(value, family, name) {
  if (SocketAddress.isSocketAddress(value)) {
    return value;
  }
  validateString(value, name);
  validateString(family, 'family');
  return new SocketAddress({ address: value, family });
}

const label = (address) => `${address.family === 'ipv4' ? 'IPv4' : 'IPv6'} ${address.address}`;

const lists = new WeakSet();

/** Addresses that are not to be reached, or not to be served. */
class BlockList {
  #rules = [];

  constructor() {
    lists.add(this);
  }

  /** Whether a value is one. */
  static isBlockList(value) {
    return lists.has(Object(value));
  }

  /** Blocks one address. */
  addAddress(address, family = 'ipv4') {
    const one = addressOf(address, family, 'address');
    const bytes = addresses.get(one);
    this.#add(`Address: ${label(one)}`, (asked) => compare(asked, bytes) === 0, bytes.length);
  }

  /** Blocks the addresses from one to another, both included. */
  addRange(start, end, family = 'ipv4') {
    const first = addressOf(start, family, 'start');
    const last = addressOf(end, family, 'end');
    const from = addresses.get(first);
    const to = addresses.get(last);
    if (from.length !== to.length || compare(from, to) > 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('start', first, 'must come before end');
    }
    const rule = `Range: ${label(first)}-${last.address}`;
    this.#add(rule, (asked) => compare(asked, from) >= 0 && compare(asked, to) <= 0, from.length);
  }

  /** Blocks the addresses whose first `prefix` bits are those of `network`. */
  addSubnet(network, prefix, family = 'ipv4') {
    const one = addressOf(network, family, 'network');
    const bytes = addresses.get(one);
    validateInt32(prefix, 'prefix', 0, bytes.length * 8);
    const fits = (asked) => {
      for (let i = 0; i * 8 < prefix; i++) {
        const mask = (0xff00 >> Math.min(8, prefix - i * 8)) & 0xff;
        if ((asked[i] & mask) !== (bytes[i] & mask)) {
          return false;
        }
      }
      return true;
    };
    this.#add(`Subnet: ${label(one)}/${prefix}`, fits, bytes.length);
  }

  #add(text, fits, length) {
    this.#rules.unshift({ text, fits, length });
  }

  /** Whether an address is blocked; an IPv4 one may be written as ::ffff:… too. */
  check(address, family = 'ipv4') {
    let one;
    if (SocketAddress.isSocketAddress(address)) {
      one = address;
    } else {
      validateString(address, 'address');
      validateString(family, 'family');
      try {
        one = new SocketAddress({ address, family });
      } catch (error) {
        return false; // what is no address cannot be blocked
      }
    }
    const bytes = addresses.get(one);
    const four = unmapped(bytes);
    return this.#rules.some(
      (rule) =>
        (rule.length === bytes.length && rule.fits(bytes)) || (four !== null && rule.length === 4 && rule.fits(four))
    );
  }

  /** The rules as texts, the newest first. */
  get rules() {
    return this.#rules.map((rule) => rule.text);
  }

  toJSON() {
    return this.rules;
  }

  /** Adds rules as `rules` shows them: an array of texts, or that as JSON. */
  fromJSON(data) {
    const texts = typeof data === 'string' ? JSON.parse(data) : data;
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Array'], data);
    }
    for (const text of texts) {
      this.#read(text);
    }
  }

  #read(text) {
    const match = /^(Address|Range|Subnet): (IPv[46]) ([^/-]+)(?:-(.+)|\/(\d+))?$/.exec(text);
    if (match === null) {
      throw new codes.ERR_INVALID_ARG_VALUE('data', text);
    }
    const [, kind, family, first, last, prefix] = match;
    if (kind === 'Address') {
      this.addAddress(first, family);
    } else if (kind === 'Range') {
      this.addRange(first, last, family);
    } else {
      this.addSubnet(first, Number(prefix), family);
    }
  }

  [inspect](depth, options, inspectValue) {
    return depth < 0 ? this : `BlockList ${(inspectValue || require('util').inspect)({ rules: this.rules }, options)}`;
  }
}

module.exports = { BlockList, SocketAddress };
