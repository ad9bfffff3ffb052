const { assert, net } = require('../common');
const table = { '127.0.0.1': 4, '255.255.255.255': 4, '256.0.0.1': 0, '01.2.3.4': 0, '::1': 6, '::ffff:1.2.3.4': 6, 'fe80::1%eth0': 6, '': 0, x: 0, '1.2.3': 0, ':::': 0 };
for (const text of Object.keys(table)) {
  assert.strictEqual(net.isIP(text), table[text], text);
  assert.strictEqual(net.isIPv4(text), table[text] === 4);
  assert.strictEqual(net.isIPv6(text), table[text] === 6);
}
for (const odd of [undefined, null, 7, {}, [], true]) {
  assert.strictEqual(net.isIP(odd), 0);
  assert.strictEqual(net.isIPv4(odd), false);
}
