'use strict';
const assert = require('assert');
const amqp = require('amqplib');
const { ca, fails, megabyte, port, range, run } = require('./steps');

const using = async (url, options, work) => {
  const connection = await amqp.connect(url, options);
  try {
    const channel = await connection.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await work(channel, queue);
    await channel.close();
  } finally {
    await connection.close();
  }
};
const plain = `amqp://127.0.0.1:${port('AMQP')}`;

const back = async (channel, queue, payloads) => {
  const got = [];
  const all = new Promise((resolve) => {
    channel.consume(queue, (message) => {
      got.push(message.content);
      channel.ack(message);
      if (got.length === payloads.length) {
        resolve(got);
      }
    });
  });
  payloads.forEach((payload) => channel.sendToQueue(queue, Buffer.from(payload)));
  return all;
};

run({
  connect: () => using(plain, {}, async (channel, queue) => assert.ok(queue.startsWith('amq.'))),
  'write and read back': () =>
    using(plain, {}, async (channel, queue) =>
      assert.strictEqual(String((await back(channel, queue, ['grüß Gott']))[0]), 'grüß Gott')
    ),
  '1,000 pipelined': () =>
    using(plain, {}, async (channel, queue) =>
      assert.deepStrictEqual((await back(channel, queue, range(1000).map(String))).map(String), range(1000).map(String))
    ),
  '1 MB': () =>
    using(plain, {}, async (channel, queue) => assert.ok(megabyte.equals((await back(channel, queue, [megabyte]))[0]))),
  TLS: () =>
    using(`amqps://localhost:${port('AMQPS')}`, { ca: [ca] }, async (channel, queue) =>
      assert.strictEqual(String((await back(channel, queue, ['hush']))[0]), 'hush')
    ),
  'TLS from a stranger': () => fails(using(`amqps://localhost:${port('AMQPS')}`, {}, () => {}), /SELF_SIGNED|UNABLE_TO/),
  'wrong port': () => fails(using(`amqp://127.0.0.1:${port('UNUSED')}`, {}, () => {}), /ECONNREFUSED/),
});
