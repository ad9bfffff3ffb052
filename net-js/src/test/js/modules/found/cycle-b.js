require('assert').strictEqual(require('./cycle-a').done, false);
