'use strict';
const assert = require('assert');
const { Client, Pool } = require('pg');
const { ca, fails, megabyte, port, range, run } = require('./steps');

const settings = { host: '127.0.0.1', user: 'evented', password: 'secret', database: 'postgres' };
const using = async (options, work) => {
  const client = new Client({ ...settings, port: port('PG'), ...options });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

run({
  connect: () =>
    using({}, async (client) => assert.strictEqual((await client.query('SELECT 1 + 1 AS sum')).rows[0].sum, 2)),
  'write and read back': () =>
    using({}, async (client) => {
      await client.query('CREATE TEMP TABLE words (id int, word text)');
      await client.query('INSERT INTO words VALUES ($1, $2)', [7, 'grüß Gott']);
      assert.deepStrictEqual((await client.query('SELECT * FROM words')).rows, [{ id: 7, word: 'grüß Gott' }]);
    }),
  '1,000 pipelined': () =>
    using({}, async (client) => {
      const results = await Promise.all(range(1000).map((i) => client.query('SELECT $1::int AS i', [i])));
      results.forEach((result, i) => assert.strictEqual(result.rows[0].i, i));
    }),
  '1 MB': () =>
    using({}, async (client) =>
      assert.ok(megabyte.equals((await client.query('SELECT $1::bytea AS bytes', [megabyte])).rows[0].bytes))
    ),
  TLS: () =>
    using({ host: 'localhost', ssl: { ca } }, async (client) => {
      const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      assert.strictEqual(rows[0].ssl, true);
    }),
  'TLS from a stranger': () =>
    fails(using({ host: 'localhost', ssl: {} }, () => {}), /SELF_SIGNED_CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/),
  'a pool': async () => {
    const pool = new Pool({ ...settings, port: port('PG'), max: 4 });
    const sums = await Promise.all(range(50).map((i) => pool.query('SELECT $1::int * 2 AS twice', [i])));
    sums.forEach((result, i) => assert.strictEqual(result.rows[0].twice, 2 * i));
    await pool.end();
  },
  'wrong password': () => fails(using({ password: 'wrong' }, () => {}), /28P01/),
  'wrong port': () => fails(using({ port: port('UNUSED') }, () => {}), /ECONNREFUSED/),
});
