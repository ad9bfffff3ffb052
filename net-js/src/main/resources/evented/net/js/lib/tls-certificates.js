'use strict';
// Certificates as tls gives them to programs, made of what Java tells (CertificateFacts.java).

const wrap = (bytes) => require('buffer').wrap(bytes);

/** Pairs one behind the other, [name, value, …], as an object; a name that comes again has an array. */
function record(pairs) {
  const made = { __proto__: null };
  for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i];
    const value = pairs[i + 1];
    if (made[name] === undefined) {
      made[name] = value;
    } else if (Array.isArray(made[name])) {
      made[name].push(value);
    } else {
      made[name] = [made[name], value];
    }
  }
  return made;
}

function infoAccess(pairs) {
  const made = { __proto__: null };
  for (let i = 0; i < pairs.length; i += 2) {
    (made[pairs[i]] = made[pairs[i]] || []).push(pairs[i + 1]);
  }
  return made;
}

/**
 * The object for one certificate.
 * @param {object} facts of Java's
 * @returns {object} subject, issuer, subjectaltname, … raw
 */
function fromFacts(facts) {
  const cert = { subject: record(facts.subject), issuer: record(facts.issuer) };
  const put = (name, value) => {
    if (value !== null && value !== undefined) {
      cert[name] = value;
    }
  };
  put('subjectaltname', facts.alternativeNames);
  put('infoAccess', facts.infoAccess && infoAccess(facts.infoAccess));
  put('ca', facts.ca);
  put('modulus', facts.modulus);
  put('bits', facts.bits);
  put('exponent', facts.exponent);
  put('pubkey', facts.publicKey && wrap(facts.publicKey));
  put('asn1Curve', facts.curve);
  put('nistCurve', facts.nistCurve);
  put('valid_from', facts.validFrom);
  put('valid_to', facts.validTo);
  put('fingerprint', facts.fingerprint);
  put('fingerprint256', facts.fingerprint256);
  put('fingerprint512', facts.fingerprint512);
  put('ext_key_usage', facts.usages && [...facts.usages]);
  put('serialNumber', facts.serialNumber);
  cert.raw = wrap(facts.raw);
  return cert;
}

exports.record = record;
exports.fromFacts = fromFacts;

/**
 * The peer's certificate; with all that lead from it to a root in `issuerCertificate`, the root's being itself.
 * @param {object[]} chain facts of Java's, the peer's own first
 * @param {boolean} detailed whether to link them
 * @returns {object} {} if there is none
 */
exports.link = function link(chain, detailed) {
  if (chain.length === 0) {
    return {};
  }
  const certs = [...chain].map(fromFacts);
  if (detailed) {
    certs.forEach((cert, i) => {
      if (i + 1 < certs.length) {
        cert.issuerCertificate = certs[i + 1];
      } else if (sameName(cert.subject, cert.issuer)) {
        cert.issuerCertificate = cert;
      }
    });
  }
  return certs[0];
};

function sameName(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the codes mean that authorizationError may have, in OpenSSL's words. */
const MEANING = {
  __proto__: null,
  CERT_CHAIN_TOO_LONG: 'certificate chain too long',
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  CERT_REJECTED: 'certificate rejected',
  CERT_SIGNATURE_FAILURE: 'certificate signature failure',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  INVALID_CA: 'invalid CA certificate',
  INVALID_PURPOSE: 'unsuitable certificate purpose',
  PATH_LENGTH_EXCEEDED: 'path length constraint exceeded',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_GET_ISSUER_CERT: 'unable to get issuer certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
};

/** The error of a peer that is not to be trusted. */
exports.verifyError = function verifyError(code) {
  const error = new Error(MEANING[code] || code);
  error.code = code;
  return error;
};
