'use strict';
// What the three clients of MariaDB have in common.
const assert = require('assert');
const { ca, fails, megabyte, port, range, run } = require('./steps');

/**
 * Runs the steps of a client.
 * @param {function(Object): Promise<{query: function(string, Array): Promise<Array>, end: function(): Promise}>} connect
 */
exports.run = (connect) => {
  const settings = { host: '127.0.0.1', port: port('MYSQL'), user: 'evented', password: 'secret', database: 'evented' };
  const using = async (options, work) => {
    const client = await connect({ ...settings, ...options });
    try {
      await work(client);
    } finally {
      await client.end();
    }
  };
  return run({
    connect: () => using({}, async (client) => assert.strictEqual(Number((await client.query('SELECT 1 + 1 AS sum'))[0].sum), 2)),
    'write and read back': () =>
      using({}, async (client) => {
        await client.query('CREATE TEMPORARY TABLE words (id int, word text CHARACTER SET utf8mb4)');
        await client.query('INSERT INTO words VALUES (?, ?)', [7, 'grüß Gott']);
        const [row] = await client.query('SELECT * FROM words');
        assert.deepStrictEqual({ ...row }, { id: 7, word: 'grüß Gott' });
      }),
    '1,000 pipelined': () =>
      using({}, async (client) => {
        const results = await Promise.all(range(1000).map((i) => client.query('SELECT ? AS i', [i])));
        results.forEach((rows, i) => assert.strictEqual(Number(rows[0].i), i));
      }),
    '1 MB': () =>
      using({}, async (client) => {
        await client.query('CREATE TEMPORARY TABLE files (bytes longblob)');
        await client.query('INSERT INTO files VALUES (?)', [megabyte]);
        const [row] = await client.query('SELECT bytes FROM files');
        assert.ok(megabyte.equals(row.bytes));
      }),
    TLS: () =>
      using({ host: 'localhost', ssl: { ca } }, async (client) => {
        const [row] = await client.query("SHOW STATUS LIKE 'Ssl_cipher'");
        assert.notStrictEqual(row.Value, '');
      }),
    'TLS from a stranger': () =>
      fails(using({ host: 'localhost', ssl: { rejectUnauthorized: true } }, () => {}), /SELF_SIGNED|UNABLE_TO|self[- ]signed|HANDSHAKE/i),
    'wrong password': () => fails(using({ password: 'wrong' }, () => {}), /ER_ACCESS_DENIED_ERROR/),
    'wrong port': () => fails(using({ port: port('UNUSED') }, () => {}), /ECONNREFUSED/),
  });
};
