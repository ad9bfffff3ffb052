'use strict';
const mariadb = require('mariadb');

require('./sql').run((settings) => mariadb.createConnection(settings));
