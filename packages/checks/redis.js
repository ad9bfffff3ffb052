'use strict';
const assert = require('assert');
const { createClient, RESP_TYPES } = require('redis');
const { ca, event, fails, megabyte, port, range, run } = require('./steps');

const using = async (socket, work) => {
  const client = createClient({ socket: { host: '127.0.0.1', port: port('REDIS'), reconnectStrategy: false, ...socket } });
  client.on('error', () => {});
  await client.connect();
  await work(client);
  await client.close();
};

run({
  connect: () => using({}, async (client) => assert.strictEqual(await client.ping(), 'PONG')),
  'write and read back': () =>
    using({}, async (client) => {
      await client.set('redis', 'grüß Gott');
      assert.strictEqual(await client.get('redis'), 'grüß Gott');
    }),
  '1,000 pipelined': () =>
    using({}, async (client) => {
      const answers = await Promise.all(range(1000).map((i) => client.echo(String(i))));
      assert.deepStrictEqual(answers, range(1000).map(String));
    }),
  '1 MB': () =>
    using({}, async (client) => {
      await client.set('redis:large', megabyte);
      const typed = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
      assert.ok(megabyte.equals(await typed.get('redis:large')));
    }),
  TLS: () =>
    using({ port: port('REDIS_TLS'), tls: true, ca, servername: 'localhost' }, async (client) =>
      assert.strictEqual(await client.ping(), 'PONG')
    ),
  'wrong port': () => fails(using({ port: port('UNUSED') }, () => {}), /ECONNREFUSED/),
});
