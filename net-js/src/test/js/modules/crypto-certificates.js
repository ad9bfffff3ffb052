// What X509Certificate tells, in the words that getPeerCertificate has for the same.
const { assert } = require('../common');
const { X509Certificate } = require('crypto');

// Made by openssl for this test: parts that come twice, names of each kind, one with a comma.
const pem = [
  '-----BEGIN CERTIFICATE-----',
  'MIIC9jCCApugAwIBAgIUY/bMFLh+9iMQlUcaA7mPIyyhnxEwCgYIKoZIzj0EAwIw',
  'XjELMAkGA1UEBhMCREUxEDAOBgNVBAoMB0EsIEluYy4xCjAIBgNVBAsMAXgxCjAI',
  'BgNVBAsMAXkxDzANBgNVBAMMBkdyw7zDnzEUMBIGCSqGSIb3DQEJARYFYUBiLmMw',
  'IBcNMjYxMTI2MDAwMzIzWhgPMjEyNjExMDIwMDAzMjNaMF4xCzAJBgNVBAYTAkRF',
  'MRAwDgYDVQQKDAdBLCBJbmMuMQowCAYDVQQLDAF4MQowCAYDVQQLDAF5MQ8wDQYD',
  'VQQDDAZHcsO8w58xFDASBgkqhkiG9w0BCQEWBWFAYi5jMFkwEwYHKoZIzj0CAQYI',
  'KoZIzj0DAQcDQgAE8qnYj82SY4V90Ohytu9F8TLM7N/BU4O2ydZDNMJt43Mdi1w0',
  'iEnQOYwdtOnLkV/8JCNPltJVuDg1OxozsZDps6OCATMwggEvMIGfBgNVHREEgZcw',
  'gZSCCWEuZXhhbXBsZYIKYmMuZXhhbXBsZYcEfwAAAYcQIAENuAAAAAAAAAAAAAAA',
  'AYENeEBleGFtcGxlLm9yZ4YRaHR0cDovL3UuZXhhbXBsZS+kMDAuMQswCQYDVQQG',
  'EwJERTEQMA4GA1UECgwHQSwgSW5jLjENMAsGA1UEAwwEbmFtZYgDKgMEoAoGAioD',
  'oAQMAmhpME0GCCsGAQUFBwEBBEEwPzAdBggrBgEFBQcwAYYRaHR0cDovL28uZXhh',
  'bXBsZS8wHgYIKwYBBQUHMAKGEmh0dHA6Ly9jLmV4YW1wbGUvYTAdBgNVHSUEFjAU',
  'BggrBgEFBQcDAQYIKwYBBQUHAwIwHQYDVR0OBBYEFBi4apRhg+yNzn1xoZJorTz7',
  'kQJzMAoGCCqGSM49BAMCA0kAMEYCIQChcYWD3h969snRHsIdDOE0EPrTu7adYLDY',
  'd5o1T4BqowIhANGxz+DeGYZcm9j5aw20wtZENThRAi0Q8pS/K4B6rbRt',
  '-----END CERTIFICATE-----',
].join('\n');

const certificate = new X509Certificate(pem);
const names =
  'DNS:a.example, DNS:bc.example, IP Address:127.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1, email:x@example.org, ' +
  'URI:http://u.example/, DirName:"CN=name\\u002cO=A\\\\\\u002c Inc.\\u002cC=DE", Registered ID:1.2.3.4, ' +
  'othername:<unsupported>';
assert.strictEqual(certificate.subject, 'C=DE\nO=A\\, Inc.\nOU=x\nOU=y\nCN=Grüß\nemailAddress=a@b.c');
assert.strictEqual(certificate.subjectAltName, names);
assert.strictEqual(certificate.infoAccess, 'OCSP - URI:http://o.example/\nCA Issuers - URI:http://c.example/a');
assert.deepStrictEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
assert.strictEqual(certificate.ca, false);

const legacy = certificate.toLegacyObject();
assert.deepStrictEqual({ ...legacy.subject }, { C: 'DE', O: 'A, Inc.', OU: ['x', 'y'], CN: 'Grüß', emailAddress: 'a@b.c' });
assert.strictEqual(legacy.subjectaltname, names);
assert.deepStrictEqual(
  { ...legacy.infoAccess },
  { 'OCSP - URI': ['http://o.example/'], 'CA Issuers - URI': ['http://c.example/a'] }
);
assert.deepStrictEqual([legacy.bits, legacy.asn1Curve, legacy.nistCurve], [256, 'prime256v1', 'P-256']);
assert.ok(legacy.raw.equals(certificate.raw));

assert.strictEqual(certificate.checkHost('a.example'), 'a.example');
assert.strictEqual(certificate.checkHost('b.example'), undefined);
assert.strictEqual(certificate.checkIP('2001:db8::1'), '2001:db8::1');
assert.strictEqual(certificate.checkIP('127.0.0.2'), undefined);
assert.strictEqual(certificate.checkEmail('x@example.org'), 'x@example.org');
