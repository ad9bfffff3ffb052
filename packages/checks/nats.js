'use strict';
const assert = require('assert');
const { connect, StringCodec } = require('nats');
const { fails, megabyte, port, range, run } = require('./steps');

const text = StringCodec();
const using = async (options, work) => {
  const client = await connect({ servers: `127.0.0.1:${port('NATS')}`, reconnect: false, ...options });
  await work(client);
  await client.drain();
};

const back = async (client, subject, payloads) => {
  const subscription = client.subscribe(subject, { max: payloads.length });
  payloads.forEach((payload) => client.publish(subject, payload));
  const got = [];
  for await (const message of subscription) {
    got.push(message.data);
  }
  return got;
};

run({
  connect: () => using({}, async (client) => assert.ok((await client.rtt()) >= 0)),
  'write and read back': () =>
    using({}, async (client) => assert.strictEqual(text.decode((await back(client, 'a', [text.encode('grüß Gott')]))[0]), 'grüß Gott')),
  '1,000 pipelined': () =>
    using({}, async (client) => {
      const got = await back(client, 'many', range(1000).map((i) => text.encode(String(i))));
      assert.deepStrictEqual(got.map((data) => text.decode(data)), range(1000).map(String));
    }),
  '1 MB': () =>
    using({}, async (client) => assert.ok(megabyte.equals(Buffer.from((await back(client, 'large', [new Uint8Array(megabyte)]))[0])))),
  TLS: () =>
    using({ servers: `localhost:${port('NATS_TLS')}`, tls: { caFile: process.env.CA_FILE } }, async (client) =>
      assert.strictEqual(text.decode((await back(client, 'secret', [text.encode('hush')]))[0]), 'hush')
    ),
  'wrong port': () => fails(using({ servers: `127.0.0.1:${port('UNUSED')}` }, () => {}), /CONNECTION_REFUSED/),
});
