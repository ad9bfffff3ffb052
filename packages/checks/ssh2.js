'use strict';
const assert = require('assert');
const fs = require('fs');
const { Client } = require('ssh2');
const { call, event, fails, megabyte, port, range, run } = require('./steps');

const using = async (options, work) => {
  const client = new Client();
  const ready = event(client, 'ready');
  client.connect({
    host: '127.0.0.1',
    port: port('SSH'),
    username: process.env.SSH_USER,
    privateKey: fs.readFileSync(process.env.SSH_KEY),
    ...options,
  });
  await ready;
  const closed = event(client, 'close');
  await work(client);
  client.end();
  await closed;
};

/** What a command writes, given its input. */
const output = async (client, command, input) => {
  const channel = await call(client, 'exec', command);
  const chunks = [];
  channel.on('data', (chunk) => chunks.push(chunk));
  const closed = event(channel, 'close');
  channel.end(input);
  await closed;
  return Buffer.concat(chunks);
};

run({
  connect: () => using({}, async (client) => assert.strictEqual(String(await output(client, 'echo hello')), 'hello\n')),
  'write and read back': () =>
    using({}, async (client) => assert.strictEqual(String(await output(client, 'cat', 'grüß Gott')), 'grüß Gott')),
  '1,000 pipelined': () =>
    using({}, async (client) => {
      const sftp = await call(client, 'sftp');
      const paths = await Promise.all(range(1000).map((i) => call(sftp, 'realpath', `/${i}`)));
      assert.deepStrictEqual(paths, range(1000).map((i) => `/${i}`));
    }),
  '1 MB': () => using({}, async (client) => assert.ok(megabyte.equals(await output(client, 'cat', megabyte)))),
  ...Object.fromEntries(
    ['aes128-ctr', 'aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com'].map((cipher) => [
      `cipher ${cipher}`,
      () =>
        using({ algorithms: { cipher: [cipher] } }, async (client) =>
          assert.strictEqual(String(await output(client, 'echo hello')), 'hello\n')
        ),
    ])
  ),
  'wrong port': () => fails(using({ port: port('UNUSED') }, () => {}), /ECONNREFUSED/),
});
