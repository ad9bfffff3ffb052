'use strict';
// Every engine that runs this has it.
module.exports = () => Object.assign;
