'use strict';
const mysql = require('mysql');
const { call } = require('./steps');

require('./sql').run(async (settings) => {
  const connection = mysql.createConnection(settings);
  await call(connection, 'connect');
  return {
    query: (sql, values) => call(connection, 'query', sql, values),
    end: () => call(connection, 'end'),
  };
});
