'use strict';
const assert = require('assert');
const mqtt = require('mqtt');
const { ca, event, fails, megabyte, port, range, run } = require('./steps');

const using = async (url, options, work) => {
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options });
  try {
    await work(client);
  } finally {
    await client.endAsync();
  }
};
const plain = `mqtt://127.0.0.1:${port('MQTT')}`;

/** Publishes, and awaits as many messages as that gives. */
const back = async (client, topic, payloads) => {
  await client.subscribeAsync(topic, { qos: 1 });
  const got = [];
  const all = new Promise((resolve) =>
    client.on('message', (from, payload) => {
      got.push(payload);
      if (got.length === payloads.length) {
        resolve(got);
      }
    })
  );
  payloads.forEach((payload) => client.publish(topic, payload, { qos: 1 }));
  return all;
};

run({
  connect: () => using(plain, {}, async (client) => assert.strictEqual(client.connected, true)),
  'write and read back': () =>
    using(plain, {}, async (client) => assert.strictEqual(String((await back(client, 'a/b', ['grüß Gott']))[0]), 'grüß Gott')),
  '1,000 pipelined': () =>
    using(plain, {}, async (client) => {
      const got = await back(client, 'many', range(1000).map(String));
      assert.deepStrictEqual(got.map(String), range(1000).map(String));
    }),
  '1 MB': () => using(plain, {}, async (client) => assert.ok(megabyte.equals((await back(client, 'large', [megabyte]))[0]))),
  'MQTT 5': () =>
    using(plain, { protocolVersion: 5 }, async (client) => assert.strictEqual(String((await back(client, 'five', ['5']))[0]), '5')),
  TLS: () =>
    using(`mqtts://localhost:${port('MQTT_TLS')}`, { ca }, async (client) =>
      assert.strictEqual(String((await back(client, 'secret', ['hush']))[0]), 'hush')
    ),
  'TLS from a stranger': () =>
    fails(using(`mqtts://localhost:${port('MQTT_TLS')}`, {}, () => {}), /SELF_SIGNED|UNABLE_TO/),
  'wrong port': async () => {
    const client = mqtt.connect(`mqtt://127.0.0.1:${port('UNUSED')}`, { reconnectPeriod: 0 });
    await fails(event(client, 'never'), /ECONNREFUSED/);
    await client.endAsync(true);
  },
});
