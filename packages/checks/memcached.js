'use strict';
const assert = require('assert');
const Memcached = require('memcached');
const { call, fails, megabyte, port, range, run } = require('./steps');

const using = async (name, work) => {
  const client = new Memcached(`127.0.0.1:${port(name)}`, { maxValue: 4 << 20, retries: 0, failures: 0, remove: true, timeout: 30000 });
  try {
    await work(client);
  } finally {
    client.end();
  }
};

run({
  connect: () => using('MEMCACHED', async (client) => assert.ok((await call(client, 'version'))[0].version)),
  'write and read back': () =>
    using('MEMCACHED', async (client) => {
      await call(client, 'set', 'memcached', 'grüß Gott', 60);
      assert.strictEqual(await call(client, 'get', 'memcached'), 'grüß Gott');
    }),
  '1,000 pipelined': () =>
    using('MEMCACHED', async (client) => {
      // It takes a connection for each command, from a pool of ten.
      for (let i = 0; i < 1000; i += 10) {
        await Promise.all(range(10).map((j) => call(client, 'set', `memcached:${i + j}`, String(i + j), 60)));
      }
      const values = await call(client, 'getMulti', range(1000).map((i) => `memcached:${i}`));
      range(1000).forEach((i) => assert.strictEqual(values[`memcached:${i}`], String(i)));
    }),
  '1 MB': () =>
    using('MEMCACHED', async (client) => {
      await call(client, 'set', 'memcached:large', megabyte, 60);
      assert.ok(megabyte.equals(await call(client, 'get', 'memcached:large')));
    }),
  'wrong port': () => fails(using('UNUSED', (client) => call(client, 'set', 'a', 'b', 60)), /ECONNREFUSED|not available/),
});
