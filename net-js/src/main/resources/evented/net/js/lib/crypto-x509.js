'use strict';
// X509Certificate.

const { native, toBuffer, hold } = require('inner/crypto-native');
const { handleOf, isKeyObject, wrapKey } = require('inner/crypto-keys');
const { codes, validateString } = require('inner/node-errors');
const { fromFacts, record } = require('inner/tls-certificates');
const { canonicalAddress, namesIn } = require('inner/tls-names');

const HANDLE = Symbol('handle of the certificate');
const FACTS = Symbol('facts');

/** `CN=example.com`, one part a line. */
function lines(parts) {
  const all = [];
  for (let i = 0; i < parts.length; i += 2) {
    // What would else be taken for the end of a part (RFC 2253).
    const value = parts[i + 1].replace(/[,+"\\<>;]/g, '\\$&').replace(/^[# ]| $/g, '\\$&');
    all.push(`${parts[i]}=${value}`);
  }
  return all.length === 0 ? undefined : all.join('\n');
}

const defined = (value) => (value === null ? undefined : value);

/** A certificate, from PEM or DER. */
class X509Certificate {
  constructor(buffer) {
    const handle = native.certificate(hold(buffer, 'buffer', undefined, ['string', 'Buffer', 'TypedArray', 'DataView']));
    Object.defineProperty(this, HANDLE, { value: handle });
    Object.defineProperty(this, FACTS, { value: native.certificateFacts(handle) });
  }

  get subject() {
    return lines(this[FACTS].subject);
  }

  get issuer() {
    return lines(this[FACTS].issuer);
  }

  get subjectAltName() {
    return defined(this[FACTS].alternativeNames);
  }

  get infoAccess() {
    const access = this[FACTS].infoAccess;
    if (access === null) {
      return undefined;
    }
    const all = [];
    for (let i = 0; i < access.length; i += 2) {
      all.push(`${access[i]}:${access[i + 1]}`);
    }
    return all.join('\n');
  }

  get validFrom() {
    return this[FACTS].validFrom;
  }

  get validTo() {
    return this[FACTS].validTo;
  }

  get validFromDate() {
    return new Date(this.validFrom);
  }

  get validToDate() {
    return new Date(this.validTo);
  }

  get serialNumber() {
    return this[FACTS].serialNumber;
  }

  get fingerprint() {
    return this[FACTS].fingerprint;
  }

  get fingerprint256() {
    return this[FACTS].fingerprint256;
  }

  get fingerprint512() {
    return this[FACTS].fingerprint512;
  }

  get ca() {
    return this[FACTS].ca;
  }

  /** The OIDs of what the key may be used for. */
  get keyUsage() {
    const { usages } = this[FACTS];
    return usages === null ? undefined : [...usages];
  }

  get extKeyUsage() {
    return this.keyUsage;
  }

  /** Known of those alone that a peer has shown with its chain. */
  get issuerCertificate() {
    return undefined;
  }

  /** The DER. */
  get raw() {
    return toBuffer(native.certificateRaw(this[HANDLE]));
  }

  /** @returns {KeyObject} */
  get publicKey() {
    return wrapKey(native.certificateKey(this[HANDLE]));
  }

  /** Whether `other` says that it has issued this one. */
  checkIssued(other) {
    if (!(other instanceof X509Certificate)) {
      throw new codes.ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', other);
    }
    return (
      native.certificateIsIssuedBy(this[HANDLE], other[HANDLE]) &&
      native.certificateIsSignedBy(this[HANDLE], native.certificateKey(other[HANDLE]))
    );
  }

  /** Whether a private key belongs to it. */
  checkPrivateKey(key) {
    if (!isKeyObject(key)) {
      throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', key);
    }
    if (key.type !== 'private') {
      throw new codes.ERR_INVALID_ARG_VALUE('pkey', key);
    }
    return native.keySame(native.keyToPublic(handleOf(key)), native.certificateKey(this[HANDLE]));
  }

  /** Whether it was signed with the private key that belongs to a public one. */
  verify(key) {
    if (!isKeyObject(key)) {
      throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', key);
    }
    if (key.type !== 'public') {
      throw new codes.ERR_INVALID_ARG_VALUE('pkey', key);
    }
    return native.certificateIsSignedBy(this[HANDLE], handleOf(key));
  }

  /** The name in it by which it is of that host; undefined if it is not. */
  checkHost(name, options) {
    validateString(name, 'name');
    const { subject = 'default', wildcards = true, partialWildcards = true } = options || {};
    const names = this.alternatives('DNS');
    const common = record(this[FACTS].subject).CN;
    const asked = subject === 'always' || (subject === 'default' && names.length === 0);
    const all = asked && common !== undefined ? names.concat(common) : names;
    return all.find((pattern) => isOfHost(name, pattern, wildcards, partialWildcards));
  }

  checkEmail(email, options) {
    validateString(email, 'email');
    const { subject = 'default' } = options || {};
    const names = this.alternatives('email');
    const own = record(this[FACTS].subject).emailAddress;
    const asked = subject === 'always' || (subject === 'default' && names.length === 0);
    const all = asked && own !== undefined ? names.concat(own) : names;
    return all.some((one) => one === email) ? email : undefined;
  }

  checkIP(ip) {
    validateString(ip, 'ip');
    const address = canonicalAddress(ip);
    return address !== undefined && this.alternatives('IP Address').map(canonicalAddress).includes(address) ? ip : undefined;
  }

  /** What an object says that peers of TLS show. */
  toLegacyObject() {
    return fromFacts(native.certificateFacts(this[HANDLE])); // anew, as its bytes may be changed
  }

  /** The PEM. */
  toString() {
    const text = this.raw.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
    return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
  }

  toJSON() {
    return this.toString();
  }
}

/** The alternative names of a kind. */
Object.defineProperty(X509Certificate.prototype, 'alternatives', {
  value(kind) {
    const text = this.subjectAltName;
    return text === undefined ? [] : namesIn(text, `${kind}:`);
  },
});

function isOfHost(host, pattern, wildcards, partial) {
  const name = host.toLowerCase().replace(/\.$/, '');
  const wanted = pattern.toLowerCase();
  const star = wanted.indexOf('*');
  if (star < 0 || !wildcards) {
    return name === wanted;
  }
  const [first, ...rest] = wanted.split('.');
  const [label, ...others] = name.split('.');
  if (!first.includes('*') || rest.length < 2 || rest.join('.') !== others.join('.')) {
    return false;
  }
  if (first === '*') {
    return label !== '';
  }
  const [head, tail] = first.split('*');
  return partial && label.length >= first.length && label.startsWith(head) && label.endsWith(tail);
}

exports.X509Certificate = X509Certificate;
