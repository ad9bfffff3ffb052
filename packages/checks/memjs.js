'use strict';
const assert = require('assert');
const memjs = require('memjs');
const { fails, megabyte, port, range, run } = require('./steps');

const using = async (name, work) => {
  const client = memjs.Client.create(`127.0.0.1:${port(name)}`, { retries: 0, timeout: 30, logger: { log() {} } });
  try {
    await work(client);
  } finally {
    client.close();
  }
};

run({
  connect: () => using('MEMCACHED', (client) => client.stats('')),
  'write and read back': () =>
    using('MEMCACHED', async (client) => {
      await client.set('memjs', 'grüß Gott', {});
      assert.strictEqual(String((await client.get('memjs')).value), 'grüß Gott');
    }),
  '1,000 pipelined': () =>
    using('MEMCACHED', async (client) => {
      await Promise.all(range(1000).map((i) => client.set(`memjs:${i}`, String(i), {})));
      const values = await Promise.all(range(1000).map((i) => client.get(`memjs:${i}`)));
      values.forEach(({ value }, i) => assert.strictEqual(String(value), String(i)));
    }),
  '1 MB': () =>
    using('MEMCACHED', async (client) => {
      await client.set('memjs:large', megabyte, {});
      assert.ok(megabyte.equals((await client.get('memjs:large')).value));
    }),
  'wrong port': () => fails(using('UNUSED', (client) => client.set('a', 'b', {})), /ECONNREFUSED|No servers available/),
});
