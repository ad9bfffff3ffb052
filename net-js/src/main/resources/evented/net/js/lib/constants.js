'use strict';
// constants: those of os, fs and crypto in one object, as old packages ask for them.

const { constants } = require('os');

Object.assign(exports, constants.errno, constants.signals, constants.priority, require('fs').constants, require('crypto').constants);
