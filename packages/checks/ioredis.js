'use strict';
const assert = require('assert');
const Redis = require('ioredis');
const { ca, event, fails, megabyte, port, range, run } = require('./steps');

const connect = (options) => new Redis({ port: port('REDIS'), host: '127.0.0.1', lazyConnect: true, ...options });
const using = async (options, work) => {
  const client = connect(options);
  await client.connect();
  await work(client);
  const closed = event(client, 'end');
  assert.strictEqual(await client.quit(), 'OK');
  await closed;
};

run({
  connect: () => using({}, async (client) => assert.strictEqual(await client.ping(), 'PONG')),
  'write and read back': () =>
    using({}, async (client) => {
      await client.set('ioredis', 'grüß Gott');
      assert.strictEqual(await client.get('ioredis'), 'grüß Gott');
    }),
  '1,000 pipelined': () =>
    using({}, async (client) => {
      const pipeline = client.pipeline();
      range(1000).forEach((i) => pipeline.set(`ioredis:${i}`, i).get(`ioredis:${i}`));
      const results = await pipeline.exec();
      range(1000).forEach((i) => assert.deepStrictEqual(results[2 * i + 1], [null, String(i)]));
    }),
  '1 MB': () =>
    using({}, async (client) => {
      await client.set('ioredis:large', megabyte);
      assert.ok(megabyte.equals(await client.getBuffer('ioredis:large')));
    }),
  TLS: () =>
    using({ port: port('REDIS_TLS'), tls: { ca, servername: 'localhost' } }, async (client) => {
      assert.strictEqual(await client.ping(), 'PONG');
      assert.strictEqual(client.stream.authorized, true);
    }),
  'TLS from a stranger': async () => {
    const client = connect({ port: port('REDIS_TLS'), tls: { servername: 'localhost' }, retryStrategy: null });
    const error = event(client, 'never');
    client.connect().catch(() => {});
    await fails(error, /SELF_SIGNED_CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/);
  },
  'publish and subscribe': async () => {
    const subscriber = connect();
    await subscriber.subscribe('news');
    const message = new Promise((resolve) => subscriber.on('message', (channel, text) => resolve(`${channel}:${text}`)));
    await using({}, (client) => client.publish('news', 'hello'));
    assert.strictEqual(await message, 'news:hello');
    subscriber.disconnect();
  },
  'wrong port': async () => {
    const client = connect({ port: port('UNUSED'), retryStrategy: null });
    const error = event(client, 'never');
    client.connect().catch(() => {});
    await fails(error, /ECONNREFUSED/);
  },
});
