'use strict';
const mysql = require('mysql2/promise');

require('./sql').run(async (settings) => {
  const connection = await mysql.createConnection(settings);
  return {
    query: async (sql, values) => (await connection.query(sql, values))[0],
    end: () => connection.end(),
  };
});
