'use strict';
// There is no server for it among Debian's packages: as far as the wrong port.
const assert = require('assert');
const cassandra = require('cassandra-driver');
const { fails, port, run } = require('./steps');

const using = async (name) => {
  const client = new cassandra.Client({
    contactPoints: [`127.0.0.1:${port(name)}`],
    localDataCenter: 'datacenter1',
    socketOptions: { connectTimeout: 5000, readTimeout: 1000 },
  });
  try {
    await client.connect();
  } finally {
    await client.shutdown();
  }
};

run({
  load: async () => assert.strictEqual(cassandra.types.Uuid.random().toString().length, 36),
  'a server that speaks something else': () => fails(using('NATS'), /NoHostAvailable|All host/),
  'wrong port': () => fails(using('UNUSED'), /NoHostAvailable|All host/),
});
