'use strict';
// Whether a certificate is for a host, by the rules of RFC 6125 as Node reads them: alternative names go before the
// common name, which counts only where there is no alternative name for DNS.

const { codes } = require('inner/node-errors');

const isIP = (text) => binding.isIP(text);

/** A host name without the dot of the root. */
function withoutRoot(host) {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

/** The labels of a name, in lower case: of A to Z only, since others have no case in DNS. */
function labels(name) {
  return withoutRoot(name)
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .split('.');
}

/** An address in a form in which equal ones are equal texts; undefined if it is none. */
function canonicalAddress(text) {
  const family = isIP(text);
  if (family === 4) {
    return text;
  }
  return family === 6 ? groupsOf(text).join(':') : undefined;
}

function groupsOf(address) {
  let text = address.split('%')[0];
  const quad = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (quad) {
    const [a, b, c, d] = quad.slice(1).map(Number);
    text = text.slice(0, quad.index) + `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const [head, tail] = text.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const groups = tail === undefined ? head : [...head, ...new Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.map((group) => parseInt(group, 16).toString(16));
}

/** Whether a name of a certificate, which may have a star in its first label, is for a host. */
function matches(hostLabels, pattern) {
  if (!pattern) {
    return false;
  }
  const wanted = labels(pattern);
  if (wanted.length !== hostLabels.length || wanted.includes('') || wanted.some((label) => /[^\x21-\x7f]/.test(label))) {
    return false;
  }
  for (let i = wanted.length - 1; i > 0; i--) {
    if (wanted[i] !== hostLabels[i]) {
      return false;
    }
  }
  const [first] = wanted;
  const parts = first.split('*');
  if (parts.length === 1 || first.includes('xn--')) {
    return first === hostLabels[0];
  }
  if (parts.length > 2 || wanted.length <= 2) {
    return false; // *.com is no one's
  }
  const [before, after] = parts;
  return (
    before.length + after.length <= hostLabels[0].length &&
    hostLabels[0].startsWith(before) &&
    hostLabels[0].endsWith(after)
  );
}

/** Takes `DNS:a.example, IP Address:127.0.0.1` apart; a name that holds a comma or a quote is written as in JSON. */
function alternatives(text) {
  if (!text.includes('"')) {
    return text.split(', ');
  }
  const names = [];
  let at = 0;
  let current = '';
  while (at < text.length) {
    if (text[at] === '"') {
      const quoted = /^"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(text.slice(at));
      if (quoted === null) {
        throw new codes.ERR_TLS_CERT_ALTNAME_FORMAT();
      }
      current += JSON.parse(quoted[0]);
      at += quoted[0].length;
    } else if (text.startsWith(', ', at)) {
      names.push(current);
      current = '';
      at += 2;
    } else {
      current += text[at++];
    }
  }
  names.push(current);
  return names;
}

function namesOf(altNames, kind) {
  return altNames.filter((name) => name.startsWith(kind)).map((name) => name.slice(kind.length));
}

exports.canonicalAddress = canonicalAddress;

/** The alternative names of a kind, such as `DNS:`, in the text that a certificate has for all of them. */
exports.namesIn = (text, kind) => namesOf(alternatives(text), kind);

/** Why a certificate is not for a host; undefined if it is. */
function mismatch(host, cert) {
  const { subject, subjectaltname } = cert;
  const altNames = subjectaltname ? alternatives(subjectaltname) : [];
  const dns = namesOf(altNames, 'DNS:');
  if (isIP(host)) {
    const addresses = namesOf(altNames, 'IP Address:').map(canonicalAddress);
    return addresses.includes(canonicalAddress(host))
      ? undefined
      : `IP: ${host} is not in the cert's list: ${addresses.join(', ')}`;
  }
  const hostLabels = labels(host);
  if (dns.length > 0) {
    return dns.some((pattern) => matches(hostLabels, pattern))
      ? undefined
      : `Host: ${host}. is not in the cert's altnames: ${subjectaltname}`;
  }
  const name = subject && subject.CN;
  if (!name) {
    return 'Cert does not contain a DNS name';
  }
  return [].concat(name).some((pattern) => matches(hostLabels, pattern))
    ? undefined
    : `Host: ${host}. is not cert's CN: ${name}`;
}

/**
 * Checks that a certificate is for a host.
 * @param {string} hostname a name, or an IP address
 * @param {object} cert a certificate as getPeerCertificate gives it
 * @returns {Error|undefined} ERR_TLS_CERT_ALTNAME_INVALID with `reason`, `host` and `cert` if it is not
 */
exports.checkServerIdentity = function checkServerIdentity(hostname, cert) {
  const host = withoutRoot(`${hostname}`);
  const reason = mismatch(host, cert);
  return reason === undefined ? undefined : new codes.ERR_TLS_CERT_ALTNAME_INVALID(reason, host, cert);
};
