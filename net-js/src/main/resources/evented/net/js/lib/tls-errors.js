'use strict';
// Errors of TLS in OpenSSL's words, which programs look for, made of those of the JDK.

/** Alerts by their names in RFC 8446: the number, and what OpenSSL says before the name. */
const ALERTS = {
  __proto__: null,
  unexpected_message: [10, 'sslv3 alert'],
  bad_record_mac: [20, 'sslv3 alert'],
  record_overflow: [22, 'tlsv1 alert'],
  decompression_failure: [30, 'sslv3 alert'],
  handshake_failure: [40, 'sslv3 alert'],
  no_certificate: [41, 'sslv3 alert'],
  bad_certificate: [42, 'sslv3 alert'],
  unsupported_certificate: [43, 'sslv3 alert'],
  certificate_revoked: [44, 'sslv3 alert'],
  certificate_expired: [45, 'sslv3 alert'],
  certificate_unknown: [46, 'sslv3 alert'],
  illegal_parameter: [47, 'sslv3 alert'],
  unknown_ca: [48, 'tlsv1 alert'],
  access_denied: [49, 'tlsv1 alert'],
  decode_error: [50, 'tlsv1 alert'],
  decrypt_error: [51, 'tlsv1 alert'],
  protocol_version: [70, 'tlsv1 alert'],
  insufficient_security: [71, 'tlsv1 alert'],
  internal_error: [80, 'tlsv1 alert'],
  inappropriate_fallback: [86, 'tlsv1 alert'],
  user_canceled: [90, 'tlsv1 alert'],
  no_renegotiation: [100, 'tlsv1 alert'],
  missing_extension: [109, 'tlsv13 alert'],
  unsupported_extension: [110, 'tlsv1'],
  unrecognized_name: [112, 'tlsv1'],
  bad_certificate_status_response: [113, 'tlsv1'],
  certificate_required: [116, 'tlsv13 alert'],
  no_application_protocol: [120, 'tlsv1 alert'],
};

/** What goes wrong on this side: the JDK's words, OpenSSL's number and reason. */
const REASONS = [
  [/no cipher suites in common/i, 0xc1, 'no shared cipher'],
  [/not return a certificate|Empty (client|server) certificate chain/i, 0xc7, 'peer did not return a certificate'],
  [/protocol versions?\b.*not (accepted|enabled|supported)|server selected protocol version/i, 0x102, 'unsupported protocol'],
  [/No appropriate protocol/i, 0xbf, 'no protocols available'],
  [/application[_ -]?(layer )?protocol/i, 0xeb, 'no application protocol'],
  [/plaintext|unrecognized SSL message|is no TLS|Not an? SSL|no record of TLS|not a TLS record/i, 0x10b, 'wrong version number'],
  [/tag mismatch|bad[_ ]record[_ ]mac|MAC/i, 0x119, 'decryption failed or bad record mac'],
];

function openSsl(number, reason, more) {
  const code = (0x0a000000 + number).toString(16).toUpperCase().padStart(8, '0');
  const error = new Error(`error:${code}:SSL routines::${reason}${more}`);
  error.library = 'SSL routines';
  error.reason = reason;
  error.code = `ERR_SSL_${reason.toUpperCase().replace(/ /g, '_')}`;
  return error;
}

/**
 * The error of a connection that fails in TLS.
 * @param {Error} error what Java tells of it
 * @returns {Error} the same if it is no matter of TLS
 */
exports.translate = function translate(error) {
  if (error.code !== 'EPROTO') {
    return error;
  }
  const message = String(error.message);
  const alert = /the peer sent the alert (\w+)/.exec(message);
  if (alert !== null) {
    const [number, before] = ALERTS[alert[1]] || [0, 'tlsv1 alert'];
    return openSsl(1000 + number, `${before} ${alert[1].replace(/_/g, ' ')}`, `:SSL alert number ${number}`);
  }
  for (const [words, number, reason] of REASONS) {
    if (words.test(message)) {
      return openSsl(number, reason, '');
    }
  }
  return error;
};

/** The error of a client whose server hangs up within the handshake. */
exports.disconnected = function disconnected(options) {
  const error = new Error('Client network socket disconnected before secure TLS connection was established');
  error.code = 'ECONNRESET';
  const { path, host, port, localAddress } = options || {};
  return Object.assign(error, { path, host, port, localAddress });
};

/** The error of a server whose client hangs up within the handshake. */
exports.hungUp = function hungUp() {
  const error = new Error('socket hang up');
  error.code = 'ECONNRESET';
  return error;
};
