'use strict';
// There is no server for it among Debian's packages: it loads, and says what is wrong with a port.
const assert = require('assert');
const { BSON, MongoClient } = require('mongodb');
const { fails, port, run } = require('./steps');

run({
  load: async () => assert.deepStrictEqual(BSON.deserialize(BSON.serialize({ a: [1, 'two'] })), { a: [1, 'two'] }),
  'wrong port': () =>
    fails(
      new MongoClient(`mongodb://127.0.0.1:${port('UNUSED')}`, { serverSelectionTimeoutMS: 1000 }).connect(),
      /ECONNREFUSED/
    ),
});
