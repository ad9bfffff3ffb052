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
  Array.from({ length: facts.processors }, () => ({ model: 'unknown', speed: 0, times: {} }));
exports.availableParallelism = () => facts.processors;
exports.totalmem = () => binding.memory()[2];
exports.freemem = () => binding.memory()[3];
exports.loadavg = () => [0, 0, 0]; // as where the system does not tell it
exports.uptime = () => binding.nanoTime() / 1e9;
exports.networkInterfaces = () => {
  const found = {};
  for (const [name, address, family, internal] of [...binding.networkInterfaces()].map((row) => [...row])) {
    (found[name] = found[name] || []).push({ address, family, internal });
  }
  return found;
};
exports.constants = { signals: {} };
