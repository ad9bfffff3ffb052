// BlockList, SocketAddress and isIP.
const { assert, mustCall, mustNotCall } = require('../common');
const net = require('node:net');
const { BlockList, SocketAddress } = net;

assert.deepStrictEqual(['::1', '1.2.3.4', '', '1.2.3', 'fe80::1%lo', undefined].map(net.isIP), [6, 4, 0, 0, 6, 0]);
assert.strictEqual(net.isIP({ toString: () => '::1' }), 6);
assert.strictEqual(net.isIPv4('1.1.1.1'), true);
assert.strictEqual(net.isIPv6('1.1.1.1'), false);

const list = new BlockList();
list.addAddress('1.1.1.1');
list.addAddress('::2', 'ipv6');
list.addRange('1.1.2.1', '1.1.2.9');
list.addSubnet('10.0.0.0', 8);
list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
const blocked = [
  ['1.1.1.1'], ['1.1.2.5'], ['::ffff:1.1.2.5', 'ipv6'], ['::ffff:a01:203', 'ipv6'], ['::2', 'IPv6'],
  ['8592:757c:efae:4e45:1::', 'ipv6'], [new SocketAddress({ address: '1.1.1.1' })],
];
blocked.forEach((args) => assert.strictEqual(list.check(...args), true, String(args)));
const free = [['1.1.1.2'], ['1.1.2.10'], ['11.0.0.1'], ['::3', 'ipv6'], ['8592:757c:efae:4e46::', 'ipv6'], ['x'], ['::2']];
free.forEach((args) => assert.strictEqual(list.check(...args), false, String(args)));
assert.deepStrictEqual(list.rules, [
  'Subnet: IPv6 8592:757c:efae:4e45::/64',
  'Subnet: IPv4 10.0.0.0/8',
  'Range: IPv4 1.1.2.1-1.1.2.9',
  'Address: IPv6 ::2',
  'Address: IPv4 1.1.1.1',
]);
const copy = new BlockList();
copy.fromJSON(JSON.stringify(list));
assert.strictEqual(copy.check('1.1.2.5'), true);
assert.strictEqual(BlockList.isBlockList(copy), true);
assert.throws(() => list.addAddress(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => list.addAddress('1.1.1.1', 'foo'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => list.addAddress('::1'), { code: 'ERR_INVALID_ADDRESS' });
assert.throws(() => list.addRange('1.1.1.9', '1.1.1.1'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => list.addSubnet('10.0.0.0', 33), { code: 'ERR_OUT_OF_RANGE' });

assert.deepStrictEqual(new SocketAddress().toJSON(), { address: '127.0.0.1', port: 0, family: 'ipv4', flowlabel: 0 });
assert.strictEqual(new SocketAddress({ family: 'ipv6', address: '0:0::1', flowlabel: 9 }).address, '::1');
assert.throws(() => new SocketAddress({ port: 70000 }), { code: 'ERR_SOCKET_BAD_PORT' });
assert.throws(() => new SocketAddress({ address: 'zz' }), { code: 'ERR_INVALID_ADDRESS' });
assert.deepStrictEqual(SocketAddress.parse('[::1]:90').toJSON(), { address: '::1', port: 90, family: 'ipv6', flowlabel: 0 });
assert.strictEqual(SocketAddress.parse('1.2.3.4').port, 0);
assert.strictEqual(SocketAddress.parse('1.2.3.4:99999'), undefined);
assert.strictEqual(SocketAddress.isSocketAddress(new SocketAddress()), true);
assert.strictEqual(SocketAddress.isSocketAddress({}), false);

// Whom a list names is neither served nor connected to.
const loopback = new BlockList();
loopback.addAddress('127.0.0.1');
const server = net.createServer({ blockList: loopback }, mustNotCall('connection'));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  net.connect(port, '127.0.0.1').resume().on('error', () => {}).on('close', mustCall(() => server.close()));
  net.connect({ port, host: '127.0.0.1', blockList: loopback }, mustNotCall('connect')).on('error', mustCall((error) => {
    assert.strictEqual(error.code, 'ERR_IP_BLOCKED');
  }));
});
