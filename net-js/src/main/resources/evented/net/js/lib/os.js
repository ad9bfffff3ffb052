'use strict';
// os: facts about the machine.

const facts = binding.systemFacts();

exports.EOL = '\n';
exports.hostname = () => binding.hostName();
exports.platform = () => facts.platform;
exports.type = () => facts.type;
exports.release = () => facts.release;
exports.arch = () => facts.arch;
exports.tmpdir = () => facts.tmpdir;
exports.homedir = () => facts.home;
exports.userInfo = () => ({ username: facts.user, homedir: facts.home, uid: -1, gid: -1, shell: null });
exports.endianness = () => facts.endianness;
exports.cpus = () =>
  Array.from({ length: facts.processors }, () => ({ model: 'unknown', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }));
exports.availableParallelism = () => facts.processors;
exports.totalmem = () => binding.memory()[2];
exports.freemem = () => binding.memory()[3];
exports.loadavg = () => [0, 0, 0]; // as where the system does not tell it
exports.uptime = () => binding.nanoTime() / 1e9;
/** The bits of an address that name its network, written as an address. */
function maskOf(family, prefix) {
  const parts = family === 'IPv4' ? 4 : 8;
  const bits = family === 'IPv4' ? 8 : 16;
  const mask = Array.from({ length: parts }, (_, i) => {
    const set = Math.min(Math.max(prefix - i * bits, 0), bits);
    return 2 ** bits - 2 ** (bits - set);
  });
  if (family === 'IPv4') {
    return { netmask: mask.join('.') };
  }
  const text = mask.map((part) => part.toString(16)).join(':').replace(/(:0)+$/, '::');
  return { netmask: text === '0' || text === '0::' ? '::' : text };
}

exports.networkInterfaces = () => {
  const found = {};
  for (const [name, address, family, internal, prefix, mac] of [...binding.networkInterfaces()].map((row) => [...row])) {
    (found[name] = found[name] || []).push({ address, ...maskOf(family, prefix), family, mac, internal, cidr: `${address}/${prefix}`, ...(family === 'IPv6' ? { scopeid: 0 } : {}) });
  }
  return found;
};
exports.constants = require('inner/os-constants');
exports.devNull = '/dev/null';
exports.machine = () => (facts.arch === 'x64' ? 'x86_64' : facts.arch === 'arm64' ? 'aarch64' : facts.arch);
exports.version = () => facts.release;
for (const name of ['getPriority', 'setPriority']) {
  exports[name] = () => {
    throw new (require('inner/node-errors').codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM)(`os.${name}`);
  };
}
for (const name of ['hostname', 'platform', 'type', 'release', 'arch', 'tmpdir', 'homedir', 'endianness', 'totalmem', 'freemem']) {
  exports[name][Symbol.toPrimitive] = () => exports[name](); // `${os.hostname}`, as Node allows
}
