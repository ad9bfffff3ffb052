exports.done = false;
require('./cycle-b');
exports.done = true;
