'use strict';
// X509Certificate.

const { native, toBuffer, hold } = require('inner/crypto-native');
const { handleOf, isKeyObject, wrapKey } = require('inner/crypto-keys');
const { codes, validateString } = require('inner/node-errors');

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

/** The parts of a name as an object; those that come more than once as arrays. */
function members(parts) {
  const object = Object.create(null);
  for (let i = 0; i < parts.length; i += 2) {
    const name = parts[i];
    const value = parts[i + 1];
    if (object[name] === undefined) {
      object[name] = value;
    } else if (Array.isArray(object[name])) {
      object[name].push(value);
    } else {
      object[name] = [object[name], value];
    }
  }
  return object;
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
    return lines(this[FACTS][0]);
  }

  get issuer() {
    return lines(this[FACTS][1]);
  }

  get subjectAltName() {
    return defined(this[FACTS][8]);
  }

  get infoAccess() {
    return defined(this[FACTS][9]);
  }

  get validFrom() {
    return this[FACTS][2];
  }

  get validTo() {
    return this[FACTS][3];
  }

  get validFromDate() {
    return new Date(this.validFrom);
  }

  get validToDate() {
    return new Date(this.validTo);
  }

  get serialNumber() {
    return this[FACTS][4];
  }

  get fingerprint() {
    return this[FACTS][5];
  }

  get fingerprint256() {
    return this[FACTS][6];
  }

  get fingerprint512() {
    return this[FACTS][7];
  }

  get ca() {
    return this[FACTS][10];
  }

  /** The OIDs of what the key may be used for. */
  get keyUsage() {
    const usages = this[FACTS][11];
    const all = [];
    for (let i = 0; i < usages.length; i++) {
      all.push(usages[i]);
    }
    return all.length === 0 ? undefined : all;
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
    const common = members(this[FACTS][0]).CN;
    const asked = subject === 'always' || (subject === 'default' && names.length === 0);
    const all = asked && common !== undefined ? names.concat(common) : names;
    return all.find((pattern) => isOfHost(name, pattern, wildcards, partialWildcards));
  }

  checkEmail(email, options) {
    validateString(email, 'email');
    const { subject = 'default' } = options || {};
    const names = this.alternatives('email');
    const own = members(this[FACTS][0]).emailAddress;
    const asked = subject === 'always' || (subject === 'default' && names.length === 0);
    const all = asked && own !== undefined ? names.concat(own) : names;
    return all.some((one) => one === email) ? email : undefined;
  }

  checkIP(ip) {
    validateString(ip, 'ip');
    const normal = (text) => (text.includes(':') ? new URL(`http://[${text}]`).hostname : text);
    return this.alternatives('IP Address').some((one) => normal(one) === normal(ip)) ? ip : undefined;
  }

  /** What an object says that peers of TLS show. */
  toLegacyObject() {
    const key = this.publicKey;
    const legacy = {
      subject: members(this[FACTS][0]),
      issuer: members(this[FACTS][1]),
    };
    if (this.subjectAltName !== undefined) {
      legacy.subjectaltname = this.subjectAltName;
    }
    if (this.infoAccess !== undefined) {
      legacy.infoAccess = Object.create(null);
      for (const line of this.infoAccess.split('\n').filter((one) => one !== '')) {
        const [method, ...rest] = line.split(' - ');
        const place = rest.join(' - ').replace(':', '\0').split('\0');
        const name = `${method} - ${place[0]}`;
        legacy.infoAccess[name] = (legacy.infoAccess[name] || []).concat(place[1]);
      }
    }
    legacy.ca = this.ca;
    const type = key.asymmetricKeyType;
    const der = key.export({ type: 'spki', format: 'der' });
    if (type === 'rsa') {
      const { n } = key.export({ format: 'jwk' });
      legacy.modulus = require('buffer').Buffer.from(n, 'base64').toString('hex').toUpperCase();
      legacy.bits = key.asymmetricKeyDetails.modulusLength;
      legacy.exponent = `0x${key.asymmetricKeyDetails.publicExponent.toString(16)}`;
      legacy.pubkey = der;
    } else if (type === 'ec') {
      legacy.bits = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }[key.asymmetricKeyDetails.namedCurve];
      legacy.pubkey = toBuffer(native.keyRaw(handleOf(key)));
      legacy.asn1Curve = key.asymmetricKeyDetails.namedCurve;
      legacy.nistCurve = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[legacy.asn1Curve];
    }
    Object.assign(legacy, {
      valid_from: this.validFrom,
      valid_to: this.validTo,
      fingerprint: this.fingerprint,
      fingerprint256: this.fingerprint256,
      fingerprint512: this.fingerprint512,
    });
    if (this.keyUsage !== undefined) {
      legacy.ext_key_usage = this.keyUsage;
    }
    legacy.serialNumber = this.serialNumber;
    legacy.raw = this.raw;
    return legacy;
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
    if (text === undefined) {
      return [];
    }
    const all = text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g).map((one) => one.trim());
    return all.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1).replace(/^"(.*)"$/, '$1'));
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
