'use strict';
// The server on our side, with the client of another package.
const assert = require('assert');
const crypto = require('crypto');
const fs = require('fs');
const nodemailer = require('nodemailer');
const { SMTPServer } = require('smtp-server');
const { ca, fails, megabyte, port, range, run } = require('./steps');

const using = async (options, clientOptions, work) => {
  const server = new SMTPServer({
    authOptional: true,
    key: fs.readFileSync(process.env.SERVER_KEY),
    cert: fs.readFileSync(process.env.SERVER_CERT),
    onData(stream, session, callback) {
      const hash = crypto.createHash('sha256');
      let size = 0;
      stream.on('data', (chunk) => {
        size += chunk.length;
        hash.update(chunk);
      });
      stream.on('end', () => callback(null, `${size} ${hash.digest('hex')} ${session.secure ? 'TLS' : 'plain'}`));
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = nodemailer.createTransport({ host: 'localhost', port: server.server.address().port, ...clientOptions });
  try {
    await work(transport);
  } finally {
    transport.close();
    await new Promise((resolve) => server.close(resolve));
  }
};
const mail = { from: 'a@example.org', to: 'b@example.org', subject: 'grüß Gott', text: 'hello' };
const plain = { ignoreTLS: true };

run({
  connect: () => using({}, plain, async (transport) => assert.strictEqual(await transport.verify(), true)),
  'write and read back': () =>
    using({}, plain, async (transport) => {
      const raw = 'Subject: x\r\n\r\nhello\r\n';
      const { response } = await transport.sendMail({ envelope: mail, raw });
      assert.ok(response.includes(crypto.createHash('sha256').update(raw).digest('hex')));
    }),
  '1,000 pipelined': () =>
    using({}, { ...plain, pool: true, maxConnections: 4, maxMessages: Infinity }, async (transport) => {
      await Promise.all(range(1000).map((i) => transport.sendMail({ ...mail, subject: String(i) })));
    }),
  '1 MB': () =>
    using({}, plain, async (transport) => {
      const { response } = await transport.sendMail({ ...mail, attachments: [{ filename: 'x', content: megabyte }] });
      assert.ok(Number(/^250 (\d+) /.exec(response)[1]) > megabyte.length);
    }),
  TLS: () =>
    using({}, { requireTLS: true, tls: { ca } }, async (transport) =>
      assert.match((await transport.sendMail(mail)).response, /TLS$/)
    ),
  'TLS from the first byte': () =>
    using({ secure: true }, { secure: true, tls: { ca } }, async (transport) =>
      assert.match((await transport.sendMail(mail)).response, /TLS$/)
    ),
  'wrong port': () =>
    fails(
      new Promise((resolve, reject) => {
        const server = new SMTPServer();
        server.on('error', reject);
        server.listen(port('REDIS'), '127.0.0.1', resolve);
      }),
      /EADDRINUSE/
    ),
});
