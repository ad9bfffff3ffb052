'use strict';
const assert = require('assert');
const nodemailer = require('nodemailer');
const { ca, fails, megabyte, port, range, run } = require('./steps');

const using = async (options, work) => {
  const transport = nodemailer.createTransport({ host: 'localhost', port: port('SMTP'), ignoreTLS: true, ...options });
  try {
    await work(transport);
  } finally {
    transport.close();
  }
};
const mail = { from: 'a@example.org', to: 'b@example.org', subject: 'grüß Gott', text: 'hello' };

run({
  connect: () => using({}, async (transport) => assert.strictEqual(await transport.verify(), true)),
  'write and read back': () =>
    using({}, async (transport) => assert.match((await transport.sendMail(mail)).response, /^250 \d+ bytes over plain text/)),
  '1,000 pipelined': () =>
    using({ pool: true, maxConnections: 4, maxMessages: Infinity }, async (transport) => {
      const sent = await Promise.all(range(1000).map((i) => transport.sendMail({ ...mail, subject: String(i) })));
      sent.forEach(({ accepted }) => assert.deepStrictEqual(accepted, ['b@example.org']));
    }),
  '1 MB': () =>
    using({}, async (transport) => {
      const { response } = await transport.sendMail({ ...mail, attachments: [{ filename: 'large.bin', content: megabyte }] });
      assert.ok(Number(/^250 (\d+) bytes/.exec(response)[1]) > megabyte.length);
    }),
  TLS: () =>
    using({ ignoreTLS: false, requireTLS: true, tls: { ca } }, async (transport) =>
      assert.match((await transport.sendMail(mail)).response, /over TLS$/)
    ),
  'TLS from a stranger': () =>
    fails(using({ ignoreTLS: false, requireTLS: true }, (transport) => transport.sendMail(mail)), /ETLS|self-signed|unable to/i),
  'wrong port': () => fails(using({ port: port('UNUSED') }, (transport) => transport.verify()), /ECONNREFUSED/),
});
