// Bad arguments of today's net, and failures of connecting.
const { assert, mustCall } = require('../common');
const net = require('node:net');

const bad = (call, name, code, message) => assert.throws(call, { name, code, message });

bad(() => net.connect(), 'TypeError', 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
bad(() => new net.Socket().connect({}), 'TypeError', 'ERR_MISSING_ARGS', /must be specified$/);
bad(
  () => net.connect({ port: true }),
  'TypeError',
  'ERR_INVALID_ARG_TYPE',
  'The "options.port" property must be one of type number or string. Received type boolean (true)'
);
bad(
  () => net.connect(-1),
  'RangeError',
  'ERR_SOCKET_BAD_PORT',
  'Port should be >= 0 and < 65536. Received type number (-1).'
);
bad(() => net.connect({ port: 1, localAddress: 'foo' }), 'TypeError', 'ERR_INVALID_IP_ADDRESS', 'Invalid IP address: foo');
bad(() => net.connect({ port: 1, localPort: 'x' }), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"options.localPort"/);
bad(() => net.connect({ port: 1, host: 'x', lookup: 1 }), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"options.lookup"/);
bad(() => net.connect({ port: 1, autoSelectFamily: 'x' }), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"options.autoSelectFamily"/);
bad(() => net.connect({ port: 1, autoSelectFamilyAttemptTimeout: 0 }), 'RangeError', 'ERR_OUT_OF_RANGE', /Timeout"/);
bad(() => net.connect({ port: 1, host: 'x', family: 5 }), 'TypeError', 'ERR_INVALID_ARG_VALUE', /must be one of: 0, 4, 6/);
bad(() => net.connect({ port: 1, host: 'x', hints: -1 }), 'TypeError', 'ERR_INVALID_ARG_VALUE', /'hints'/);
bad(() => net.connect({ path: 3 }), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"options.path"/);
bad(() => net.connect('\0abstract'), 'TypeError', 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', /./);
bad(() => net.createServer('x'), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"options" argument must be of type object/);
bad(() => net.createServer({ highWaterMark: 'x' }), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"options.highWaterMark"/);
bad(() => net.createServer().listen({}), 'TypeError', 'ERR_INVALID_ARG_VALUE', /must have the property "port" or "path"/);
bad(() => net.createServer().listen(-1), 'RangeError', 'ERR_SOCKET_BAD_PORT', /^options.port should be >= 0/);
bad(() => net.createServer().listen(true), 'TypeError', 'ERR_INVALID_ARG_VALUE', /'options' is invalid/);
bad(() => net.createServer().listen({ fd: -1 }), 'TypeError', 'ERR_INVALID_ARG_VALUE', /./);
bad(() => net.createServer().listen({ port: 0, signal: 5 }), 'TypeError', 'ERR_INVALID_ARG_TYPE', /AbortSignal/);
bad(() => net.createServer().getConnections(), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"callback"/);
bad(() => new net.Socket({ fd: -1 }), 'RangeError', 'ERR_OUT_OF_RANGE', /"fd"/);
bad(() => new net.Socket().setTimeout('x'), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"msecs"/);
bad(() => new net.Socket().setTimeout(-1), 'RangeError', 'ERR_OUT_OF_RANGE', /a non-negative finite number/);
bad(() => new net.Socket().setTimeout(1, 5), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"callback"/);
bad(() => net.setDefaultAutoSelectFamily(1), 'TypeError', 'ERR_INVALID_ARG_TYPE', /"value"/);
bad(() => net.setDefaultAutoSelectFamilyAttemptTimeout(0), 'RangeError', 'ERR_OUT_OF_RANGE', /"value"/);

function refused(where, message, fields) {
  net.connect(where).on('error', mustCall((error) => {
    assert.strictEqual(error.message, message);
    assert.deepStrictEqual({ ...error }, fields);
  }));
}

refused({ port: 1, host: '127.0.0.1' }, 'connect ECONNREFUSED 127.0.0.1:1', {
  errno: -111, code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 1,
});
refused({ path: '/no/such/file' }, 'connect ENOENT /no/such/file', {
  errno: -2, code: 'ENOENT', syscall: 'connect', address: '/no/such/file',
});
refused({ port: 1, host: '127.0.0.1', localAddress: '192.0.2.1' }, 'bind EADDRNOTAVAIL 192.0.2.1', {
  errno: -99, code: 'EADDRNOTAVAIL', syscall: 'bind', address: '192.0.2.1',
});
refused({ port: 1, host: '127.0.0.1', localAddress: '::1' }, 'bind EINVAL ::1', {
  errno: -22, code: 'EINVAL', syscall: 'bind', address: '::1',
});
net.connect({ port: 1, host: '::1' }).on('error', mustCall((error) => {
  assert.match(error.message, /^connect E\w+ ::1:1$/); // no brackets
}));
net.connect({ port: 1, host: 'no-such-host.invalid' }).on('error', mustCall((error) => {
  assert.ok(['ENOTFOUND', 'EAI_AGAIN'].includes(error.code));
  assert.strictEqual(error.message, `getaddrinfo ${error.code} no-such-host.invalid`);
  assert.deepStrictEqual([error.syscall, error.hostname], ['getaddrinfo', 'no-such-host.invalid']);
}));
net.createServer().listen(0, '192.0.2.1').on('error', mustCall((error) => {
  assert.strictEqual(error.message, 'listen EADDRNOTAVAIL: address not available 192.0.2.1');
}));
net.createServer().listen('/no/such/folder/x').on('error', mustCall((error) => {
  assert.strictEqual(error.message, 'listen EACCES: permission denied /no/such/folder/x');
}));
